import { type Abi, decodeErrorResult, type Hex } from "viem";
import { checkoutAbi } from "./generated/checkout.ts";
import { subscriptionsAbi } from "./generated/subscriptions.ts";
import { safeWords } from "./safe-words.ts";

const ERRORS: Abi = [...checkoutAbi, ...subscriptionsAbi].filter((entry) => entry.type === "error");

/** Why a call reverts: the contract's own words, the name of its error, or the first bytes of what it answered. */
export function revertReason(data: Hex | null, message: string): string {
  if (data === null || data === "0x") return safeWords(message);
  try {
    const { errorName, args } = decodeErrorResult({ abi: ERRORS, data });
    const [words] = (args ?? []) as readonly unknown[];
    return safeWords(errorName === "Error" ? String(words) : errorName);
  } catch {
    return `error ${data.slice(0, 10)}`;
  }
}
