import {
  type ChainAdapter,
  ChainUnavailableError,
  type MandateEvent,
  type ScanResult,
  type Transfer,
} from "@qbitflow/chains";
import { contractsOf } from "../chain-scan/contracts.ts";
import { readCursor } from "../chain-scan/cursor.ts";
import { isOnBranch, isWhole } from "../chain-scan/on-branch.ts";
import type { Context } from "../context.ts";
import { confirmMandateEvents } from "../mandate-scan/index.ts";
import { restoreMandateEvents } from "../mandate-scan/restore.ts";
import { dataOf, findEventsBetween, type StoredEvent } from "../mandate-scan/store.ts";
import { confirmPayments } from "../payment/index.ts";
import { restorePayments } from "../payment/restore.ts";
import { findPaymentsBetween, type StoredPayment } from "../payment/store.ts";
import { type Compared, compareAll, type Difference, type Fields } from "./difference.ts";
import { type PartResult, type PartStep, partResult } from "./part.ts";
import { findOwnUuids, findUnknownContracts } from "./store.ts";

const MOST_BLOCKS = 2_000;
const TRIES = 5;
/** How many blocks of a chain are compared at once: fewer after a failure, more and more after what went well. */
const blocksAtOnce = new WeakMap<ChainAdapter, number>();

interface Range {
  readonly ctx: Context;
  readonly adapter: ChainAdapter;
  readonly from: number;
  readonly to: number;
  readonly rebuild: boolean;
}

const keyOf = (one: { readonly transactionHash: string; readonly logIndex: number }): string =>
  `${one.transactionHash}:${one.logIndex}`;

const paymentFields = (one: Transfer | StoredPayment): Fields => ({
  uuid: one.uuid,
  contract: one.contract,
  blockNumber: String(one.blockNumber),
  blockHash: one.blockHash,
  termsHash: one.termsHash,
  payer: one.payer,
  merchant: one.merchant,
  token: one.token,
  amountBase: String(one.amountBase),
  feeBase: String(one.feeBase),
  organizationFeeBase: String(one.organizationFeeBase),
  merchantReceivedBase: String(one.merchantReceivedBase),
});

function eventFields(one: MandateEvent | StoredEvent): Fields {
  const own = "data" in one ? one.data : dataOf(one);
  const texts = Object.entries(own).map(([name, value]) => [name, String(value)]);
  return {
    uuid: one.uuid,
    contract: one.contract,
    blockNumber: String(one.blockNumber),
    blockHash: one.blockHash,
    mandateHash: one.mandateHash,
    type: one.type,
    ...Object.fromEntries(texts),
  };
}

function differencesOf<Chain extends Transfer | MandateEvent, Books extends StoredPayment | StoredEvent>(
  { missing, different, foreign }: Compared<Chain, Books>,
  about: { readonly about: "payment" | "mandate_event"; readonly network: string; readonly restored: boolean },
): Difference[] {
  const named = (one: Transfer | MandateEvent | StoredPayment | StoredEvent) => ({
    ...about,
    uuid: one.uuid,
    transactionHash: one.transactionHash,
    logIndex: one.logIndex,
    blockNumber: one.blockNumber,
    ...("mandateHash" in one ? { mandateHash: one.mandateHash, message: one.type } : {}),
  });
  return [
    ...missing.map((one) => ({ ...named(one), what: "missing" as const })),
    ...different.map(({ chain, fields }) => ({ ...named(chain), what: "different" as const, fields })),
    ...foreign.map((one) => ({ ...named(one), what: "not_on_chain" as const })),
  ];
}

/**
 * Compares, and repairs, in one transaction that holds the cursor; null when the chain moved under the scan. Answers the
 * blocks of what is not in the scan, and repairs nothing, until each of them was asked for alone.
 */
async function compareScan(
  range: Range,
  scan: ScanResult,
  askedAlone: readonly number[],
): Promise<PartResult | readonly number[] | null> {
  const { ctx, adapter, from, to, rebuild } = range;
  const { slug, confirmations } = adapter.network;
  return ctx.db.transaction(async (tx) => {
    const txCtx = { ...ctx, db: tx };
    await tx.query(`select 1 from chain_cursor where network = $1 for ${rebuild ? "update" : "share"}`, [slug]);
    const cursor = await readCursor(tx, slug);
    if (!cursor || cursor.number < to || !isWhole(scan) || !(await isOnBranch(tx, slug, scan))) return null;
    const ours = await findOwnUuids(
      tx,
      [...scan.transfers, ...scan.mandateEvents].map(({ uuid }) => uuid),
    );
    const read = new Set(contractsOf(adapter.network).map(({ address }) => address));
    const isRead = ({ contract }: StoredPayment | StoredEvent) => read.has(contract.toLowerCase());
    const isOurs = ({ uuid }: { readonly uuid: string }) => ours.has(uuid);
    const between = { network: slug, from, to };
    const payments = compareAll(
      { chain: scan.transfers.filter(isOurs), books: await findPaymentsBetween(tx, between) },
      { keyOf, fieldsOf: paymentFields, isRead },
    );
    const events = compareAll(
      { chain: scan.mandateEvents.filter(isOurs), books: await findEventsBetween(tx, between) },
      { keyOf, fieldsOf: eventFields, isRead },
    );
    const doubtful = [...payments.foreign, ...events.foreign].map(({ blockNumber }) => blockNumber);
    if (doubtful.some((number) => !askedAlone.includes(number))) return [...new Set(doubtful)];
    if (rebuild) {
      const place = { network: adapter.network, scan, confirmedTo: cursor.number - confirmations + 1 };
      await restorePayments(txCtx, place, {
        missing: payments.missing,
        different: payments.different.map(({ books, chain }) => ({ id: books.id, transfer: chain })),
        foreign: payments.foreign.map(({ id }) => id),
      });
      await restoreMandateEvents(txCtx, place, {
        missing: events.missing,
        different: events.different.map(({ books, chain }) => ({ id: books.id, event: chain })),
        foreign: events.foreign.map(({ id }) => id),
      });
    }
    return partResult({
      payments: scan.transfers.filter(isOurs).length,
      differences: [
        ...differencesOf(payments, { about: "payment", network: slug, restored: rebuild }),
        ...differencesOf(events, { about: "mandate_event", network: slug, restored: rebuild }),
      ],
    });
  });
}

/** What the books have of contracts that the configuration lacks, as after one was replaced and left out. */
async function unreadContracts({ db }: Context, { network }: ChainAdapter): Promise<Difference[]> {
  const known = contractsOf(network).map(({ address }) => address);
  const contracts = await findUnknownContracts(db, { network: network.slug, known });
  return contracts.map((contract) => ({
    about: "network",
    what: "different",
    network: network.slug,
    uuid: null,
    message: `The books have events of the contract ${contract} and the configuration does not: they were not compared.`,
    restored: false,
  }));
}

const isBlocks = (result: PartResult | readonly number[] | null): result is readonly number[] => Array.isArray(result);

/**
 * A node that dropped its old logs answers a long range with none. Asked for one block it is held against that block's own
 * bloom filter: nothing is undone because somebody forgot. Throws ChainUnavailableError.
 */
async function requireAbsent(adapter: ChainAdapter, scan: ScanResult, numbers: readonly number[]): Promise<void> {
  const seen = new Set([...scan.transfers, ...scan.mandateEvents].map(keyOf));
  for (const number of numbers) {
    const alone = await adapter.scan({ from: number, to: number });
    if ([...alone.transfers, ...alone.mandateEvents].every((one) => seen.has(keyOf(one)))) continue;
    throw new ChainUnavailableError(
      `${adapter.network.name} shows an event in block ${number} when asked for it alone, and left it out of a longer range.`,
    );
  }
}

/** Compares as often as the chain moves under the scan. Throws ChainUnavailableError. */
async function compareRange(range: Range): Promise<PartResult> {
  const { ctx, adapter, from, to } = range;
  for (let tries = 0; tries < TRIES; tries++) {
    const scan = await adapter.scan({ from, to });
    let result = await compareScan(range, scan, []);
    if (isBlocks(result)) {
      await requireAbsent(adapter, scan, result);
      result = await compareScan(range, scan, result);
    }
    if (result === null || isBlocks(result)) continue;
    if (range.rebuild && result.differences.length > 0) {
      await confirmPayments(ctx, adapter.network.slug);
      await confirmMandateEvents(ctx, adapter.network.slug);
    }
    return result;
  }
  throw new ChainUnavailableError(
    `${adapter.network.name} shows another branch than the one that was read. Let the server read on, then compare again.`,
  );
}

/**
 * Compares the next range of blocks with the books, from our contracts' first block up to the last that was read; `after`
 * is the last block that is compared. What fails is tried in a fourth by the next step from there: anybody can have more
 * of our events written than can be read at once. Throws ChainUnavailableError.
 */
export async function compareBlocks(ctx: Context, step: PartStep): Promise<PartResult> {
  const { adapter, after, rebuild } = step;
  const cursor = await readCursor(ctx.db, adapter.network.slug);
  const contracts = contractsOf(adapter.network);
  const unread = after === "" ? await unreadContracts(ctx, adapter) : [];
  if (!cursor || contracts.length === 0) return partResult({ differences: unread });
  const first = Math.min(...contracts.map(({ fromBlock }) => fromBlock));
  const from = after === "" ? first : Number(after) + 1;
  if (from > cursor.number) return partResult({ differences: unread });
  const atOnce = blocksAtOnce.get(adapter) ?? MOST_BLOCKS;
  const to = Math.min(cursor.number, from + atOnce - 1);
  blocksAtOnce.set(adapter, Math.max(1, Math.floor((to - from + 1) / 4)));
  const result = await compareRange({ ctx, adapter, from, to, rebuild });
  blocksAtOnce.set(adapter, Math.min(MOST_BLOCKS, atOnce * 2));
  const progress = { done: to - first + 1, total: cursor.number - first + 1 };
  const differences = [...unread, ...result.differences];
  return { ...result, differences, progress, next: to < cursor.number ? String(to) : null };
}
