import { type Mandate, periodStart } from "@qbitflow/chains";
import { tokenBaseToUsdMicros } from "@qbitflow/money";
import {
  type Bill,
  type BillAttempt,
  findAttemptsByCharge,
  findAttemptsOf,
  findBills,
  findBillsOfPeriods,
} from "../bill/index.ts";
import type { Context } from "../context.ts";
import { findEventsOf } from "../event/index.ts";
import { type Book, changeSubscription, loadBooks, putAttempt, putBill } from "./book.ts";
import { periodStartsAt, runningPeriod } from "./calendar.ts";
import { attemptOfFact, type ChargeFact } from "./charge-fact.ts";
import { takeChargeFacts } from "./charge-facts.ts";
import { saveBooks } from "./save-books.ts";

/** A confirmed charge that no attempt in the books stands for, and what is known of its mandate. */
export interface LostCharge {
  readonly fact: ChargeFact;
  readonly terms: Pick<Mandate, "firstChargeAt" | "period">;
  readonly currencyId: number;
  readonly decimals: number;
  /** USD per whole token × 10^18, as it was when the mandate was proposed. */
  readonly rateE18: bigint;
  /** Whether the chain shows what an attempt says it charged. */
  isOnChain(ctx: Context, attempt: BillAttempt): Promise<boolean>;
}

/** What the event log still says of a bill that is gone. */
interface ToldBill {
  readonly uuid: string;
  readonly periodIndex: number;
  readonly amountMicros: bigint;
}

async function toldOf(ctx: Context, book: Book, fact: ChargeFact): Promise<ToldBill | null> {
  const { organizationId, test, uuid: subjectUuid } = book.before;
  const told = await findEventsOf(ctx.db, { organizationId, test, subjectUuid, type: "bill.paid" });
  const data = told.find(({ transactionHash }) => transactionHash === fact.transactionHash);
  if (!data || typeof data.billUuid !== "string" || typeof data.amountMicros !== "string") return null;
  return { uuid: data.billUuid, periodIndex: Number(data.periodIndex), amountMicros: BigInt(data.amountMicros) };
}

/** The period of ours that the contract's period pays: it is charged at its start (fixed) or its end (payAsYouGo). */
function periodOf({ subscription }: Book, { fact, terms }: LostCharge): number {
  const chargedFrom = new Date(periodStart(terms.firstChargeAt, terms.period, fact.periodIndex) * 1_000);
  return runningPeriod(subscription, chargedFrom) - (subscription.kind === "payAsYouGo" ? 1 : 0);
}

/**
 * Brings back the bill and the attempt of a charge that the chain shows and the books lost: with what the event log says
 * of it, else as its period's, at the price of a period (fixed) or, for usage, at the mandate's own rate. A bill that
 * waits for this charge is paid by it. Nobody is told by webhook of what he heard already. In the transaction that holds
 * the cursor. False where no bill can stand for it: somebody charged what nothing was asked for.
 */
export async function restoreCharge(ctx: Context, lost: LostCharge): Promise<boolean> {
  const { fact } = lost;
  const [book] = await loadBooks(ctx, [fact.uuid]);
  if (!book) return false;
  const known = await findAttemptsByCharge(ctx.db, [fact]);
  if (known.some(({ state }) => state === "charged")) return true;
  const told = await toldOf(ctx, book, fact);
  const period = told?.periodIndex ?? periodOf(book, lost);
  // A bill can be charged after the end of its period.
  const candidates = told ? [period] : [period, period - 1];
  const bills = await findBillsOfPeriods(ctx.db, fact.uuid, candidates);
  const { nextPeriodIndex, nextBillAt, kind } = book.subscription;
  for (const periodIndex of candidates.filter((index) => index >= 0)) {
    const bill = bills.find((one) => one.periodIndex === periodIndex);
    const isWaiting = bill !== undefined && bill.uuid === book.bill?.uuid;
    const isKnown = known.some(({ billUuid }) => billUuid === bill?.uuid);
    // One that was told as paid before is not told again.
    if (isKnown || (isWaiting && (told === null || bill.status === "charging"))) {
      await takeChargeFacts(ctx, [fact]);
      return true;
    }
    const isOther = bill?.status === "paid" && (await isCharged(ctx, bill, lost.isOnChain));
    const isLost = bill ? (bill.status === "paid" && !isOther) || isWaiting : periodIndex < nextPeriodIndex;
    if (isLost) {
      await putBack(ctx, book, { lost, bill: bill ?? billOf(ctx, book, { lost, told, periodIndex }) });
      return true;
    }
  }
  // One that never took effect: the merchant charged before our worker made the bill.
  const isAhead = kind === "subscription" && period >= nextPeriodIndex && book.bill === null;
  if (!isAhead || nextBillAt === null || nextBillAt > fact.minedAt) return false;
  await takeChargeFacts(ctx, [fact]);
  return true;
}

async function isCharged(ctx: Context, bill: Bill, isOnChain: LostCharge["isOnChain"]): Promise<boolean> {
  for (const attempt of await findAttemptsOf(ctx.db, [bill.uuid])) {
    if (attempt.state === "charged" && (await isOnChain(ctx, attempt))) return true;
  }
  return false;
}

/** Attempts that say they charged, and did not. */
function putFailed(book: Book, attempts: readonly BillAttempt[], now: Date): void {
  const message = "The chain does not show this charge.";
  for (const attempt of attempts.filter(({ state }) => state === "charged")) {
    putAttempt(book, { ...attempt, state: "failed", reason: "chain_unavailable", message, settledAt: now });
  }
}

function billOf(
  ctx: Context,
  { subscription }: Book,
  found: { readonly lost: LostCharge; readonly told: ToldBill | null; readonly periodIndex: number },
): Bill {
  const { lost, told, periodIndex } = found;
  const { uuid, organizationId, test, kind, priceMicros } = subscription;
  const { fact, rateE18, decimals } = lost;
  const isFixed = kind === "subscription";
  const [startsAt, endsAt] = [periodIndex, periodIndex + 1].map((k) => periodStartsAt(subscription, k)) as [Date, Date];
  return {
    uuid: told?.uuid ?? ctx.ids.uuid(),
    subscriptionUuid: uuid,
    organizationId,
    test,
    periodIndex,
    periodStartsAt: startsAt,
    periodEndsAt: endsAt,
    dueAt: isFixed ? startsAt : endsAt,
    amountMicros:
      told?.amountMicros ?? (isFixed ? priceMicros : tokenBaseToUsdMicros(fact.amountBase, rateE18, decimals)),
    unitsMicros: null,
    freeCreditsUsedMicros: 0n,
    carriedInMicros: 0n,
    carriedOutMicros: 0n,
    status: "paid",
    nextAttemptAt: null,
    isUrgent: false,
    firstFailedAt: null,
    createdAt: ctx.clock.now(),
    settledAt: fact.minedAt,
  };
}

async function putBack(
  ctx: Context,
  book: Book,
  { lost, bill }: { readonly lost: LostCharge; readonly bill: Bill },
): Promise<void> {
  const { fact, currencyId } = lost;
  const now = ctx.clock.now();
  const others = await findAttemptsOf(ctx.db, [bill.uuid]);
  putFailed(book, others, now);
  const number = Math.max(0, ...others.map((other) => other.number)) + 1;
  const attempt = attemptOfFact(fact, { uuid: ctx.ids.uuid(), billUuid: bill.uuid, number, now });
  const settledAt = bill.settledAt ?? fact.minedAt;
  putBill(book, { ...bill, status: "paid", nextAttemptAt: null, isUrgent: false, settledAt });
  putAttempt(book, { ...attempt, currencyId });
  const { lastBilledAt } = book.subscription;
  if (lastBilledAt === null || lastBilledAt < fact.minedAt) changeSubscription(book, { lastBilledAt: fact.minedAt });
  tellRestored(book, bill, fact);
  await saveBooks(ctx, [book]);
}

function tellRestored(book: Book, bill: Bill, fact: ChargeFact): void {
  const { network, transactionHash, amountBase } = fact;
  const { uuid: billUuid, periodIndex } = bill;
  const data = { billUuid, periodIndex, network, transactionHash, amountBase: String(amountBase) };
  book.events.push({ type: "bill.restored", data });
}

/**
 * Sets what the chain says of a charge, in its attempt and its bill, which is paid. `amountMicros` null leaves the price
 * as it is; a fee that is wrong is forgotten, as the chain shows its amount.
 */
export async function correctCharge(
  ctx: Context,
  fact: ChargeFact,
  { amountMicros, isFeeWrong }: { readonly amountMicros: bigint | null; readonly isFeeWrong: boolean },
): Promise<void> {
  const [book] = await loadBooks(ctx, [fact.uuid]);
  const attempt = (await findAttemptsByCharge(ctx.db, [fact])).find(({ state }) => state === "charged");
  const [bill] = attempt ? await findBills(ctx.db, [attempt.billUuid]) : [];
  if (!book || !attempt || !bill) return;
  const { amountBase, executionFeeBase } = fact;
  const { settledAt } = bill;
  const paid = { ...bill, status: "paid", nextAttemptAt: null, isUrgent: false } as const;
  putBill(book, { ...paid, settledAt: settledAt ?? fact.minedAt, amountMicros: amountMicros ?? bill.amountMicros });
  putAttempt(book, { ...attempt, amountBase, executionFeeBase, feeBps: isFeeWrong ? null : attempt.feeBps });
  tellRestored(book, bill, fact);
  await saveBooks(ctx, [book]);
}

/**
 * A bill that the books call paid and no chain does is open again, or void where another one is open or the subscription
 * is over. Should the period have been charged after all, the contract charges it no second time. As after a reorganisation.
 * False where that is not so. In the transaction that holds the cursor.
 */
export async function reopenBill(ctx: Context, billUuid: string, isOnChain: LostCharge["isOnChain"]): Promise<boolean> {
  const [bill] = await findBills(ctx.db, [billUuid]);
  const [book] = bill ? await loadBooks(ctx, [bill.subscriptionUuid]) : [];
  if (!bill || !book || bill.status !== "paid" || (await isCharged(ctx, bill, isOnChain))) return false;
  const now = ctx.clock.now();
  const charged = (await findAttemptsOf(ctx.db, [billUuid])).filter(({ state }) => state === "charged");
  putFailed(book, charged, now);
  const isOpen = book.bill === null && book.subscription.status !== "cancelled";
  if (isOpen) putBill(book, { ...bill, status: "open", nextAttemptAt: now, settledAt: null });
  else putBill(book, { ...bill, status: "void", settledAt: now });
  const [last] = charged;
  const { periodIndex } = bill;
  const named = last ? { transactionHash: last.transactionHash, network: last.network } : {};
  book.events.push({ type: "bill.reverted", data: { billUuid, periodIndex, ...named } });
  await saveBooks(ctx, [book]);
  await ctx.db.query("select pg_notify('bill_due', '')");
  return true;
}
