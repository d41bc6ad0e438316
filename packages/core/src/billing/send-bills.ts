import type { Charge } from "@qbitflow/chains";
import type { BillAttempt } from "../bill/index.ts";
import type { Context } from "../context.ts";
import { type Book, loadBooks, putAttempt, putBill } from "../subscription/book.ts";
import { billFailed } from "../subscription/charge-outcome.ts";
import { saveBooks } from "../subscription/save-books.ts";
import type { BillingParts, ChargeCall } from "./parts.ts";
import type { PricedBill } from "./price-bills.ts";
import { findClaimed } from "./store.ts";

/** Most charges in one transaction. */
export const MAX_CHARGES = 100;
/** The same after a transaction that was refused whole, and after the next one that was. */
const MAX_CHARGES_AGAIN = 10;

interface Batch {
  readonly callUuid: string;
  readonly network: string;
  readonly charges: Charge[];
}

/** Groups charges per chain and token, as full as they may be. */
function createBatches(newUuid: () => string) {
  const filling = new Map<string, Batch>();
  const all: Batch[] = [];
  return {
    all,
    add(network: string, charge: Charge, mostCharges: number): Batch {
      const key = `${network}:${charge.mandate.token.toLowerCase()}:${mostCharges}`;
      let batch = filling.get(key);
      if (!batch || batch.charges.length >= mostCharges) {
        batch = { callUuid: newUuid(), network, charges: [] };
        filling.set(key, batch);
        all.push(batch);
      }
      batch.charges.push(charge);
      return batch;
    },
  };
}

function newAttempt(ctx: Context, book: Book, priced: PricedBill): BillAttempt {
  const { price, charge } = priced;
  const { network, mandateHash } = book.subscription;
  const rate = price?.rate;
  return {
    uuid: ctx.ids.uuid(),
    billUuid: priced.bill.uuid,
    number: (book.attempt?.number ?? 0) + 1,
    network,
    mandateHash,
    relayCallUuid: null,
    currencyId: price?.currencyId ?? null,
    amountBase: price?.amountBase ?? null,
    feeBps: charge?.feeBps ?? null,
    executionFeeBase: price?.executionFeeBase ?? null,
    rateE18: rate?.usdPerTokenE18 ?? null,
    rateSources:
      rate?.sources.map(({ name, usdPerTokenE18, at }) => {
        return { name, rateE18: String(usdPerTokenE18), at: at.toISOString() };
      }) ?? null,
    ratedAt: rate?.at ?? null,
    state: "sending",
    reason: null,
    message: null,
    transactionHash: null,
    createdAt: ctx.clock.now(),
    settledAt: null,
  };
}

/**
 * How many may share a bill's next transaction. One that is refused or reverts as a whole names nobody to blame: its
 * charges go on in ever smaller company, in the end alone, so that a mandate which makes all fail holds up only itself.
 */
async function createCompany(
  ctx: Context,
  parts: BillingParts,
  books: readonly Book[],
): Promise<(book: Book) => number> {
  const lastCallOf = ({ attempt }: Book) => (attempt?.state === "failed" ? attempt.relayCallUuid : null);
  const uuids = new Set(books.flatMap((book) => lastCallOf(book) ?? []));
  const calls = await parts.relayCalls(ctx, [...uuids]);
  return (book) => {
    const state = calls.get(lastCallOf(book) ?? "")?.state;
    if (state !== "refused" && state !== "reverted") return MAX_CHARGES;
    return book.attempt?.number === 1 ? MAX_CHARGES_AGAIN : 1;
  };
}

/**
 * Stores the attempts of priced bills and their transactions' calls in one transaction: either both are there or neither.
 * A bill whose claim ran out, or that changed meanwhile, is left alone. Returns how many charges are on their way.
 */
export async function sendBills(
  ctx: Context,
  parts: BillingParts,
  { claim, priced }: { readonly claim: string; readonly priced: readonly PricedBill[] },
): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const txCtx = { ...ctx, db: tx };
    const now = ctx.clock.now();
    const books = await loadBooks(
      txCtx,
      priced.map(({ subscription }) => subscription.uuid),
    );
    const claimed = await findClaimed(
      tx,
      claim,
      priced.map(({ bill }) => bill.uuid),
    );
    const bookOf = new Map(books.map((book) => [book.before.uuid, book]));
    const batches = createBatches(ctx.ids.uuid);
    const companyOf = await createCompany(txCtx, parts, books);
    const changed: Book[] = [];
    for (const one of priced) {
      const book = bookOf.get(one.subscription.uuid);
      const isSame = book?.bill?.uuid === one.bill.uuid && claimed.has(one.bill.uuid);
      if (!book?.bill || !isSame || book.subscription.mandateHash !== one.subscription.mandateHash) continue;
      const attempt = newAttempt(txCtx, book, one);
      if (one.failure) billFailed(book, { now, ...one.failure, attempt });
      else {
        const batch = batches.add(book.subscription.network ?? "", one.charge, companyOf(book));
        putBill(book, { ...book.bill, status: "charging", nextAttemptAt: null, isUrgent: false });
        putAttempt(book, { ...attempt, relayCallUuid: batch.callUuid });
      }
      changed.push(book);
    }
    await saveBooks(txCtx, changed);
    await parts.enqueueCalls(
      txCtx,
      batches.all.map((batch) => callOf(txCtx, batch)),
    );
    return batches.all.reduce((sum, { charges }) => sum + charges.length, 0);
  });
}

function callOf(ctx: Context, { callUuid, network, charges }: Batch): ChargeCall {
  const chain = ctx.chains.get(network)?.mandates;
  if (!chain) throw new Error(`Nothing can be charged on ${network}.`);
  return {
    uuid: callUuid,
    network,
    purpose: "charge",
    subjectUuid: callUuid,
    call: chain.chargeCall(charges),
    // Not sent by then, it is priced anew.
    sendUntil: new Date(ctx.clock.now().getTime() + ctx.policy.quoteMs),
  };
}
