import type { Context } from "../context.ts";
import { type Book, changeSubscription, loadBooks, putBill } from "./book.ts";
import { periodStartsAt } from "./calendar.ts";
import { attemptOfFact, type ChargeFact } from "./charge-fact.ts";
import { billPaid } from "./charge-outcome.ts";
import { openBill } from "./open-bill.ts";
import { saveBooks } from "./save-books.ts";

export interface AttachInput {
  readonly uuid: string;
  readonly network: string;
  readonly hash: string;
  /** Confirmed, in the activation's transaction. */
  readonly charge: ChargeFact | null;
  /** Most one bill may ask, in micro-dollars (payAsYouGo); absent leaves it. */
  readonly maxSpendingMicros?: bigint | null;
}

/** Nothing was ever billed and the trial is over: periods begin now, with the first charge. */
function beginLate(book: Book, at: Date): void {
  const { kind, frequency, minPeriods } = book.subscription;
  const anchorAt = new Date(Math.floor(at.getTime() / 1_000) * 1_000);
  const calendar = { anchorAt, frequency };
  const isFixed = kind === "subscription";
  changeSubscription(book, {
    anchorAt,
    nextBillAt: isFixed ? anchorAt : periodStartsAt(calendar, 1),
    minimumCancellationAt: minPeriods === null ? null : periodStartsAt(calendar, minPeriods),
    // A fixed one is active when its first charge came through.
    ...(isFixed ? {} : { status: "active", statusReason: null, statusMessage: null, statusEndsAt: null }),
  });
}

function beginBilling(book: Book, at: Date): void {
  const { subscription } = book;
  const { status, kind, nextPeriodIndex, nextBillAt, stopped } = subscription;
  if (status === "trial_expired" && nextPeriodIndex === 0) beginLate(book, at);
  else if (nextBillAt === null && !stopped) {
    changeSubscription(book, {
      nextBillAt: periodStartsAt(subscription, kind === "subscription" ? nextPeriodIndex : nextPeriodIndex + 1),
    });
  }
}

/**
 * A newly active mandate of a subscription: authorised after "later", another wallet or currency, a renewal. A bill that
 * waits is tried at once with it; `charge` pays it where one rode with the activation. In the transaction of the event.
 * A subscription that is over cancels it again.
 */
export async function attachMandate(ctx: Context, input: AttachInput): Promise<void> {
  const [book] = await loadBooks(ctx, [input.uuid]);
  if (!book) throw new Error(`There is no subscription ${input.uuid}.`);
  const now = ctx.clock.now();
  const { network, hash, charge, maxSpendingMicros } = input;
  const isOver = book.subscription.status === "cancelled";
  changeSubscription(book, {
    ...{ network, mandateHash: hash, allowanceBase: null, balanceBase: null },
    ...(maxSpendingMicros === undefined ? {} : { maxSpendingMicros }),
    ...(isOver ? {} : { fundsCheckAt: now }),
  });
  book.events.push({ type: "subscription.mandate_attached", data: { network, mandateHash: hash } });
  if (isOver) book.cancelsMandate = true;
  else {
    beginBilling(book, charge?.minedAt ?? now);
    const { nextBillAt, kind } = book.subscription;
    const isDue = kind === "subscription" && nextBillAt !== null && nextBillAt <= now;
    // Also where the worker would not: the customer has just asked for it.
    if (!book.bill && isDue) {
      openBill(book, { now: charge?.minedAt ?? now, dustLimitMicros: 0n, newUuid: ctx.ids.uuid });
    }
    if (book.bill && charge) {
      const number = (book.attempt?.billUuid === book.bill.uuid ? book.attempt.number : 0) + 1;
      billPaid(book, attemptOfFact(charge, { uuid: ctx.ids.uuid(), billUuid: book.bill.uuid, number, now }), now);
    } else if (book.bill?.status === "open") putBill(book, { ...book.bill, nextAttemptAt: now, isUrgent: true });
  }
  await saveBooks(ctx, [book]);
  await ctx.db.query("select pg_notify('bill_due', '')");
}
