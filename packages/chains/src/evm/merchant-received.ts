import type { Hex } from "../adapter.ts";
import { isOurLog, type OurContracts } from "./our-log.ts";
import { type Log, type PaymentLog, readLog, TRANSFER_TOPIC } from "./payment-log.ts";
import { readHash, readObject } from "./read-block.ts";
import { RpcError } from "./rpc-error.ts";

const NATIVE_TOKEN = `0x${"0".repeat(40)}`;
const AMOUNT = /^0x[0-9a-f]{64}$/;
/** No token can hold more; whoever stores payments relies on it, as anybody may pay with a token that says anything. */
const MAX_BASE = 2n ** 256n - 1n;

/** A transaction's logs, in order. */
export interface Receipt {
  readonly transactionHash: Hex;
  readonly blockHash: Hex;
  readonly succeeded: boolean;
  readonly logs: readonly Log[];
}

/** A receipt as JSON-RPC gives it; null when the endpoint has none. Throws RpcError `malformed`. */
export function readReceipt(value: unknown): Receipt | null {
  if (value === null) return null;
  const raw = readObject(value);
  if (!Array.isArray(raw.logs)) throw new RpcError("malformed", "An endpoint answered with a bad receipt.");
  return {
    transactionHash: readHash(raw.transactionHash),
    blockHash: readHash(raw.blockHash),
    succeeded: raw.status === "0x1",
    logs: raw.logs.map(readLog),
  };
}

/** A payment in the native coin: what the contract sent needs no receipt, it would have reverted. */
export function isNative(payment: PaymentLog["payment"]): boolean {
  return payment.token === NATIVE_TOKEN;
}

/** True when the receipt has this very log, in this very block. */
export function receiptHasLog(
  receipt: Receipt,
  log: Pick<Log, "blockHash" | "logIndex" | "address" | "data">,
): boolean {
  if (!receipt.succeeded || receipt.blockHash !== log.blockHash) return false;
  return receipt.logs.some(
    (entry) => entry.logIndex === log.logIndex && entry.address === log.address && entry.data === log.data,
  );
}

/**
 * What a token payment brought its merchant, from logs of its transaction. The contract writes its event before it
 * moves the token, so the token's Transfer logs up to the next event of ours are this payment's, of which those count
 * that come from the payer or through the contract (EIP-3009). At most what a uint256 holds, whatever the token claims.
 */
export function sumReceived({ log, payment }: PaymentLog, logs: readonly Log[], contracts: OurContracts): bigint {
  const sources = new Set([payment.payer.toLowerCase(), log.address]);
  const merchant = payment.merchant.toLowerCase();
  const token = payment.token.toLowerCase();
  let receivedBase = 0n;
  const later = logs.filter((entry) => entry.logIndex > log.logIndex);
  for (const entry of later.sort((a, b) => a.logIndex - b.logIndex)) {
    if (isOurLog(entry, contracts)) break;
    const [topic, from = "", to = ""] = entry.topics;
    if (entry.address !== token || topic !== TRANSFER_TOPIC || entry.topics.length !== 3) continue;
    if (`0x${to.slice(-40)}` !== merchant || !sources.has(`0x${from.slice(-40)}`)) continue;
    if (AMOUNT.test(entry.data)) receivedBase += BigInt(entry.data);
  }
  return receivedBase < MAX_BASE ? receivedBase : MAX_BASE;
}

/** `sumReceived` from a receipt. Throws RpcError `malformed` when the receipt does not hold the payment. */
export function receivedByReceipt(payment: PaymentLog, receipt: Receipt, contracts: OurContracts): bigint {
  if (!receiptHasLog(receipt, payment.log)) {
    throw new RpcError("malformed", "A receipt does not hold its own payment.");
  }
  return sumReceived(payment, receipt.logs, contracts);
}

/** What the merchant must have got, unless the token gives less than it claims. */
export function expectedBase({ payment }: PaymentLog): bigint {
  return payment.amountBase - payment.feeBase - payment.organizationFeeBase;
}
