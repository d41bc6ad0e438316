import type { Context } from "../context.ts";
import type { Lane } from "./lane.ts";
import { abandonedNonces, markLost } from "./nonce-store.ts";
import { reopenCalls } from "./store.ts";

/**
 * Queues again what another key signed that nobody sends with any more, where it is in no block for long: nobody could offer
 * more for it, nor withdraw it. Its transaction may be mined after all, which is as safe as a nonce that somebody else
 * used: each call works once by itself. Answers how many.
 */
export async function takeOverAbandoned(ctx: Context, lane: Lane): Promise<number> {
  const { network, sender } = lane;
  let count = 0;
  for (const { nonce, ...abandoned } of await abandonedNonces(ctx.db, lane)) {
    const isOurs = await ctx.db.transaction(async (tx) => {
      if (!(await markLost(tx, { network, nonce, sender: abandoned.sender }))) return false;
      await reopenCalls({ ...ctx, db: tx }, [abandoned.callUuid], "queued");
      return true;
    });
    if (!isOurs) continue;
    count += 1;
    const fields = { network, before: abandoned.sender, now: sender.address, call: abandoned.callUuid };
    ctx.log.warn(fields, "a transaction of a key that is not used any more is sent with the new one");
  }
  return count;
}
