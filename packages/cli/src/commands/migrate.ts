import { migrateDatabase, readConfig } from "@qbitflow/server";
import type { Command } from "../command.ts";

export const migrate: readonly Command[] = [
  {
    name: "migrate",
    summary: "Bring the database's tables up to date",
    options: [],
    notes: ["All or nothing, and safe to repeat. Starting a server does it too."],
    examples: ["qbitflow migrate"],
    run: async (_input, { env }) => {
      const applied = await migrateDatabase(readConfig(env));
      return { body: { migrated: true, applied } };
    },
  },
];
