import type { Funds, MandateState } from "@qbitflow/chains";
import { usdToTokenBase } from "@qbitflow/money";
import { billFailures } from "../bill/index.ts";
import type { Context } from "../context.ts";
import { type Book, changeSubscription, loadBooks, putBill } from "../subscription/book.ts";
import { comingBill } from "../subscription/index.ts";
import { saveBooks } from "../subscription/save-books.ts";
import { isInGrace } from "../subscription/status.ts";
import { findSubscriptions } from "../subscription/store.ts";
import { togetherOrAlone } from "../together-or-alone.ts";
import type { BillingParts } from "./parts.ts";
import { currenciesOf, lookAtChains, mandatesOf, pricesOf } from "./price-bills.ts";
import { findFundsToCheck, findLooks, type TimeToCome } from "./store.ts";

const MINUTE_MS = 60_000;
const AFTER_SILENCE_MS = MINUTE_MS;
const LOW_EVERY_MS = 10 * MINUTE_MS;
const ACTIVE_EVERY_MS = 24 * 60 * MINUTE_MS;
const GRACE_MAX_MS = 60 * MINUTE_MS;
const LOOKS_AHEAD = 500;

/** What the chain shows, and what the next bill would need; null where that cannot be told now. */
export interface FundsSeen {
  readonly state: MandateState;
  readonly funds: Funds;
  readonly needBase: bigint | null;
}

/** In grace ever less often, by how often it was tried: funds that are there but do not help must not cost gas for ever. */
function nextLookMs(book: Book): number {
  if (isInGrace(book.subscription.status)) {
    return Math.min(MINUTE_MS * 2 ** Math.min((book.attempt?.number ?? 1) - 1, 20), GRACE_MAX_MS);
  }
  return book.subscription.status === "low_on_funds" ? LOW_EVERY_MS : ACTIVE_EVERY_MS;
}

const HELPED: readonly (string | null)[] = ["insufficient_balance", "insufficient_allowance", "cap_exceeded"];

/**
 * Funds, allowance and cap as they are now: a bill that waits for them is tried at once when they cover it; `active` and
 * `low_on_funds` follow what the next bill needs. Pure.
 */
export function fundsSeen(book: Book, { state, funds, needBase }: FundsSeen, now: Date): void {
  const { allowanceBase, balanceBase } = funds;
  changeSubscription(book, { allowanceBase, balanceBase });
  const missing =
    needBase === null || needBase === 0n
      ? null
      : allowanceBase < needBase
        ? "insufficient_allowance"
        : balanceBase < needBase
          ? "insufficient_balance"
          : null;
  const { status, statusReason } = book.subscription;
  const { bill } = book;
  if (isInGrace(status) && bill?.status === "open") {
    // A pay-as-you-go that was stopped at the contract still has its last charge there.
    const takesCharges =
      state.status === "active" || (state.status === "stopped" && book.subscription.kind === "payAsYouGo");
    const isCovered = needBase !== null && missing === null && state.maximumBase >= needBase && takesCharges;
    if (isCovered && HELPED.includes(statusReason)) putBill(book, { ...bill, isUrgent: true, nextAttemptAt: now });
  } else if (status === "active" && missing !== null) {
    const { message } = billFailures[missing];
    changeSubscription(book, { status: "low_on_funds", statusReason: missing, statusMessage: message });
  } else if (status === "low_on_funds" && needBase !== null && missing === null) {
    changeSubscription(book, { status: "active", statusReason: null, statusMessage: null });
  }
  changeSubscription(book, { fundsCheckAt: new Date(now.getTime() + nextLookMs(book)) });
}

/** Asks the chains and rates about these subscriptions at once; what each book's look shows is in the answer, null for silence. */
async function lookAt(
  ctx: Context,
  parts: BillingParts,
  uuids: readonly string[],
): Promise<(book: Book) => Promise<FundsSeen | null>> {
  const subscriptions = await findSubscriptions(ctx.db, uuids);
  const { networkOf, mandates } = await mandatesOf(ctx, parts, subscriptions);
  const [seen, currencies] = await Promise.all([lookAtChains(ctx, mandates, networkOf), currenciesOf(ctx)]);
  const prices = pricesOf(ctx, parts);
  const used = new Set([...mandates.values()].map(({ currencyId }) => currencyId));
  // All of them now: who asks what a book needs holds it, and what it locks, while he waits for the answer.
  await Promise.all([...used].map((id) => currencies.get(id)).map((currency) => currency && prices.of(currency)));

  async function needOf(book: Book): Promise<bigint | null> {
    const mandate = mandates.get(book.subscription.mandateHash ?? "");
    const currency = mandate && currencies.get(mandate.currencyId);
    const micros = book.bill?.amountMicros ?? comingBill(book.subscription)?.amountMicros;
    if (!currency || micros === undefined) return null;
    const price = await prices.of(currency);
    if ("reason" in price) return null;
    return micros === 0n
      ? 0n
      : usdToTokenBase(micros, price.rate.usdPerTokenE18, currency.decimals) + price.executionFeeBase;
  }

  return async (book) => {
    const look = seen.get(book.subscription.mandateHash ?? "");
    return look && !("reason" in look) ? { ...look, needBase: await needOf(book) } : null;
  };
}

/** Looks at the wallets whose time it is, at most `limit`, in few questions per chain. Returns how many were looked at. */
export async function checkFunds(ctx: Context, parts: BillingParts, limit: number): Promise<number> {
  const now = ctx.clock.now();
  const uuids = await findFundsToCheck(ctx.db, now, limit);
  if (uuids.length === 0) return 0;
  const work = async (some: readonly string[]) => noteFunds(ctx, some, { look: await lookAt(ctx, parts, some), now });
  return togetherOrAlone(ctx, { uuids, message: "what a wallet holds could not be looked at", work });
}

async function noteFunds(
  ctx: Context,
  uuids: readonly string[],
  { look, now }: { readonly look: Awaited<ReturnType<typeof lookAt>>; readonly now: Date },
): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const txCtx = { ...ctx, db: tx };
    const books = await loadBooks(txCtx, uuids, { skipLocked: true });
    for (const book of books) {
      const seen = await look(book);
      if (book.subscription.status === "cancelled") changeSubscription(book, { fundsCheckAt: null });
      else if (seen) fundsSeen(book, seen, now);
      else changeSubscription(book, { fundsCheckAt: new Date(now.getTime() + AFTER_SILENCE_MS) });
    }
    await saveBooks(txCtx, books);
    return books.length;
  });
}

/**
 * The first look in a time to come that would change something, as the chain stands now: what follows from it has its own
 * minute, so a clock that is moved must stop there. Looks that would find what is known are made up for later.
 */
export async function nextTellingLook(ctx: Context, parts: BillingParts, time: TimeToCome): Promise<Date | null> {
  const looks = await findLooks(ctx.db, { ...time, limit: LOOKS_AHEAD });
  if (looks.length === 0) return null;
  const uuids = looks.map(({ uuid }) => uuid);
  const look = await lookAt(ctx, parts, uuids);
  const books = await ctx.db.transaction((tx) => loadBooks({ ...ctx, db: tx }, uuids, { skipLocked: true }));
  const bookOf = new Map(books.map((book) => [book.before.uuid, book]));
  for (const { uuid, at } of looks) {
    const book = bookOf.get(uuid);
    // Somebody is changing it: what he finds may be anything.
    if (!book || isTelling(book, await look(book), at)) return at;
  }
  // There are more than were looked at: from the last one on.
  return looks.length < LOOKS_AHEAD ? null : (looks.at(-1)?.at ?? null);
}

/** Whether a look at a book, which is then spent, would change more than its date. */
function isTelling(book: Book, seen: FundsSeen | null, at: Date): boolean {
  if (!seen || book.subscription.status === "cancelled") return false;
  fundsSeen(book, seen, at);
  return book.subscription.status !== book.before.status || book.bill?.isUrgent === true;
}
