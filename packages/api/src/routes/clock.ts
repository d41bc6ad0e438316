import { Clock, ClockAdvance } from "../clock.ts";
import type { Route } from "../route.ts";

const tag = "Test clock";

export const clockRoutes = [
  {
    id: "getClock",
    method: "GET",
    path: "/v1/clock",
    auth: "key",
    tag,
    summary: "What time it is for the server",
    answer: Clock,
    errors: [],
    example: { answer: { now: "2026-01-15T10:00:00.000Z", offsetSeconds: 0, canMove: true, moving: false } },
  },
  {
    id: "advanceClock",
    method: "POST",
    path: "/v1/clock/advance",
    auth: "key",
    tag,
    summary: "Move a local server's time forward",
    description:
      "By `value` and `unit`, or to `to`; at most 10 years. Needs a test key of an owner or admin. Answers at once; the clock then goes from one due instant to the next, and everything happens at its own time. `GET /v1/clock` says when it is there.",
    body: ClockAdvance,
    answer: Clock,
    errors: ["forbidden", "clock_moving", "clock_not_local"],
    example: {
      body: { value: 35, unit: "days" },
      answer: {
        now: "2026-01-15T10:00:00.000Z",
        offsetSeconds: 0,
        canMove: true,
        moving: true,
        from: "2026-01-15T10:00:00.000Z",
        target: "2026-02-19T10:00:00.000Z",
      },
    },
  },
] as const satisfies readonly Route[];
