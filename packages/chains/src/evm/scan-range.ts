import { type BlockRange, type BlockRef, ChainUnavailableError, type ScanResult } from "../adapter.ts";
import type { BlockAgreement } from "./agree-blocks.ts";
import { ask, askEach, awake, whyNone } from "./ask-endpoints.ts";
import { createBloomCheck } from "./bloom.ts";
import { readReceipt, receiptHasLog } from "./merchant-received.ts";
import { isPaymentLog, PAYMENT_TOPIC, type PaymentLog } from "./payment-log.ts";
import { type Block, blockCall, readBlock, toQuantity } from "./read-block.ts";
import type { PaymentReader } from "./read-payments.ts";
import { RpcError } from "./rpc-error.ts";

export interface ScanContext {
  readonly readers: readonly PaymentReader[];
  readonly agreement: BlockAgreement;
  /** Lower case. */
  readonly contracts: ReadonlySet<string>;
  readonly finalityDepth: number;
}

/** One endpoint's account of a range, consistent in itself. */
interface Account {
  readonly reader: PaymentReader;
  readonly payments: readonly PaymentLog[];
  readonly blocks: ReadonlyMap<number, Block>;
}

function keyOf({ log }: PaymentLog): string {
  return [log.blockHash, log.transactionHash, log.logIndex, log.address, log.data, ...log.topics].join(" ");
}

/** The blocks a scan hands on: those near the head, those that hold payments, and the last. */
function neededBlocks(range: BlockRange, payments: readonly PaymentLog[], nearHeadFrom: number): number[] {
  const numbers = new Set(payments.map(({ log }) => log.blockNumber));
  for (let number = Math.max(range.from, nearHeadFrom); number <= range.to; number++) numbers.add(number);
  numbers.delete(range.to);
  return [...numbers].sort((a, b) => a - b);
}

async function readBlocks(reader: PaymentReader, numbers: readonly number[]): Promise<Map<number, Block>> {
  if (numbers.length === 0) return new Map();
  return ask(reader.endpoint, numbers.map(blockCall), (results) => {
    const blocks = results.map((result, index) => {
      const block = readBlock(result, numbers[index] ?? null);
      if (!block) throw new RpcError("malformed", `${reader.endpoint.name} lacks a block of the range.`);
      return [block.number, block] as const;
    });
    return new Map(blocks);
  });
}

function requireConsistent(account: Account): void {
  const { reader, payments, blocks } = account;
  const contradicts = () => {
    throw new RpcError("malformed", `${reader.endpoint.name} contradicts itself: a reorganisation, or a bad source.`);
  };
  for (const { log } of payments) if (blocks.get(log.blockNumber)?.hash !== log.blockHash) contradicts();
  for (const block of blocks.values()) {
    const parent = blocks.get(block.number - 1);
    if (parent && parent.hash !== block.parentHash) contradicts();
  }
}

/**
 * Logs first, then their blocks, and the range's last block at the end: when that still has the agreed hash, nothing
 * in the range was reorganised in between.
 */
async function takeAccount(
  reader: PaymentReader,
  range: BlockRange,
  { anchor, nearHeadFrom }: { anchor: Block; nearHeadFrom: number },
): Promise<Account> {
  const payments = await reader.readLogs(range);
  const blocks = await readBlocks(reader, neededBlocks(range, payments, nearHeadFrom));
  const [last] = [...(await readBlocks(reader, [range.to])).values()];
  if (last?.hash !== anchor.hash) {
    throw new RpcError("malformed", `${reader.endpoint.name} is on another fork, or behind.`);
  }
  const account = { reader, payments, blocks: new Map([...blocks, [range.to, last]]) };
  requireConsistent(account);
  return account;
}

/** Two accounts where two endpoints give one, the best available otherwise. */
async function takeAccounts(context: ScanContext, range: BlockRange, anchor: Block): Promise<Account[]> {
  const headNumber = Math.max(context.agreement.lastHead()?.number ?? 0, anchor.number);
  const nearHeadFrom = headNumber - context.finalityDepth + 1;
  const ready = context.readers.filter(({ endpoint }) => !endpoint.isResting());
  const accounts: Account[] = [];
  const reasons: string[] = [];
  let next = 0;
  const take = async (): Promise<void> => {
    for (let reader = ready[next++]; reader && accounts.length < 2; reader = ready[next++]) {
      try {
        accounts.push(await takeAccount(reader, range, { anchor, nearHeadFrom }));
        return;
      } catch (error) {
        if (!(error instanceof RpcError)) throw error;
        reasons.push(error.message);
      }
    }
  };
  await Promise.all([take(), take()]);
  if (accounts.length === 0) {
    throw new ChainUnavailableError(
      `Blocks ${range.from} to ${range.to} could not be read. ${reasons.join(" ") || whyNone(context.readers.map(({ endpoint }) => endpoint))}`,
    );
  }
  return accounts.slice(0, 2);
}

/** How many endpoints' receipts hold this payment, and how many answered without it. */
async function countVotes(context: ScanContext, { log }: PaymentLog): Promise<{ has: number; lacks: number }> {
  const calls = [{ method: "eth_getTransactionReceipt", params: [log.transactionHash] }];
  const answers = await askEach(awake(context.readers.map(({ endpoint }) => endpoint)), calls, ([result]) => {
    const receipt = readReceipt(result);
    return receipt !== null && receiptHasLog(receipt, log);
  });
  const has = answers.filter(({ value }) => value).length;
  return { has, lacks: answers.length - has };
}

/**
 * Payments that only one of two accounts has: one index lags, or one makes it up. Receipts decide, two of a kind;
 * nobody knows = ChainUnavailableError, so that nothing is lost and nothing invented.
 */
async function settle(context: ScanContext, [first, second]: readonly Account[]): Promise<PaymentLog[]> {
  if (!first) return [];
  if (!second) return [...first.payments];
  const inFirst = new Set(first.payments.map(keyOf));
  const inSecond = new Set(second.payments.map(keyOf));
  const union = [...first.payments, ...second.payments.filter((payment) => !inFirst.has(keyOf(payment)))];
  const settled: PaymentLog[] = [];
  for (const payment of union) {
    const key = keyOf(payment);
    if (inFirst.has(key) && inSecond.has(key)) {
      settled.push(payment);
      continue;
    }
    const { has, lacks } = await countVotes(context, payment);
    if (has >= 2 && has > lacks) settled.push(payment);
    else if (lacks < 2 || has >= lacks) {
      throw new ChainUnavailableError(
        `The RPC endpoints contradict each other about transaction ${payment.log.transactionHash}.`,
      );
    }
  }
  return settled.sort((a, b) => a.log.blockNumber - b.log.blockNumber || a.log.logIndex - b.log.logIndex);
}

/**
 * With a single account nobody else vouches for "no payment here": where a block's bloom filter says that there may
 * be one, the block's receipts are looked through. Throws ChainUnavailableError when they hold one that was left out.
 */
async function checkBlooms(context: ScanContext, account: Account): Promise<void> {
  const mayHold = createBloomCheck(context.contracts, PAYMENT_TOPIC);
  const withPayments = new Set(account.payments.map(({ log }) => log.blockNumber));
  for (const block of account.blocks.values()) {
    if (withPayments.has(block.number) || mayHold(block.logsBloom) !== true) continue;
    const { endpoint } = account.reader;
    const calls = [{ method: "eth_getBlockReceipts", params: [toQuantity(block.number)] }];
    try {
      await ask(endpoint, calls, ([result]) => {
        const receipts = Array.isArray(result) ? result.flatMap((entry) => readReceipt(entry) ?? []) : [];
        const leftOut = receipts.some(({ logs }) => logs.some((log) => isPaymentLog(log, context.contracts)));
        if (leftOut) throw new RpcError("malformed", `${endpoint.name} left a payment out of block ${block.number}.`);
      });
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      // An endpoint that does not offer this method leaves us with what it said before.
      if (error.failure !== "refused") throw new ChainUnavailableError(error.message);
    }
  }
}

function toBlockRef({ number, hash, parentHash, timestamp }: Block): BlockRef {
  return { number, hash, parentHash, timestamp };
}

/**
 * Payments and blocks of a range, all or nothing. Needs an endpoint that has the range's last block with the hash the
 * endpoints agree on; two endpoints' logs are compared where two answer. Throws ChainUnavailableError.
 */
export async function scanRange(context: ScanContext, range: BlockRange): Promise<ScanResult> {
  if (!Number.isSafeInteger(range.from) || !Number.isSafeInteger(range.to) || range.from < 0 || range.to < range.from) {
    throw new RangeError("A block range must be two ascending integers.");
  }
  const anchor = await context.agreement.block(range.to);
  if (!anchor) throw new ChainUnavailableError(`Block ${range.to} is above the head.`);
  if (context.contracts.size === 0) return { blocks: [toBlockRef(anchor)], transfers: [], mandateEvents: [] };
  const accounts = await takeAccounts(context, range, anchor);
  const [account] = accounts;
  if (!account) throw new ChainUnavailableError(`Blocks ${range.from} to ${range.to} could not be read.`);
  if (accounts.length === 1) await checkBlooms(context, account);
  const payments = await settle(context, accounts);
  const blocks = new Map([...(accounts[1]?.blocks ?? []), ...account.blocks]);
  const used = new Set(payments.map(({ log }) => log.blockNumber));
  const headNumber = Math.max(context.agreement.lastHead()?.number ?? 0, anchor.number);
  const kept = [...blocks.values()].filter(
    ({ number }) => used.has(number) || number === range.to || number > headNumber - context.finalityDepth,
  );
  const transfers = await readReceivedFromAny(accounts, payments);
  return { blocks: kept.sort((a, b) => a.number - b.number).map(toBlockRef), transfers, mandateEvents: [] };
}

async function readReceivedFromAny(accounts: readonly Account[], payments: readonly PaymentLog[]) {
  let reason = "";
  for (const { reader } of accounts) {
    try {
      return await reader.readReceived(payments);
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      reason = error.message;
    }
  }
  throw new ChainUnavailableError(`The receipts of payments could not be read. ${reason}`);
}
