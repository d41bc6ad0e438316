import type { Context } from "../context.ts";
import { loadBooks } from "../subscription/book.ts";
import { closePeriod } from "../subscription/close-period.ts";
import { saveBooks } from "../subscription/save-books.ts";
import { togetherOrAlone } from "../together-or-alone.ts";
import { billableUntil, findBillsToMake } from "./store.ts";

/**
 * Makes the bills that are due, at most `limit` of each mode: looked up by index, locked one by one, those that another
 * worker holds left to it. Returns how many.
 */
export async function makeBills(ctx: Context, limit: number): Promise<number> {
  let count = 0;
  const time = { now: ctx.clock.now(), testUntil: ctx.clock.testBillingUntil() };
  for (const test of [false, true]) {
    const until = billableUntil(time, test);
    if (until === null) continue;
    const uuids = await findBillsToMake(ctx.db, { test, until, limit });
    if (uuids.length === 0) continue;
    const message = "a bill could not be made";
    count += await togetherOrAlone(ctx, { uuids, message, work: (some) => makeThese(ctx, some) });
  }
  return count;
}

async function makeThese(ctx: Context, uuids: readonly string[]): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const txCtx = { ...ctx, db: tx };
    const books = await loadBooks(txCtx, uuids, { skipLocked: true });
    for (const book of books) closePeriod(txCtx, book);
    const made = books.filter(({ bills }) => bills.size > 0);
    await saveBooks(txCtx, made);
    return made.length;
  });
}
