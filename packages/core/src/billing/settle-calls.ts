import { ChainUnavailableError, type Hex, periodIndexAt } from "@qbitflow/chains";
import type { BillFailure } from "../bill/index.ts";
import { scanStates } from "../chain-scan/index.ts";
import type { Context } from "../context.ts";
import { loadBooks } from "../subscription/book.ts";
import { billFailed } from "../subscription/charge-outcome.ts";
import { saveBooks } from "../subscription/save-books.ts";
import type { BillingParts, ChargeCallState } from "./parts.ts";
import { findUnderWay, type UnderWay } from "./store.ts";

const MOST = 20_000;
const BATCH = 500;
/** Without a receipt for so long, the transaction is asked for at the mandate itself. */
const LOST_AFTER_MS = 10 * 60_000;

interface Lost {
  readonly under: UnderWay;
  readonly reason: BillFailure;
  readonly detail?: string;
}

/**
 * Charges that end without an event on chain: refused, reverted or never sent by the relay; in a block that has its
 * confirmations, and still without an event (its group could not be paid out); or gone from the chain. Everything else
 * is settled by what the chain shows. Returns how many failed.
 */
export async function settleCalls(ctx: Context, parts: BillingParts): Promise<number> {
  const underWay = await findUnderWay(ctx.db, MOST);
  if (underWay.length === 0) return 0;
  const uuids = new Set(underWay.flatMap(({ relayCallUuid }) => (relayCallUuid === null ? [] : [relayCallUuid])));
  const calls = await parts.relayCalls(ctx, [...uuids]);
  const lost: Lost[] = [];
  const silent: { under: UnderWay; hash: string | null }[] = [];
  for (const under of underWay) {
    const call = under.relayCallUuid === null ? undefined : calls.get(under.relayCallUuid);
    const failure = failureOf(call);
    if (failure) lost.push({ under, ...failure });
    else if (!call || call.state === "mined")
      silent.push({ under, hash: call?.transactionHash ?? under.transactionHash });
  }
  lost.push(...(await withoutEvent(ctx, parts, silent)));
  for (let begin = 0; begin < lost.length; begin += BATCH) await fail(ctx, lost.slice(begin, begin + BATCH));
  return lost.length;
}

function failureOf(call: ChargeCallState | undefined): { reason: BillFailure; detail?: string } | null {
  if (call?.state !== "refused" && call?.state !== "reverted" && call?.state !== "expired") return null;
  return { reason: "chain_unavailable", ...(call.message === null ? {} : { detail: call.message }) };
}

async function withoutEvent(
  ctx: Context,
  parts: BillingParts,
  silent: readonly { under: UnderWay; hash: string | null }[],
): Promise<Lost[]> {
  if (silent.length === 0) return [];
  const scans = new Map((await scanStates(ctx)).map((scan) => [scan.network, scan.scannedNumber]));
  const receipts = new Map<string, number | null>();
  const lost: Lost[] = [];
  for (const { under, hash } of silent) {
    try {
      const verdict = await verdictOf(ctx, { under, hash, receipts, scanned: scans.get(under.network) ?? 0 });
      if (verdict !== null && !(await isCharged(ctx, parts, under))) lost.push({ under, reason: verdict });
    } catch (error) {
      if (!(error instanceof ChainUnavailableError)) throw error;
    }
  }
  return lost;
}

interface Silence {
  readonly under: UnderWay;
  readonly hash: string | null;
  readonly receipts: Map<string, number | null>;
  readonly scanned: number;
}

/** What it means that there is no event; null while it may still come. */
async function verdictOf(ctx: Context, { under, hash, receipts, scanned }: Silence): Promise<BillFailure | null> {
  const chain = ctx.chains.get(under.network);
  if (!chain) return null;
  if (hash !== null && !receipts.has(hash)) {
    receipts.set(hash, (await chain.sender?.receipt(hash as Hex))?.blockNumber ?? null);
  }
  const block = hash === null ? null : (receipts.get(hash) ?? null);
  // Twice the confirmations: what a block shows is confirmed a moment after it was read.
  if (block !== null) return block + 2 * chain.network.confirmations <= scanned ? "payout_failed" : null;
  const agoMs = ctx.clock.now().getTime() - under.createdAt.getTime();
  return agoMs > LOST_AFTER_MS ? "chain_unavailable" : null;
}

/** The contract itself says whether the period was taken. */
async function isCharged(ctx: Context, parts: BillingParts, under: UnderWay): Promise<boolean> {
  const hash = under.mandateHash as Hex;
  const mandate = (await parts.loadMandates(ctx, [{ network: under.network, hash }])).get(hash);
  const [state] = (await ctx.chains.get(under.network)?.mandates?.states([hash])) ?? [];
  if (!mandate || !state) return false;
  const sentSeconds = Math.floor(under.createdAt.getTime() / 1_000);
  return state.nextPeriodIndex > periodIndexAt(mandate.terms.firstChargeAt, mandate.terms.period, sentSeconds);
}

async function fail(ctx: Context, lost: readonly Lost[]): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const txCtx = { ...ctx, db: tx };
    const books = await loadBooks(
      txCtx,
      lost.map(({ under }) => under.subscriptionUuid),
    );
    const now = ctx.clock.now();
    const lostOf = new Map(lost.map((one) => [one.under.billUuid, one]));
    const failed = books.filter((book) => {
      const { bill, attempt } = book;
      const one = bill?.status === "charging" ? lostOf.get(bill.uuid) : undefined;
      // The chain may have said something since.
      if (!one || attempt?.state !== "sending" || attempt.relayCallUuid !== one.under.relayCallUuid) return false;
      billFailed(book, { now, reason: one.reason, ...(one.detail ? { detail: one.detail } : {}), attempt });
      return true;
    });
    await saveBooks(txCtx, failed);
  });
}
