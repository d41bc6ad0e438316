import type { BlockRange, Transfer } from "../adapter.ts";
import { ask } from "./ask-endpoints.ts";
import type { Endpoint } from "./endpoint.ts";
import { mapConcurrently } from "./endpoint.ts";
import { isNative, merchantReceivedBase, type Receipt, readReceipt } from "./merchant-received.ts";
import { decodePayment, isPaymentLog, PAYMENT_TOPIC, type PaymentLog, readLog } from "./payment-log.ts";
import { readHash, readObject, toQuantity } from "./read-block.ts";
import { RpcError } from "./rpc-error.ts";

/** From so many of our transactions in a block on, the whole block's receipts cost less than asking for each. */
const BLOCK_RECEIPTS_FROM = 4;
const RECEIPT_BLOCKS_PER_REQUEST = 8;
const RECEIPTS_PER_REQUEST = 100;
const CONCURRENT_REQUESTS = 3;
const INITIAL_MAX_BLOCKS = 10_000;
/** After so many answers in a row a larger range is tried again: a refusal may have been for its many logs. */
const ANSWERS_TO_GROW = 32;

/** Reads payments from one endpoint and remembers what that endpoint can do. */
export interface PaymentReader {
  readonly endpoint: Endpoint;
  /** Payment events in the range, in chain order. Splits what the endpoint refuses down to a block. Throws RpcError. */
  readLogs(range: BlockRange): Promise<PaymentLog[]>;
  /** Adds what the merchants received. Throws RpcError when a receipt is missing or contradicts its log. */
  readReceived(payments: readonly PaymentLog[]): Promise<Transfer[]>;
}

function compareLogs(a: PaymentLog, b: PaymentLog): number {
  return a.log.blockNumber - b.log.blockNumber || a.log.logIndex - b.log.logIndex;
}

function parseLogs(result: unknown, range: BlockRange, contracts: ReadonlySet<string>): PaymentLog[] {
  if (!Array.isArray(result)) throw new RpcError("malformed", "An endpoint answered without logs.");
  return result.map((entry) => {
    const log = readLog(entry);
    const inside = log.blockNumber >= range.from && log.blockNumber <= range.to;
    if (!inside || !isPaymentLog(log, contracts)) {
      throw new RpcError("malformed", "An endpoint answered with logs that were not asked for.");
    }
    return decodePayment(log);
  });
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** `contracts` are lower-case addresses. */
export function createPaymentReader(endpoint: Endpoint, contracts: ReadonlySet<string>): PaymentReader {
  let maxBlocks = INITIAL_MAX_BLOCKS;
  let answers = 0;
  let hasBlockReceipts = true;

  async function readOnce(range: BlockRange): Promise<PaymentLog[]> {
    const filter = {
      address: [...contracts],
      topics: [PAYMENT_TOPIC],
      fromBlock: toQuantity(range.from),
      toBlock: toQuantity(range.to),
    };
    return ask(endpoint, [{ method: "eth_getLogs", params: [filter] }], ([result]) =>
      parseLogs(result, range, contracts),
    );
  }

  async function readLogs(range: BlockRange): Promise<PaymentLog[]> {
    const payments: PaymentLog[] = [];
    for (let from = range.from; from <= range.to; ) {
      const to = Math.min(range.to, from + maxBlocks - 1);
      try {
        payments.push(...(await readOnce({ from, to })));
        from = to + 1;
        answers += 1;
        if (answers % ANSWERS_TO_GROW === 0) maxBlocks = Math.min(maxBlocks * 2, INITIAL_MAX_BLOCKS);
      } catch (error) {
        // Providers refuse ranges with all kinds of errors; whatever is refused is tried smaller, down to one block.
        const splits = error instanceof RpcError && ["too_much", "refused", "timeout"].includes(error.failure);
        if (!splits || to === from) throw error;
        answers = 0;
        maxBlocks = Math.max(1, Math.floor((to - from + 1) / 2));
        if (error.failure === "timeout") throw error;
      }
    }
    return payments.sort(compareLogs);
  }

  /** Only the receipts of these transactions are looked at: the rest of a block is other people's. */
  async function blockReceipts(blockNumbers: readonly number[], wanted: ReadonlySet<string>): Promise<Receipt[]> {
    const calls = blockNumbers.map((number) => ({ method: "eth_getBlockReceipts", params: [toQuantity(number)] }));
    return ask(endpoint, calls, (results) =>
      results.flatMap((result) => {
        if (!Array.isArray(result)) throw new RpcError("malformed", "An endpoint answered without receipts.");
        const ours = result.filter((entry) => wanted.has(readHash(readObject(entry).transactionHash)));
        return ours.flatMap((entry) => readReceipt(entry) ?? []);
      }),
    );
  }

  async function transactionReceipts(hashes: readonly string[]): Promise<Receipt[]> {
    const calls = hashes.map((hash) => ({ method: "eth_getTransactionReceipt", params: [hash] }));
    return ask(endpoint, calls, (results) => results.flatMap((result) => readReceipt(result) ?? []));
  }

  async function readReceipts(payments: readonly PaymentLog[]): Promise<Map<string, Receipt>> {
    const byBlock = Map.groupBy(payments, ({ log }) => log.blockNumber);
    const wholeBlocks: number[] = [];
    const single = new Set<string>();
    for (const [number, inBlock] of byBlock) {
      const hashes = new Set(inBlock.map(({ log }) => log.transactionHash));
      if (hasBlockReceipts && hashes.size >= BLOCK_RECEIPTS_FROM) wholeBlocks.push(number);
      else for (const hash of hashes) single.add(hash);
    }
    const wanted = new Set(payments.map(({ log }) => log.transactionHash));
    let receipts: Receipt[];
    try {
      const groups = chunks(wholeBlocks, RECEIPT_BLOCKS_PER_REQUEST);
      receipts = (await mapConcurrently(groups, CONCURRENT_REQUESTS, (group) => blockReceipts(group, wanted))).flat();
    } catch (error) {
      if (!(error instanceof RpcError) || (error.failure !== "refused" && error.failure !== "too_much")) throw error;
      hasBlockReceipts = false;
      return readReceipts(payments);
    }
    const groups = chunks([...single], RECEIPTS_PER_REQUEST);
    receipts.push(...(await mapConcurrently(groups, CONCURRENT_REQUESTS, transactionReceipts)).flat());
    return new Map(receipts.map((receipt) => [receipt.transactionHash, receipt]));
  }

  async function readReceived(payments: readonly PaymentLog[]): Promise<Transfer[]> {
    const receipts = await readReceipts(payments.filter(({ payment }) => !isNative(payment)));
    return payments.map((entry) => {
      const { payment } = entry;
      if (isNative(payment)) {
        const receivedBase = payment.amountBase - payment.feeBase - payment.organizationFeeBase;
        return { ...payment, merchantReceivedBase: receivedBase };
      }
      const receipt = receipts.get(payment.transactionHash);
      if (!receipt) throw new RpcError("malformed", `${endpoint.name} has no receipt of a payment it reported.`);
      return { ...payment, merchantReceivedBase: merchantReceivedBase(entry, receipt, contracts) };
    });
  }

  return { endpoint, readLogs, readReceived };
}
