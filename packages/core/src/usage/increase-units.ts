import type { Context, Principal } from "../context.ts";
import { readFields } from "../fields.ts";
import { loadBooks } from "../subscription/book.ts";
import { closePeriod } from "../subscription/close-period.ts";
import { getSubscription } from "../subscription/index.ts";
import { saveBooks } from "../subscription/save-books.ts";
import type { Subscription } from "../subscription/subscription.ts";
import { notFound } from "../tenant.ts";
import { addUnits, isCapReached } from "./add-units.ts";
import { readUnits } from "./units.ts";

export interface IncreasedUnits {
  readonly subscription: Subscription;
  readonly capReached: boolean;
}

/**
 * Adds `increaseByAmount` units (more than 0, 6 decimals) to the running period of a pay-as-you-go subscription; many at
 * once all count. Throws `validation_failed`, `not_found`, `subscription_cancelled`, `unprocessable`.
 */
export async function increaseUnits(ctx: Context, principal: Principal, input: unknown): Promise<IncreasedUnits> {
  const fields = readFields(input);
  const uuid = fields.text("subscriptionUUID", { max: 64 });
  const units = readUnits(fields.raw("increaseByAmount"));
  if ("problem" in units) fields.problem("increaseByAmount", units.problem);
  fields.done();
  if ("problem" in units) throw new Error("A problem was told.");
  const { uuid: own } = await getSubscription(ctx, principal, uuid);
  return ctx.db.transaction(async (tx) => {
    const txCtx = { ...ctx, db: tx };
    const [book] = await loadBooks(txCtx, [own]);
    if (!book) throw notFound("subscription");
    closePeriod(txCtx, book);
    addUnits(book, units.micros);
    await saveBooks(txCtx, [book]);
    return { subscription: book.subscription, capReached: isCapReached(book.subscription) };
  });
}
