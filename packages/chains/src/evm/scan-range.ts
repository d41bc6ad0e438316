import { type BlockRange, type BlockRef, ChainUnavailableError, type ScanResult } from "../adapter.ts";
import type { BlockAgreement } from "./agree-blocks.ts";
import { ask, askEach, awake, whyNone } from "./ask-endpoints.ts";
import { readReceipt, receiptHasLog } from "./merchant-received.ts";
import { createOurBloomCheck, inChainOrder, isOurLog, type OurContracts, type OurLog } from "./our-log.ts";
import { type Block, blockCall, readBlock, toQuantity } from "./read-block.ts";
import type { LogReader } from "./read-logs.ts";
import { RpcError } from "./rpc-error.ts";

export interface ScanContext {
  readonly readers: readonly LogReader[];
  readonly agreement: BlockAgreement;
  readonly contracts: OurContracts;
  readonly finalityDepth: number;
}

/** One endpoint's account of a range, consistent in itself. */
interface Account {
  readonly reader: LogReader;
  readonly logs: readonly OurLog[];
  readonly blocks: ReadonlyMap<number, Block>;
}

function keyOf({ log }: OurLog): string {
  return [log.blockHash, log.transactionHash, log.logIndex, log.address, log.data, ...log.topics].join(" ");
}

/** The blocks a scan hands on: those near the head, those that hold events of ours, and the last. */
function neededBlocks(range: BlockRange, logs: readonly OurLog[], nearHeadFrom: number): number[] {
  const numbers = new Set(logs.map(({ log }) => log.blockNumber));
  for (let number = Math.max(range.from, nearHeadFrom); number <= range.to; number++) numbers.add(number);
  numbers.delete(range.to);
  return [...numbers].sort((a, b) => a - b);
}

async function readBlocks(reader: LogReader, numbers: readonly number[]): Promise<Map<number, Block>> {
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
  const { reader, logs, blocks } = account;
  const contradicts = () => {
    throw new RpcError("malformed", `${reader.endpoint.name} contradicts itself: a reorganisation, or a bad source.`);
  };
  for (const { log } of logs) if (blocks.get(log.blockNumber)?.hash !== log.blockHash) contradicts();
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
  reader: LogReader,
  range: BlockRange,
  { anchor, nearHeadFrom }: { anchor: Block; nearHeadFrom: number },
): Promise<Account> {
  const logs = await reader.readLogs(range);
  const blocks = await readBlocks(reader, neededBlocks(range, logs, nearHeadFrom));
  const [last] = [...(await readBlocks(reader, [range.to])).values()];
  if (last?.hash !== anchor.hash) {
    throw new RpcError("malformed", `${reader.endpoint.name} is on another fork, or behind.`);
  }
  const account = { reader, logs, blocks: new Map([...blocks, [range.to, last]]) };
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

/** How many endpoints' receipts hold this event, and how many answered without it. */
async function countVotes(context: ScanContext, { log }: OurLog): Promise<{ has: number; lacks: number }> {
  const calls = [{ method: "eth_getTransactionReceipt", params: [log.transactionHash] }];
  const answers = await askEach(awake(context.readers.map(({ endpoint }) => endpoint)), calls, ([result]) => {
    const receipt = readReceipt(result);
    return receipt !== null && receiptHasLog(receipt, log);
  });
  const has = answers.filter(({ value }) => value).length;
  return { has, lacks: answers.length - has };
}

/**
 * Events that only one of two accounts has: one index lags, or one makes it up. Receipts decide, two of a kind;
 * nobody knows = ChainUnavailableError, so that nothing is lost and nothing invented.
 */
async function settle(context: ScanContext, [first, second]: readonly Account[]): Promise<OurLog[]> {
  if (!first) return [];
  if (!second) return [...first.logs];
  const inFirst = new Set(first.logs.map(keyOf));
  const inSecond = new Set(second.logs.map(keyOf));
  const union = [...first.logs, ...second.logs.filter((entry) => !inFirst.has(keyOf(entry)))];
  const settled: OurLog[] = [];
  for (const entry of union) {
    const key = keyOf(entry);
    if (inFirst.has(key) && inSecond.has(key)) {
      settled.push(entry);
      continue;
    }
    const { has, lacks } = await countVotes(context, entry);
    if (has >= 2 && has > lacks) settled.push(entry);
    else if (lacks < 2 || has >= lacks) {
      throw new ChainUnavailableError(
        `The RPC endpoints contradict each other about transaction ${entry.log.transactionHash}.`,
      );
    }
  }
  return settled.sort(inChainOrder);
}

/**
 * With a single account nobody else vouches for "nothing here": where a block's bloom filter says that there may
 * be one, the block's receipts are looked through. Throws ChainUnavailableError when they hold one that was left out.
 */
async function checkBlooms(context: ScanContext, account: Account): Promise<void> {
  const mayHold = createOurBloomCheck(context.contracts);
  const withLogs = new Set(account.logs.map(({ log }) => log.blockNumber));
  for (const block of account.blocks.values()) {
    if (withLogs.has(block.number) || mayHold(block.logsBloom) !== true) continue;
    const { endpoint } = account.reader;
    const calls = [{ method: "eth_getBlockReceipts", params: [toQuantity(block.number)] }];
    try {
      await ask(endpoint, calls, ([result]) => {
        const receipts = Array.isArray(result) ? result.flatMap((entry) => readReceipt(entry) ?? []) : [];
        const leftOut = receipts.some(({ logs }) => logs.some((log) => isOurLog(log, context.contracts)));
        if (leftOut)
          throw new RpcError("malformed", `${endpoint.name} left an event of ours out of block ${block.number}.`);
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
 * Payments, mandates' events and blocks of a range, all or nothing. Needs an endpoint that has the range's last block with the hash the
 * endpoints agree on; two endpoints' logs are compared where two answer. Throws ChainUnavailableError.
 */
export async function scanRange(context: ScanContext, range: BlockRange): Promise<ScanResult> {
  if (!Number.isSafeInteger(range.from) || !Number.isSafeInteger(range.to) || range.from < 0 || range.to < range.from) {
    throw new RangeError("A block range must be two ascending integers.");
  }
  const anchor = await context.agreement.block(range.to);
  if (!anchor) throw new ChainUnavailableError(`Block ${range.to} is above the head.`);
  const { checkout, subscriptions } = context.contracts;
  if (checkout.size + subscriptions.size === 0)
    return { blocks: [toBlockRef(anchor)], transfers: [], mandateEvents: [] };
  const accounts = await takeAccounts(context, range, anchor);
  const [account] = accounts;
  if (!account) throw new ChainUnavailableError(`Blocks ${range.from} to ${range.to} could not be read.`);
  if (accounts.length === 1) await checkBlooms(context, account);
  const logs = await settle(context, accounts);
  const blocks = new Map([...(accounts[1]?.blocks ?? []), ...account.blocks]);
  const used = new Set(logs.map(({ log }) => log.blockNumber));
  const headNumber = Math.max(context.agreement.lastHead()?.number ?? 0, anchor.number);
  const kept = [...blocks.values()].filter(
    ({ number }) => used.has(number) || number === range.to || number > headNumber - context.finalityDepth,
  );
  const transfers = await readReceivedFromAny(accounts, logs);
  const mandateEvents = logs.flatMap((entry) => ("mandateEvent" in entry ? entry.mandateEvent : []));
  return { blocks: kept.sort((a, b) => a.number - b.number).map(toBlockRef), transfers, mandateEvents };
}

async function readReceivedFromAny(accounts: readonly Account[], logs: readonly OurLog[]) {
  let reason = "";
  for (const { reader } of accounts) {
    try {
      return await reader.readReceived(logs);
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      reason = error.message;
    }
  }
  throw new ChainUnavailableError(`The receipts of payments could not be read. ${reason}`);
}
