import { isDatabaseUnavailable } from "@qbitflow/db";
import type { Context } from "./context.ts";
import { describe } from "./loop.ts";

export interface SharedWork {
  readonly uuids: readonly string[];
  /** For the log, where one alone fails: what could not be done. */
  readonly message: string;
  /** In one transaction. Answers how much was done. */
  readonly work: (uuids: readonly string[]) => Promise<number>;
}

/**
 * Does the work of many in one transaction; where that fails, each alone, so that one whose work always fails holds up no
 * other one, least of all another tenant's. That one is logged and left for the next time. Answers how much was done.
 * Throws where the database cannot be asked.
 */
export async function togetherOrAlone(ctx: Context, { uuids, message, work }: SharedWork): Promise<number> {
  try {
    return await work(uuids);
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error;
  }
  let done = 0;
  for (const uuid of uuids) {
    try {
      done += await work([uuid]);
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw error;
      ctx.log.error({ uuid, error: describe(error) }, message);
    }
  }
  return done;
}
