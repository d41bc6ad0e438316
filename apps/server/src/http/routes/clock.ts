import { advanceClock, requireClockMover, showClock } from "@qbitflow/core";
import type { Handlers } from "../register-routes.ts";

export const clockHandlers = {
  getClock: ({ server }) => showClock(server.core),
  advanceClock: ({ server, principal, body }) => {
    requireClockMover(principal);
    return advanceClock(server.core, body);
  },
} satisfies Partial<Handlers>;
