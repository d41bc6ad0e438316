import { type BillAttempt, type BillFailure, billFailures, GRACE_MS, nextRetryAt, retryOursAt } from "../bill/index.ts";
import { type Book, changeSubscription, putAttempt, putBill } from "./book.ts";
import { periodStartsAt } from "./calendar.ts";
import { endNow } from "./ending.ts";
import { endAfterLastBill, forgive } from "./open-bill.ts";
import { isInGrace } from "./status.ts";
import type { Subscription } from "./subscription.ts";

/** The chain took the money, and the block has its confirmations. */
export function billPaid(book: Book, attempt: BillAttempt, now: Date): void {
  const { bill } = book;
  if (!bill) throw new Error("There is no bill to be paid.");
  putAttempt(book, attempt);
  putBill(book, { ...bill, status: "paid", nextAttemptAt: null, isUrgent: false, settledAt: now });
  book.events.push({
    type: "bill.paid",
    data: {
      billUuid: bill.uuid,
      periodIndex: bill.periodIndex,
      amountMicros: String(bill.amountMicros),
      ...(attempt.amountBase === null ? {} : { amountBase: String(attempt.amountBase) }),
      ...(attempt.transactionHash === null ? {} : { transactionHash: attempt.transactionHash }),
    },
    notice: {
      about: "bill",
      status: "completed",
      ...(attempt.transactionHash === null ? {} : { txHash: attempt.transactionHash }),
    },
  });
  const { status, kind, stopped, nextBillAt } = book.subscription;
  changeSubscription(book, { lastBilledAt: now });
  if (status === "cancelled") return;
  changeSubscription(book, {
    status: status === "low_on_funds" ? status : "active",
    statusReason: status === "low_on_funds" ? book.subscription.statusReason : null,
    statusMessage: status === "low_on_funds" ? book.subscription.statusMessage : null,
    statusEndsAt: stopped && kind === "subscription" ? bill.periodEndsAt : null,
    fundsCheckAt: now,
  });
  if (stopped && kind === "payAsYouGo" && nextBillAt === null) endAfterLastBill(book, now);
}

export interface Failure {
  readonly now: Date;
  readonly reason: BillFailure;
  /** What of it is worth keeping, beyond the reason's own sentence. */
  readonly detail?: string;
  readonly attempt: BillAttempt;
}

/** Another mandate took the place of the one that was charged, while that charge was under way. */
const wasReplaced = ({ mandateHash }: BillAttempt, subscription: Subscription): boolean =>
  Boolean(mandateHash) && mandateHash !== subscription.mandateHash;

/**
 * A charge did not go through. What is the customer's begins the grace: 7 days from the first failure, retried after
 * 1 h, 1 d, 3 d, 5 d, 7 d. What is ours is tried again soon, and neither begins nor shortens a grace; nor does a charge of a
 * mandate that was replaced meanwhile, whose bill is tried at once. Pure.
 */
export function billFailed(book: Book, { now, reason, detail, attempt }: Failure): void {
  const { bill, subscription } = book;
  if (!bill) throw new Error("There is no bill that could fail.");
  const { message } = billFailures[reason];
  const isReplaced = wasReplaced(attempt, subscription);
  const isCustomers = billFailures[reason].isCustomers && !isReplaced;
  const said = detail === undefined ? message : `${message} ${detail}`;
  putAttempt(book, { ...attempt, state: "failed", reason, message: said.slice(0, 500), settledAt: now });
  const isOver = subscription.status === "cancelled";
  if (reason === "already_charged" && !isOver && !isReplaced) {
    giveUpPeriod(book, now);
    return;
  }
  const firstFailedAt = isCustomers ? (bill.firstFailedAt ?? now) : bill.firstFailedAt;
  const retryAt = isCustomers && firstFailedAt ? nextRetryAt(firstFailedAt, now) : retryOursAt(attempt.number, now);
  const nextAttemptAt = isReplaced ? now : retryAt;
  const open = { ...bill, firstFailedAt, isUrgent: isReplaced };
  if (isOver) putBill(book, { ...open, status: "void", nextAttemptAt: null, settledAt: now });
  else putBill(book, { ...open, status: "open", nextAttemptAt });
  book.events.push({
    type: "bill.failed",
    data: {
      billUuid: bill.uuid,
      periodIndex: bill.periodIndex,
      amountMicros: String(bill.amountMicros),
      reason,
      message,
      attempt: attempt.number,
      ...(attempt.transactionHash === null ? {} : { transactionHash: attempt.transactionHash }),
      ...(isOver || nextAttemptAt === null ? {} : { nextAttemptAt: nextAttemptAt.toISOString() }),
    },
    ...(isCustomers ? { notice: { about: "bill", status: "failed", message } as const } : {}),
  });
  if (isOver) return;
  if (isCustomers) enterGrace(book, { now, reason, message, firstFailedAt: firstFailedAt ?? now });
  else {
    keepGrace(book, nextAttemptAt);
    // No bill follows that would forgive this one: what we could not charge in its period is never charged.
    if (subscription.stopped && subscription.kind === "subscription") {
      changeSubscription(book, { statusEndsAt: bill.periodEndsAt });
    }
  }
}

/**
 * The chain's one charge of this period went to an earlier bill, paid late: a fixed one is forgiven, usage is carried on.
 * Stopped meanwhile, a fixed one ends with this period, and usage has its last bill at the end of the next one.
 */
function giveUpPeriod(book: Book, now: Date): void {
  const { bill, subscription } = book;
  if (!bill) throw new Error("There is no bill to give up.");
  const { stopped, kind, nextBillAt, nextPeriodIndex } = subscription;
  if (kind === "subscription") {
    forgive(book, bill, now);
    if (stopped) changeSubscription(book, { statusEndsAt: bill.periodEndsAt });
    return;
  }
  const carriedOutMicros = bill.carriedOutMicros + bill.amountMicros;
  putBill(book, {
    ...bill,
    status: "nothing_due",
    carriedOutMicros,
    nextAttemptAt: null,
    isUrgent: false,
    settledAt: now,
  });
  changeSubscription(book, {
    carriedMicros: subscription.carriedMicros + bill.amountMicros,
    nextBillAt: nextBillAt ?? (stopped ? periodStartsAt(subscription, nextPeriodIndex + 1) : null),
  });
}

/** A retry that was ours to make comes before the grace ends, however long we could not make it. */
function keepGrace(book: Book, nextAttemptAt: Date | null): void {
  const { status, statusEndsAt } = book.subscription;
  if (!isInGrace(status) || statusEndsAt === null || nextAttemptAt === null) return;
  if (statusEndsAt < nextAttemptAt) changeSubscription(book, { statusEndsAt: nextAttemptAt });
}

interface Grace {
  readonly now: Date;
  readonly reason: BillFailure;
  readonly message: string;
  readonly firstFailedAt: Date;
}

const FUNDS_FIRST_MS = 60_000;
const FUNDS_MAX_MS = 3_600_000;

function enterGrace(book: Book, { now, reason, message, firstFailedAt }: Grace): void {
  const { stopped, kind, statusEndsAt } = book.subscription;
  // He wants no more of it and cannot pay: there is nothing to wait for.
  if (stopped && kind === "subscription") {
    endNow(book, { now, reason, message });
    return;
  }
  const graceEndsAt = new Date(firstFailedAt.getTime() + GRACE_MS);
  const isExtended = isInGrace(book.subscription.status) && statusEndsAt !== null && statusEndsAt > graceEndsAt;
  const looks = Math.min(FUNDS_FIRST_MS * 2 ** Math.min((book.attempt?.number ?? 1) - 1, 20), FUNDS_MAX_MS);
  changeSubscription(book, {
    status: reason === "cap_exceeded" ? "pending" : "past_due",
    statusReason: reason,
    statusMessage: message,
    statusEndsAt: isExtended ? statusEndsAt : graceEndsAt,
    fundsCheckAt: new Date(now.getTime() + looks),
  });
}
