import { type Bill, priceUsage } from "../bill/index.ts";
import { type Book, changeSubscription, putBill } from "./book.ts";
import { periodStartsAt, runningPeriod } from "./calendar.ts";
import { endNow } from "./ending.ts";
import type { Subscription } from "./subscription.ts";

export interface OpenBillInput {
  readonly now: Date;
  readonly dustLimitMicros: bigint;
  readonly newUuid: () => string;
}

const perPeriod = (bill: Bill) => ({
  billUuid: bill.uuid,
  periodIndex: bill.periodIndex,
  amountMicros: String(bill.amountMicros),
});

function newBill(
  subscription: Subscription,
  input: OpenBillInput,
  change: Partial<Bill> & { periodIndex: number },
): Bill {
  const { uuid, organizationId, test } = subscription;
  const { periodIndex } = change;
  const periodStartsOn = periodStartsAt(subscription, periodIndex);
  return {
    uuid: input.newUuid(),
    subscriptionUuid: uuid,
    organizationId,
    test,
    periodStartsAt: periodStartsOn,
    periodEndsAt: periodStartsAt(subscription, periodIndex + 1),
    dueAt: periodStartsOn,
    amountMicros: subscription.priceMicros,
    unitsMicros: null,
    freeCreditsUsedMicros: 0n,
    carriedInMicros: 0n,
    carriedOutMicros: 0n,
    status: "open",
    nextAttemptAt: periodStartsOn,
    isUrgent: false,
    firstFailedAt: null,
    createdAt: input.now,
    settledAt: null,
    ...change,
  };
}

/** A bill that will never be charged, because its period is over; with an event that says so. */
export function forgive(book: Book, bill: Bill, now: Date): void {
  putBill(book, { ...bill, status: "forgiven", nextAttemptAt: null, isUrgent: false, settledAt: now });
  book.events.push({ type: "bill.forgiven", data: { ...perPeriod(bill), periods: 1 } });
}

/** One bill, for the period that runs; those missed before it are forgiven. A grace that runs goes on. */
function openFixed(book: Book, input: OpenBillInput): void {
  const { subscription } = book;
  const periodIndex = Math.max(subscription.nextPeriodIndex, runningPeriod(subscription, input.now));
  const firstFailedAt = book.bill?.firstFailedAt ?? null;
  if (book.bill) forgive(book, book.bill, input.now);
  const missed = periodIndex - subscription.nextPeriodIndex;
  if (missed > 0) {
    const amountMicros = String(subscription.priceMicros * BigInt(missed));
    const data = { periodIndex: subscription.nextPeriodIndex, periods: missed, amountMicros };
    book.events.push({ type: "bill.forgiven", data });
  }
  putBill(book, newBill(subscription, input, { periodIndex, firstFailedAt }));
  const nextPeriodIndex = periodIndex + 1;
  changeSubscription(book, { nextPeriodIndex, nextBillAt: periodStartsAt(subscription, nextPeriodIndex) });
}

/** The bill of the period that ended last, with all that was used since the last bill. */
function openUsage(book: Book, input: OpenBillInput): void {
  const { subscription } = book;
  const periodIndex = Math.max(subscription.nextPeriodIndex, runningPeriod(subscription, input.now) - 1);
  const { unitsCurrentMicros, carriedMicros, stopped } = subscription;
  // An earlier bill waits for the customer: this period's usage goes on to the next one.
  const maxSpendingMicros = book.bill === null ? subscription.maxSpendingMicros : 0n;
  const price = priceUsage({
    ...subscription,
    unitsMicros: unitsCurrentMicros,
    maxSpendingMicros,
    dustLimitMicros: input.dustLimitMicros,
  });
  const isDue = price.amountMicros > 0n;
  const dueAt = periodStartsAt(subscription, periodIndex + 1);
  putBill(
    book,
    newBill(subscription, input, {
      periodIndex,
      dueAt,
      ...price,
      unitsMicros: unitsCurrentMicros,
      carriedInMicros: carriedMicros,
      status: isDue ? "open" : "nothing_due",
      nextAttemptAt: isDue ? dueAt : null,
      settledAt: isDue ? null : input.now,
    }),
  );
  const nextPeriodIndex = periodIndex + 1;
  changeSubscription(book, {
    nextPeriodIndex,
    nextBillAt: periodStartsAt(subscription, nextPeriodIndex + 1),
    unitsCurrentMicros: 0n,
    usageToldPercent: 0,
    carriedMicros: price.carriedOutMicros,
    freeCreditsMicros: subscription.freeCreditsMicros - price.freeCreditsUsedMicros,
  });
  if (stopped && book.bill === null) endAfterLastBill(book, input.now);
  else if (stopped && isDue) changeSubscription(book, { nextBillAt: null });
}

/** A stopped pay-as-you-go has no further bill. What could not be asked (dust, over the cap) is forgiven, and said. */
export function endAfterLastBill(book: Book, now: Date): void {
  const { carriedMicros } = book.subscription;
  if (carriedMicros > 0n) {
    book.events.push({ type: "bill.forgiven", data: { periods: 0, amountMicros: String(carriedMicros) } });
    changeSubscription(book, { carriedMicros: 0n });
  }
  endNow(book, { now, reason: "stopped" });
}

/**
 * Closes what is over by `now` and makes its bill; call it when `nextBillAt` has come and no charge is under way. After
 * a downtime there is one bill, not a pile (BILLING.md): missed fixed periods are forgiven, usage is carried. Pure.
 */
export function openBill(book: Book, input: OpenBillInput): void {
  if (book.bill?.status === "charging") throw new Error("A bill is being charged: wait for how it ends.");
  if (book.subscription.kind === "subscription") openFixed(book, input);
  else openUsage(book, input);
}
