import type { Context } from "../context.ts";
import { loadBooks } from "../subscription/book.ts";
import { saveBooks } from "../subscription/save-books.ts";
import { statusEnds } from "../subscription/status-ends.ts";
import { togetherOrAlone } from "../together-or-alone.ts";
import { findStatusesThatEnd } from "./store.ts";

/** Trials, graces and stopped subscriptions whose time is over; at most `limit`. Returns how many changed. */
export async function endStatuses(ctx: Context, limit: number): Promise<number> {
  const time = { now: ctx.clock.now(), testUntil: ctx.clock.testBillingUntil() };
  const uuids = await findStatusesThatEnd(ctx.db, time, limit);
  if (uuids.length === 0) return 0;
  const message = "the end of a subscription's status could not be written down";
  return togetherOrAlone(ctx, { uuids, message, work: (some) => endThese(ctx, some, time.now) });
}

async function endThese(ctx: Context, uuids: readonly string[], now: Date): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const txCtx = { ...ctx, db: tx };
    const books = await loadBooks(txCtx, uuids, { skipLocked: true });
    const ending = books.filter(({ bill, subscription }) => {
      const isDue = subscription.statusEndsAt !== null && subscription.statusEndsAt <= now;
      return isDue && bill?.status !== "charging";
    });
    for (const book of ending) statusEnds(book, now);
    await saveBooks(txCtx, ending);
    return ending.length;
  });
}
