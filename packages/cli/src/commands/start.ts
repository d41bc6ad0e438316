import { isDatabaseUnavailable } from "@qbitflow/db";
import { ConfigError, explainedStartFailure, greeting, readConfig, serve } from "@qbitflow/server";
import type { Command } from "../command.ts";
import { RefusedError } from "../errors.ts";

export const start: readonly Command[] = [
  {
    name: "start",
    summary: "Run the server until it is interrupted",
    options: [],
    notes: [
      "Configured by the environment; without one it runs the local default. Its log is JSON lines on standard output.",
      "SIGINT or SIGTERM stops it within ten seconds; requests under way are answered.",
    ],
    examples: ["qbitflow start"],
    isLong: true,
    run: async (_input, { env, json, print, signal }) => {
      const config = readConfig(env);
      try {
        await serve(config, {
          signal,
          ready: ({ url, dev }) => {
            if (json) print({ ready: true, url });
            else if (dev !== undefined) print({}, greeting(dev).trimEnd());
          },
        });
      } catch (error) {
        const sentence = explainedStartFailure(error);
        // These have an exit code of their own.
        const ownCode = error instanceof ConfigError || isDatabaseUnavailable(error);
        throw sentence === undefined || ownCode ? error : new RefusedError(sentence);
      }
      return undefined;
    },
  },
];
