import { type AdminAnswer, administrate, readConfig } from "@qbitflow/server";
import type { Answer, Command } from "./command.ts";
import { RefusedError } from "./errors.ts";

/** Runs the server's command of this name, through the running server or on the database. */
export function administer(command: string): Command["run"] {
  return async (input, { env }) => accepted(await administrate(readConfig(env), { command, input }));
}

/** @throws RefusedError */
export function accepted({ status, body }: AdminAnswer): Answer {
  if (status === 200) return { body };
  const { error = "Refused.", errors = [] } = body as { error?: string; errors?: { field: string; message: string }[] };
  throw new RefusedError([error, ...errors.map(({ field, message }) => `  ${field}: ${message}`)].join("\n"), body);
}
