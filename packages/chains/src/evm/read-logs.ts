import type { BlockRange, Transfer } from "../adapter.ts";
import { ask } from "./ask-endpoints.ts";
import type { Endpoint } from "./endpoint.ts";
import { readReceipt } from "./merchant-received.ts";
import { decodeOurLog, inChainOrder, isOurLog, type OurContracts, type OurLog, ourLogFilter } from "./our-log.ts";
import { readLog } from "./payment-log.ts";
import { toQuantity } from "./read-block.ts";
import { createReceivedReader } from "./read-received.ts";
import { RpcError } from "./rpc-error.ts";

const INITIAL_MAX_BLOCKS = 10_000;
/** After so many answers in a row a larger range is tried again: a refusal may have been for its many logs. */
const ANSWERS_TO_GROW = 32;

/** Reads our contracts' events from one endpoint and remembers what that endpoint can do. */
export interface LogReader {
  readonly endpoint: Endpoint;
  /**
   * Events in the range, in chain order. Splits what the endpoint refuses down to a block, and reads the receipts of a
   * block that is still too much. Throws RpcError.
   */
  readLogs(range: BlockRange): Promise<OurLog[]>;
  /** The payments among them, with what the merchants received. Throws RpcError when a receipt is missing or contradicts its log. */
  readReceived(logs: readonly OurLog[]): Promise<Transfer[]>;
}

function parseLogs(result: unknown, range: BlockRange, contracts: OurContracts): OurLog[] {
  if (!Array.isArray(result)) throw new RpcError("malformed", "An endpoint answered without logs.");
  return result.map((entry) => {
    const log = readLog(entry);
    const inside = log.blockNumber >= range.from && log.blockNumber <= range.to;
    if (!inside) throw new RpcError("malformed", "An endpoint answered with logs that were not asked for.");
    return decodeOurLog(log, contracts);
  });
}

export function createLogReader(endpoint: Endpoint, contracts: OurContracts): LogReader {
  let maxBlocks = INITIAL_MAX_BLOCKS;
  let answers = 0;

  async function readOnce(range: BlockRange): Promise<OurLog[]> {
    const filter = {
      ...ourLogFilter(contracts),
      fromBlock: toQuantity(range.from),
      toBlock: toQuantity(range.to),
    };
    return ask(endpoint, [{ method: "eth_getLogs", params: [filter] }], ([result]) =>
      parseLogs(result, range, contracts),
    );
  }

  /**
   * Providers give so many logs and no more, and anybody can have more than that written into one block for a few cents:
   * its receipts are not counted.
   */
  async function readReceipts(number: number): Promise<OurLog[]> {
    const calls = [{ method: "eth_getBlockReceipts", params: [toQuantity(number)] }];
    return ask(endpoint, calls, ([result]) => {
      if (!Array.isArray(result)) throw new RpcError("malformed", "An endpoint answered without receipts.");
      const logs = result.flatMap((entry) => readReceipt(entry)?.logs ?? []);
      return logs.filter((log) => isOurLog(log, contracts)).map((log) => decodeOurLog(log, contracts));
    });
  }

  async function readLogs(range: BlockRange): Promise<OurLog[]> {
    const logs: OurLog[] = [];
    for (let from = range.from; from <= range.to; ) {
      const to = Math.min(range.to, from + maxBlocks - 1);
      try {
        logs.push(...(await readOnce({ from, to })));
        from = to + 1;
        answers += 1;
        if (answers % ANSWERS_TO_GROW === 0) maxBlocks = Math.min(maxBlocks * 2, INITIAL_MAX_BLOCKS);
      } catch (error) {
        // Providers refuse ranges with all kinds of errors; whatever is refused is tried smaller, down to one block.
        const splits = error instanceof RpcError && ["too_much", "refused", "timeout"].includes(error.failure);
        if (!splits) throw error;
        if (to === from) {
          if (error.failure !== "too_much") throw error;
          logs.push(...(await readReceipts(from)));
          from = to + 1;
          continue;
        }
        answers = 0;
        maxBlocks = Math.max(1, Math.floor((to - from + 1) / 2));
        if (error.failure === "timeout") throw error;
      }
    }
    return logs.sort(inChainOrder);
  }

  return { endpoint, readLogs, readReceived: createReceivedReader(endpoint, contracts) };
}
