import type { Context } from "../context.ts";
import type { Book } from "./book.ts";
import { openBill } from "./open-bill.ts";
import { statusEnds } from "./status-ends.ts";

/**
 * Closes a period that is over, where no worker came to it yet, so that what is counted from now on is the next one's.
 * Not while a charge is under way; and in test mode only as far as the test clock lets billing go.
 */
export function closePeriod(ctx: Context, book: Book): void {
  const now = ctx.clock.now();
  // What is used from the trial's end on is no longer free.
  if (book.subscription.status === "trial") statusEnds(book, now);
  const { nextBillAt, test, status } = book.subscription;
  const testUntil = ctx.clock.testBillingUntil();
  const until = test && (testUntil === null || testUntil < now) ? testUntil : now;
  const isOver = until !== null && nextBillAt !== null && nextBillAt <= until;
  if (!isOver || status === "cancelled" || book.bill?.status === "charging") return;
  openBill(book, { now: until, dustLimitMicros: ctx.policy.dustLimitMicros, newUuid: ctx.ids.uuid });
}
