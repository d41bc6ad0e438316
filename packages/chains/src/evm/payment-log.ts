import { keccak256, toHex } from "viem/utils";
import type { Hex, Transfer } from "../adapter.ts";
import { readHash, readObject, readQuantity } from "./read-block.ts";
import { RpcError } from "./rpc-error.ts";
import { addressFromWord, uuidFromWord } from "./terms.ts";

export const PAYMENT_TOPIC = keccak256(
  toHex("Payment(bytes16,address,address,bytes32,address,uint256,uint256,uint256)"),
);
export const TRANSFER_TOPIC = keccak256(toHex("Transfer(address,address,uint256)"));
const DATA_WORDS = 5;
const DATA = new RegExp(`^0x[0-9a-f]{${DATA_WORDS * 64}}$`);
const ADDRESS = /^0x[0-9a-f]{40}$/;

/** A log with where it is; everything lower case. */
export interface Log {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
  readonly blockNumber: number;
  readonly blockHash: Hex;
  readonly transactionHash: Hex;
  readonly logIndex: number;
}

/** A payment log with what it says; what the merchant got is found out from the receipt. */
export interface PaymentLog {
  readonly log: Log;
  readonly payment: Omit<Transfer, "merchantReceivedBase">;
}

function lowerText(value: unknown): string {
  return typeof value === "string" ? value.toLowerCase() : "";
}

/** A log as JSON-RPC gives it. Throws RpcError `malformed`, also for a log that a reorganisation removed. */
export function readLog(value: unknown): Log {
  const raw = readObject(value);
  const address = lowerText(raw.address);
  if (!ADDRESS.test(address) || !Array.isArray(raw.topics) || raw.removed === true) {
    throw new RpcError("malformed", "An endpoint answered with a bad log.");
  }
  return {
    address,
    topics: raw.topics.map(lowerText),
    data: lowerText(raw.data),
    blockNumber: readQuantity(raw.blockNumber),
    blockHash: readHash(raw.blockHash),
    transactionHash: readHash(raw.transactionHash),
    logIndex: readQuantity(raw.logIndex),
  };
}

/** True for a payment event of one of these contracts (lower case). */
export function isPaymentLog(log: Log, contracts: ReadonlySet<string>): boolean {
  return contracts.has(log.address) && log.topics[0] === PAYMENT_TOPIC;
}

function wordOf(log: Log, index: number): string {
  return log.data.slice(2 + index * 64, 66 + index * 64);
}

function amountOf(log: Log, index: number): bigint {
  return BigInt(`0x${wordOf(log, index)}`);
}

/** What a payment event says. Throws RpcError `malformed` for one that our contract cannot have written. */
export function decodePayment(log: Log): PaymentLog {
  const [, uuid, payer, merchant] = log.topics.map((topic) => topic.slice(2));
  if (log.topics.length !== 4 || !uuid || !payer || !merchant || !DATA.test(log.data)) {
    throw new RpcError("malformed", "An endpoint answered with a bad payment log.");
  }
  const { blockNumber, blockHash, transactionHash, logIndex } = log;
  return {
    log,
    payment: {
      blockNumber,
      blockHash,
      transactionHash,
      logIndex,
      contract: addressFromWord(log.address),
      uuid: uuidFromWord(uuid),
      termsHash: `0x${wordOf(log, 0)}`,
      payer: addressFromWord(payer),
      merchant: addressFromWord(merchant),
      token: addressFromWord(wordOf(log, 1)),
      amountBase: amountOf(log, 2),
      feeBase: amountOf(log, 3),
      organizationFeeBase: amountOf(log, 4),
    },
  };
}
