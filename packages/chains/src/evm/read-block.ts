import type { BlockRef, Hex } from "../adapter.ts";
import type { RpcCall } from "./endpoint.ts";
import { RpcError } from "./rpc-error.ts";

const HASH = /^0x[0-9a-f]{64}$/;
const QUANTITY = /^0x[0-9a-f]{1,13}$/;

/** A block's reference and its bloom filter of logs. */
export interface Block extends BlockRef {
  readonly logsBloom: string;
}

/** A number as JSON-RPC writes it. */
export function toQuantity(value: number): string {
  return `0x${value.toString(16)}`;
}

/** A JSON-RPC quantity that fits a safe integer. Throws RpcError `malformed`. */
export function readQuantity(value: unknown): number {
  const text = typeof value === "string" ? value.toLowerCase() : "";
  if (!QUANTITY.test(text)) throw new RpcError("malformed", "An endpoint answered with a bad number.");
  return Number.parseInt(text, 16);
}

/** 32 bytes. Throws RpcError `malformed`. */
export function readHash(value: unknown): Hex {
  const text = typeof value === "string" ? value.toLowerCase() : "";
  if (!HASH.test(text)) throw new RpcError("malformed", "An endpoint answered with a bad hash.");
  return text as Hex;
}

/** The call for a block without its transactions. */
export function blockCall(at: number | "latest"): RpcCall {
  return { method: "eth_getBlockByNumber", params: [at === "latest" ? at : toQuantity(at), false] };
}

/** An object of JSON from outside. Throws RpcError `malformed`. */
export function readObject(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null)
    throw new RpcError("malformed", "An endpoint answered in another format.");
  return value as Record<string, unknown>;
}

/** The answer to `blockCall`; null when the endpoint does not have that block. Throws RpcError `malformed`. */
export function readBlock(value: unknown, expectedNumber: number | null): Block | null {
  if (value === null) return null;
  const raw = readObject(value);
  const number = readQuantity(raw.number);
  if (expectedNumber !== null && number !== expectedNumber) {
    throw new RpcError("malformed", "An endpoint answered with another block.");
  }
  return {
    number,
    hash: readHash(raw.hash),
    parentHash: readHash(raw.parentHash),
    timestamp: readQuantity(raw.timestamp),
    logsBloom: typeof raw.logsBloom === "string" ? raw.logsBloom : "",
  };
}
