import { administrate, readConfig } from "@qbitflow/server";
import { accepted, administer } from "../administer.ts";
import type { Command } from "../command.ts";
import { followAdvance } from "../follow-advance.ts";

export const clock: readonly Command[] = [
  {
    name: "clock show",
    summary: "What time it is for a local server",
    options: [],
    examples: ["qbitflow clock show"],
    run: administer("clock show"),
  },
  {
    name: "clock advance",
    summary: "Move a local server's time forward, event by event",
    options: [
      ["by?", "A number and s, min, h, d, w, mo or y: 35d."],
      ["to?", "Or a time, such as 2026-03-31T12:00:00Z."],
    ],
    bare: "by",
    notes: ["When interrupted, the server goes on moving it."],
    examples: ["qbitflow clock advance 35d", "qbitflow clock advance --to 2027-03-31T12:00:00Z --json"],
    run: async (input, { env, tell }) => {
      const config = readConfig(env);
      accepted(await administrate(config, { command: "clock advance", input }));
      return accepted(await followAdvance(() => administrate(config, { command: "clock show", input: {} }), tell));
    },
  },
];
