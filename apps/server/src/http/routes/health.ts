import { readiness } from "../readiness.ts";
import type { Handlers } from "../register-routes.ts";

export const healthHandlers = {
  health: () => ({ status: "ok" }),
  ready: async ({ server, reply }) => {
    const state = await readiness(server);
    // The schema is that of 200; a 503 carries the same.
    return state.ready ? state : reply.code(503).send(state);
  },
} satisfies Partial<Handlers>;
