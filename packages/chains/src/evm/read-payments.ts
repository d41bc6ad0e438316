import type { BlockRange, Transfer } from "../adapter.ts";
import { ask } from "./ask-endpoints.ts";
import type { Endpoint } from "./endpoint.ts";
import { decodePayment, isPaymentLog, PAYMENT_TOPIC, type PaymentLog, readLog } from "./payment-log.ts";
import { toQuantity } from "./read-block.ts";
import { createReceivedReader } from "./read-received.ts";
import { RpcError } from "./rpc-error.ts";

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

/** `contracts` are lower-case addresses. */
export function createPaymentReader(endpoint: Endpoint, contracts: ReadonlySet<string>): PaymentReader {
  let maxBlocks = INITIAL_MAX_BLOCKS;
  let answers = 0;

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

  return { endpoint, readLogs, readReceived: createReceivedReader(endpoint, contracts) };
}
