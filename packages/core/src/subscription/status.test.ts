import { type SubscriptionStatus, subscriptionStatuses } from "@qbitflow/api";
import { describe, expect, it } from "vitest";
import type { Bill, BillAttempt, BillFailure } from "../bill/index.ts";
import { type Book, bookOf } from "./book.ts";
import { billFailed, billPaid } from "./charge-outcome.ts";
import { endNow, stop } from "./ending.ts";
import { openBill } from "./open-bill.ts";
import { maySubscriptionChange, subscriptionTransitions } from "./status.ts";
import { statusEnds } from "./status-ends.ts";
import type { Subscription } from "./subscription.ts";

const at = (text: string) => new Date(`2026-${text}T12:00:00Z`);
const anchorAt = at("01-31");

function subscription(change: Partial<Subscription> = {}): Subscription {
  return {
    ...{ uuid: "s", organizationId: 1n, test: true, userId: 1n, kind: "subscription", productId: 1n, productName: "" },
    ...{
      description: "",
      priceMicros: 25_000_000n,
      customerUuid: "c",
      webhookUrl: null,
      reference: null,
      metadata: null,
    },
    ...{ frequency: { unit: "months", length: 1 }, status: "active", statusReason: null, statusMessage: null },
    ...{ statusSequence: 1, stopped: false, network: "n", mandateHash: "0x1", trialEndsAt: null, anchorAt },
    ...{ nextPeriodIndex: 1, nextBillAt: at("02-28"), lastBilledAt: anchorAt, minPeriods: null },
    ...{ minimumCancellationAt: null, statusEndsAt: null, freeCreditsMicros: 0n, maxSpendingMicros: null },
    ...{ unitsCurrentMicros: 0n, carriedMicros: 0n, usageToldPercent: 0, billingSequence: 0, fundsCheckAt: null },
    ...{ allowanceBase: null, balanceBase: null, portalVersion: 1, createdAt: anchorAt, updatedAt: anchorAt },
    cancelledAt: null,
    ...change,
  } as Subscription;
}

let count = 0;
const newUuid = () => `b${++count}`;
const open = (book: Book, now: Date) => openBill(book, { now, dustLimitMicros: 1_000_000n, newUuid });

const attempt = (book: Book, change: Partial<BillAttempt> = {}): BillAttempt =>
  ({
    uuid: newUuid(),
    billUuid: book.bill?.uuid,
    number: 1,
    state: "sending",
    amountBase: null,
    transactionHash: null,
    ...change,
  }) as BillAttempt;

function fail(book: Book, reason: BillFailure, now: Date): void {
  billFailed(book, { now, reason, attempt: attempt(book) });
}
const pay = (book: Book, now: Date) => billPaid(book, attempt(book, { state: "charged" }), now);
const billsOf = (book: Book) => [...book.bills.values()].map(({ periodIndex, status }: Bill) => [periodIndex, status]);

describe("the table of statuses", () => {
  it("cancelled is for good, and everything can be cancelled", () => {
    expect(subscriptionTransitions.cancelled).toEqual([]);
    for (const status of subscriptionStatuses) {
      if (status !== "cancelled") expect(maySubscriptionChange(status, "cancelled")).toBe(true);
    }
  });

  const grace: readonly SubscriptionStatus[] = [
    "trial",
    "trial_expired",
    "active",
    "low_on_funds",
    "pending",
    "past_due",
  ];
  it.each(grace)("from %s: a bill is paid, fails for the customer, needs more than the cap", (status) => {
    const outcomes = (["paid", "insufficient_balance", "cap_exceeded"] as const).map((outcome) => {
      const book = bookOf(subscription({ status }));
      open(book, at("02-28"));
      if (outcome === "paid") pay(book, at("02-28"));
      else fail(book, outcome, at("02-28"));
      return book.subscription.status;
    });
    // Whether the next one is covered is for a look at the chain to say.
    expect(outcomes).toEqual([status === "low_on_funds" ? status : "active", "past_due", "pending"]);
    for (const to of outcomes) expect(to === status || maySubscriptionChange(status, to)).toBe(true);
  });
});

it("the grace is 7 days from the first failure; a second failure does not move it", () => {
  const book = bookOf(subscription());
  open(book, at("02-28"));
  fail(book, "insufficient_balance", at("02-28"));
  fail(book, "insufficient_allowance", at("03-03"));
  expect(book.subscription.statusEndsAt).toEqual(at("03-07"));
  statusEnds(book, at("03-06"));
  expect(book.subscription.status).toBe("past_due");
  statusEnds(book, at("03-07"));
  expect(book.subscription).toMatchObject({ status: "cancelled", nextBillAt: null });
  expect(book.cancelsMandate).toBe(true);
  expect(billsOf(book)).toEqual([[1, "void"]]);
});

it("a charge of a mandate that was replaced meanwhile is nobody's failure: the new one pays at once", () => {
  const book = bookOf(subscription({ mandateHash: "0x2" }));
  open(book, at("02-28"));
  billFailed(book, { now: at("02-28"), reason: "mandate_cancelled", attempt: attempt(book, { mandateHash: "0x1" }) });
  expect(book.subscription).toMatchObject({ status: "active", statusEndsAt: null });
  expect(book.bill).toMatchObject({
    status: "open",
    firstFailedAt: null,
    isUrgent: true,
    nextAttemptAt: at("02-28"),
  });
  billFailed(book, { now: at("02-28"), reason: "cap_exceeded", attempt: attempt(book, { mandateHash: "0x2" }) });
  expect(book.subscription).toMatchObject({ status: "pending" });
  expect(book.bill).toMatchObject({ isUrgent: false });
});

it("what is ours neither begins nor shortens a grace", () => {
  const book = bookOf(subscription());
  open(book, at("02-28"));
  for (const reason of ["rate_unavailable", "chain_unavailable", "not_due", "payout_failed"] as const) {
    fail(book, reason, at("02-28"));
    expect(book.subscription).toMatchObject({ status: "active", statusEndsAt: null });
    expect(book.bill).toMatchObject({ status: "open", firstFailedAt: null });
  }
});

it("the chain gave the period's charge to an earlier, late bill: fixed is forgiven, usage is carried", () => {
  const fixed = bookOf(subscription());
  open(fixed, at("02-28"));
  fail(fixed, "already_charged", at("02-28"));
  expect(billsOf(fixed)).toEqual([[1, "forgiven"]]);
  const metered = bookOf(subscription({ kind: "payAsYouGo", unitsCurrentMicros: 3_000_000n, nextPeriodIndex: 0 }));
  open(metered, at("02-28"));
  fail(metered, "already_charged", at("02-28"));
  expect(billsOf(metered)).toEqual([[0, "nothing_due"]]);
  expect(metered.subscription.carriedMicros).toBe(75_000_000n);
});

it("a grace that outlasts the period goes on with the next period's bill; the one before is forgiven", () => {
  const daily = subscription({ frequency: { unit: "seconds", length: 86_400 }, nextBillAt: at("02-01") });
  const book = bookOf(daily);
  open(book, at("02-01"));
  fail(book, "insufficient_balance", at("02-01"));
  open(book, at("02-02"));
  expect(billsOf(book)).toEqual([
    [1, "forgiven"],
    [2, "open"],
  ]);
  expect(book.bill?.firstFailedAt).toEqual(at("02-01"));
  expect(book.subscription.statusEndsAt).toEqual(at("02-08"));
});

describe("stopping", () => {
  it("fixed and paid: runs to the end of its period, then is over", () => {
    const book = bookOf(subscription());
    stop(book, { now: at("02-10"), reason: "cancelled_by_customer" });
    expect(book.subscription).toMatchObject({
      status: "active",
      stopped: true,
      nextBillAt: null,
      statusEndsAt: at("02-28"),
    });
    statusEnds(book, at("02-28"));
    expect(book.subscription.status).toBe("cancelled");
  });

  it("fixed with a bill that waits: over at once, the bill void", () => {
    const book = bookOf(subscription());
    open(book, at("02-28"));
    fail(book, "insufficient_balance", at("02-28"));
    stop(book, { now: at("03-01"), reason: "cancelled_by_customer" });
    expect(book.subscription.status).toBe("cancelled");
    expect(billsOf(book)).toEqual([[1, "void"]]);
  });

  it("fixed while the charge is under way: paid, it lasts to the end of that period; failed, it is over", () => {
    for (const outcome of ["paid", "failed"] as const) {
      const book = bookOf(subscription());
      open(book, at("02-28"));
      if (book.bill) book.bill = { ...book.bill, status: "charging" };
      stop(book, { now: at("02-28"), reason: "cancelled_by_customer" });
      expect(book.subscription).toMatchObject({ status: "active", stopped: true, statusEndsAt: null });
      if (outcome === "paid") pay(book, at("02-28"));
      else fail(book, "insufficient_balance", at("02-28"));
      expect(book.subscription).toMatchObject(
        outcome === "paid" ? { status: "active", statusEndsAt: at("03-31") } : { status: "cancelled" },
      );
    }
  });

  it("fixed while the charge is under way, which we then cannot make: over with that period, and never charged later", () => {
    for (const reason of ["chain_unavailable", "already_charged"] as const) {
      const book = bookOf(subscription());
      open(book, at("02-28"));
      if (book.bill) book.bill = { ...book.bill, status: "charging" };
      stop(book, { now: at("02-28"), reason: "cancelled_by_customer" });
      fail(book, reason, at("02-28"));
      expect(book.subscription).toMatchObject({ status: "active", stopped: true, statusEndsAt: at("03-31") });
      statusEnds(book, at("03-31"));
      expect(book.subscription.status).toBe("cancelled");
      expect(billsOf(book)).toEqual([[1, reason === "already_charged" ? "forgiven" : "void"]]);
    }
  });

  it("pay-as-you-go whose last charge went to an earlier bill: asked at the end of the next period, then it is over", () => {
    const metered = { kind: "payAsYouGo", nextPeriodIndex: 0, unitsCurrentMicros: 2_000_000n, stopped: true } as const;
    const first = bookOf(subscription(metered));
    open(first, at("02-28"));
    fail(first, "already_charged", at("02-28"));
    expect(first.subscription).toMatchObject({ status: "active", nextBillAt: at("03-31") });
    const last = bookOf(first.subscription);
    open(last, at("03-31"));
    expect(last.bill).toMatchObject({ amountMicros: 50_000_000n });
    pay(last, at("03-31"));
    expect(last.subscription.status).toBe("cancelled");
  });

  it("pay-as-you-go: one last bill at the period's end, then it is over", () => {
    const metered = { kind: "payAsYouGo", nextPeriodIndex: 0, unitsCurrentMicros: 2_000_000n } as const;
    const book = bookOf(subscription(metered));
    stop(book, { now: at("02-10"), reason: "cancelled_by_customer" });
    open(book, at("02-28"));
    expect(book.subscription).toMatchObject({ status: "active", nextBillAt: null });
    pay(book, at("02-28"));
    expect(book.subscription.status).toBe("cancelled");
  });

  it("pay-as-you-go with dust, or with more than the cap, at the end: the rest is forgiven, and said", () => {
    const dust = bookOf(
      subscription({ kind: "payAsYouGo", nextPeriodIndex: 0, unitsCurrentMicros: 20_000n, stopped: true }),
    );
    open(dust, at("02-28"));
    expect(dust.subscription).toMatchObject({ status: "cancelled", carriedMicros: 0n });
    expect(dust.events).toContainEqual({ type: "bill.forgiven", data: { periods: 0, amountMicros: "500000" } });
  });

  it("a trial ends at its end without a charge", () => {
    const book = bookOf(
      subscription({ status: "trial", trialEndsAt: at("02-28"), statusEndsAt: at("02-28"), nextPeriodIndex: 0 }),
    );
    stop(book, { now: at("02-10"), reason: "cancelled_by_customer" });
    expect(book.subscription).toMatchObject({ status: "trial", nextBillAt: null });
    statusEnds(book, at("02-28"));
    expect(book.subscription.status).toBe("cancelled");
  });
});

it("pay-as-you-go after a downtime: one bill for the last period, with all that was used", () => {
  const book = bookOf(subscription({ kind: "payAsYouGo", nextPeriodIndex: 0, unitsCurrentMicros: 4_000_000n }));
  open(book, at("05-15"));
  expect(billsOf(book)).toEqual([[2, "open"]]);
  expect(book.bill).toMatchObject({ amountMicros: 100_000_000n, dueAt: at("04-30") });
  expect(book.subscription).toMatchObject({ nextPeriodIndex: 3, nextBillAt: at("05-31"), unitsCurrentMicros: 0n });
});

it("pay-as-you-go while an earlier bill waits: the period's usage goes on to the next bill", () => {
  const book = bookOf(subscription({ kind: "payAsYouGo", nextPeriodIndex: 0, unitsCurrentMicros: 4_000_000n }));
  open(book, at("02-28"));
  fail(book, "insufficient_balance", at("02-28"));
  const waiting = bookOf({ ...book.subscription, unitsCurrentMicros: 1_000_000n }, book.bill, book.attempt);
  open(waiting, at("03-31"));
  expect(waiting.bill?.periodIndex).toBe(0);
  expect(waiting.subscription).toMatchObject({
    carriedMicros: 25_000_000n,
    unitsCurrentMicros: 0n,
    nextPeriodIndex: 2,
  });
});

it("the merchant's end takes what waits with it, and leaves what is under way to the chain", () => {
  const book = bookOf(subscription());
  open(book, at("02-28"));
  if (book.bill) book.bill = { ...book.bill, status: "charging" };
  endNow(book, { now: at("02-28"), reason: "cancelled_by_merchant" });
  expect(book.bill?.status).toBe("charging");
  pay(book, at("02-28"));
  expect(book.subscription.status).toBe("cancelled");
  expect(billsOf(book)).toEqual([[1, "paid"]]);
});
