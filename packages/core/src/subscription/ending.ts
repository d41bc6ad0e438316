import type { Bill } from "../bill/index.ts";
import { type Book, bookOf, changeSubscription, putBill } from "./book.ts";
import type { Subscription } from "./subscription.ts";

export interface Ending {
  readonly now: Date;
  /** A stable code: stopped, cancelled_by_customer, cancelled_by_merchant, grace_over, trial_over, mandate_cancelled. */
  readonly reason: string;
  readonly message?: string;
  /** False where the chain ended it by itself. */
  readonly cancelsMandate?: boolean;
}

/**
 * Over, for good. A bill that waits is void; one whose charge is under way is settled by what the chain shows. The
 * mandate is cancelled on chain.
 */
export function endNow(book: Book, { now, reason, message, cancelsMandate = true }: Ending): void {
  if (book.subscription.status === "cancelled") return;
  if (book.bill?.status === "open") {
    const { uuid: billUuid, periodIndex, amountMicros } = book.bill;
    putBill(book, { ...book.bill, status: "void", nextAttemptAt: null, isUrgent: false, settledAt: now });
    book.events.push({ type: "bill.void", data: { billUuid, periodIndex, amountMicros: String(amountMicros) } });
  }
  changeSubscription(book, {
    status: "cancelled",
    statusReason: reason,
    statusMessage: message ?? null,
    nextBillAt: null,
    statusEndsAt: null,
    fundsCheckAt: null,
    cancelledAt: now,
  });
  book.cancelsMandate = cancelsMandate && book.subscription.mandateHash !== null;
}

/**
 * The customer ends it. What is paid for stays: a fixed one runs to the end of the paid period (a trial to its end); a
 * pay-as-you-go has its last bill at the period's end. What is not paid for ends at once. Pure.
 */
export function stop(book: Book, ending: Ending): void {
  const { subscription } = book;
  const { kind, status, nextBillAt, trialEndsAt } = subscription;
  if (status === "cancelled" || subscription.stopped) return;
  const isOwed = kind === "subscription" && book.bill?.status === "open";
  if (status === "trial_expired" || isOwed) endNow(book, ending);
  else if (status === "trial" && book.bill === null)
    changeSubscription(book, { stopped: true, nextBillAt: null, statusEndsAt: trialEndsAt });
  else if (kind === "payAsYouGo") changeSubscription(book, { stopped: true });
  else {
    // A charge under way decides: paid, it lasts to the end of its period.
    const isUnderWay = book.bill !== null;
    changeSubscription(book, { stopped: true, nextBillAt: null, statusEndsAt: isUnderWay ? null : nextBillAt });
  }
}

/** Until when the customer promised to stay; null when he may end it. In a trial nothing was promised yet. Pure. */
export function boundUntil({ status, minimumCancellationAt }: Subscription, now: Date): Date | null {
  const isPromised = status !== "trial" && status !== "trial_expired" && minimumCancellationAt !== null;
  return isPromised && minimumCancellationAt > now ? minimumCancellationAt : null;
}

/** When it would be over if the customer ended it now; null = at once. Pure. */
export function endIfStopped(subscription: Subscription, bill: Bill | null, now: Date): Date | null {
  const book = bookOf(subscription, bill);
  stop(book, { now, reason: "stopped" });
  const { status, statusEndsAt, nextBillAt } = book.subscription;
  if (status === "cancelled") return null;
  // A pay-as-you-go ends with its last bill; a fixed one whose charge is under way with the period that is charged.
  return subscription.kind === "payAsYouGo"
    ? (nextBillAt ?? statusEndsAt)
    : (statusEndsAt ?? bill?.periodEndsAt ?? null);
}
