import type { Transfer } from "../adapter.ts";
import { ask } from "./ask-endpoints.ts";
import { type Endpoint, mapConcurrently } from "./endpoint.ts";
import {
  expectedBase,
  isNative,
  type Receipt,
  readReceipt,
  receivedByReceipt,
  sumReceived,
} from "./merchant-received.ts";
import type { OurContracts, OurLog } from "./our-log.ts";
import { type Log, type PaymentLog, readLog, TRANSFER_TOPIC } from "./payment-log.ts";
import { readHash, readObject, toQuantity } from "./read-block.ts";
import { RpcError } from "./rpc-error.ts";

/** From so many token payments on, their Transfer logs are read together: receipts are four times their size. */
const LOGS_FROM = 4;
/** From so many of our transactions in a block on, the whole block's receipts cost less than asking for each. */
const BLOCK_RECEIPTS_FROM = 4;
const RECEIPTS_PER_REQUEST = 100;
const MERCHANTS_PER_REQUEST = 100;
const CONCURRENT_REQUESTS = 3;

type ReadReceived = (logs: readonly OurLog[]) => Promise<Transfer[]>;

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function isPayment(entry: OurLog): entry is PaymentLog {
  return "payment" in entry;
}

function isTokenPayment(entry: OurLog): entry is PaymentLog {
  return isPayment(entry) && !isNative(entry.payment);
}

function addressTopic(address: string): string {
  return `0x${address.slice(2).toLowerCase().padStart(64, "0")}`;
}

/** Transfer logs of the payments' tokens to these merchants, in the payments' blocks and what lies between. */
async function readTransferLogs(endpoint: Endpoint, payments: readonly PaymentLog[], merchants: readonly string[]) {
  const numbers = payments.map(({ log }) => log.blockNumber);
  const filter = {
    address: [...new Set(payments.map(({ payment }) => payment.token))],
    topics: [TRANSFER_TOPIC, null, merchants.map(addressTopic)],
    fromBlock: toQuantity(Math.min(...numbers)),
    toBlock: toQuantity(Math.max(...numbers)),
  };
  return ask(endpoint, [{ method: "eth_getLogs", params: [filter] }], ([result]): Log[] => {
    if (!Array.isArray(result)) throw new RpcError("malformed", "An endpoint answered without logs.");
    return result.map(readLog);
  });
}

/**
 * What merchants received, by the Transfer logs of all payments at once. A payment whose sum is not just what it must
 * be is left out: its receipt decides. The index of logs has been seen to lag, a receipt is the transaction's own.
 */
async function receivedByLogs(endpoint: Endpoint, ours: readonly OurLog[], contracts: OurContracts) {
  const payments = ours.filter(isTokenPayment);
  const received = new Map<PaymentLog, bigint>();
  const merchants = [...new Set(payments.map(({ payment }) => payment.merchant))];
  let transferLogs: Log[];
  try {
    const groups = chunks(merchants, MERCHANTS_PER_REQUEST);
    transferLogs = (
      await mapConcurrently(groups, CONCURRENT_REQUESTS, (group) => readTransferLogs(endpoint, payments, group))
    ).flat();
  } catch (error) {
    // Merchants are what strangers name: an exchange's wallet has more transfers than any endpoint gives in time.
    if (error instanceof RpcError && ["too_much", "refused", "timeout"].includes(error.failure)) return received;
    throw error;
  }
  const placeOf = (log: Log) => `${log.blockHash}${log.transactionHash}`;
  const logs = Map.groupBy([...transferLogs, ...ours.map(({ log }) => log)], placeOf);
  for (const payment of payments) {
    const sumBase = sumReceived(payment, logs.get(placeOf(payment.log)) ?? [], contracts);
    if (sumBase === expectedBase(payment)) received.set(payment, sumBase);
  }
  return received;
}

/** Reads, for one endpoint, what payments brought their merchants. */
export function createReceivedReader(endpoint: Endpoint, contracts: OurContracts): ReadReceived {
  let hasBlockReceipts = true;

  /** Only the receipts of these transactions are looked at: the rest of a block is other people's. */
  async function blockReceipts(blockNumber: number, wanted: ReadonlySet<string>): Promise<Receipt[]> {
    const calls = [{ method: "eth_getBlockReceipts", params: [toQuantity(blockNumber)] }];
    return ask(endpoint, calls, ([result]) => {
      if (!Array.isArray(result)) throw new RpcError("malformed", "An endpoint answered without receipts.");
      const ours = result.filter((entry) => wanted.has(readHash(readObject(entry).transactionHash)));
      return ours.flatMap((entry) => readReceipt(entry) ?? []);
    });
  }

  async function transactionReceipts(hashes: readonly string[]): Promise<Receipt[]> {
    const calls = hashes.map((hash) => ({ method: "eth_getTransactionReceipt", params: [hash] }));
    return ask(endpoint, calls, (results) => results.flatMap((result) => readReceipt(result) ?? []));
  }

  async function readReceipts(payments: readonly PaymentLog[]): Promise<Map<string, Receipt>> {
    const wholeBlocks: number[] = [];
    const single = new Set<string>();
    for (const [number, inBlock] of Map.groupBy(payments, ({ log }) => log.blockNumber)) {
      const hashes = new Set(inBlock.map(({ log }) => log.transactionHash));
      if (hasBlockReceipts && hashes.size >= BLOCK_RECEIPTS_FROM) wholeBlocks.push(number);
      else for (const hash of hashes) single.add(hash);
    }
    const wanted = new Set(payments.map(({ log }) => log.transactionHash));
    let receipts: Receipt[];
    try {
      const read = (number: number) => blockReceipts(number, wanted);
      receipts = (await mapConcurrently(wholeBlocks, CONCURRENT_REQUESTS, read)).flat();
    } catch (error) {
      if (!(error instanceof RpcError) || (error.failure !== "refused" && error.failure !== "too_much")) throw error;
      hasBlockReceipts = false;
      return readReceipts(payments);
    }
    const groups = chunks([...single], RECEIPTS_PER_REQUEST);
    receipts.push(...(await mapConcurrently(groups, CONCURRENT_REQUESTS, transactionReceipts)).flat());
    return new Map(receipts.map((receipt) => [receipt.transactionHash, receipt]));
  }

  return async (logs) => {
    const payments = logs.filter(isPayment);
    const inTokens = logs.filter(isTokenPayment);
    const received =
      inTokens.length >= LOGS_FROM ? await receivedByLogs(endpoint, logs, contracts) : new Map<PaymentLog, bigint>();
    const receipts = await readReceipts(inTokens.filter((payment) => !received.has(payment)));
    return payments.map((entry) => {
      if (isNative(entry.payment)) return { ...entry.payment, merchantReceivedBase: expectedBase(entry) };
      const byLogs = received.get(entry);
      if (byLogs !== undefined) return { ...entry.payment, merchantReceivedBase: byLogs };
      const receipt = receipts.get(entry.payment.transactionHash);
      if (!receipt) throw new RpcError("malformed", `${endpoint.name} has no receipt of a payment it reported.`);
      return { ...entry.payment, merchantReceivedBase: receivedByReceipt(entry, receipt, contracts) };
    });
  };
}
