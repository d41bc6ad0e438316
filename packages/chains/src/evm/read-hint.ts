import { getAddress, toFunctionSelector } from "viem/utils";
import { ChainUnavailableError, type Hex, type TransactionHint } from "../adapter.ts";
import { ask, awake, whyNone } from "./ask-endpoints.ts";
import type { Endpoint } from "./endpoint.ts";
import { checkoutAbi } from "./generated/checkout.ts";
import { type Receipt, readReceipt } from "./merchant-received.ts";
import { decodePayment, isPaymentLog } from "./payment-log.ts";
import { readObject } from "./read-block.ts";
import { RpcError } from "./rpc-error.ts";
import { hashTermsWords, TERMS_WORDS, uuidFromWord } from "./terms.ts";

const HASH = /^0x[0-9a-f]{64}$/;
const SELECTOR_END = 10;

const PAY_SELECTORS: ReadonlySet<string> = new Set(
  checkoutAbi.flatMap((entry) =>
    entry.type === "function" && entry.name.startsWith("pay") ? toFunctionSelector(entry) : [],
  ),
);

type Named = { readonly uuid: string | null; readonly termsHash: Hex | null };

/** Which payment a call of our contract asks for: the terms are always the first argument. */
function fromCalldata(to: unknown, input: unknown, contracts: ReadonlySet<string>): Named {
  const nothing = { uuid: null, termsHash: null };
  if (typeof to !== "string" || typeof input !== "string" || !contracts.has(to.toLowerCase())) return nothing;
  const data = input.toLowerCase();
  const words = data.slice(SELECTOR_END, SELECTOR_END + TERMS_WORDS * 64);
  if (!PAY_SELECTORS.has(data.slice(0, SELECTOR_END)) || !/^[0-9a-f]{576}$/.test(words)) return nothing;
  return { uuid: uuidFromWord(words), termsHash: hashTermsWords(words) };
}

function fromReceipt(receipt: Receipt, contracts: ReadonlySet<string>): Named | null {
  const log = receipt.logs.find((entry) => isPaymentLog(entry, contracts));
  return log ? decodePayment(log).payment : null;
}

function toHint(results: readonly unknown[], contracts: ReadonlySet<string>): TransactionHint | null {
  const [transaction, receiptResult] = results;
  if (transaction === null) return null;
  const { from, to, input } = readObject(transaction);
  if (typeof from !== "string" || !/^0x[0-9a-fA-F]{40}$/.test(from)) {
    throw new RpcError("malformed", "An endpoint answered with a bad transaction.");
  }
  const receipt = readReceipt(receiptResult);
  const state = receipt === null ? "pending" : receipt.succeeded ? "mined" : "reverted";
  const { uuid, termsHash } = (receipt && fromReceipt(receipt, contracts)) ?? fromCalldata(to, input, contracts);
  return { state, uuid, termsHash, from: getAddress(from.toLowerCase()) };
}

/** What the endpoints know of a transaction; the first that knows it answers. `contracts` are lower case. */
export async function readHint(
  endpoints: readonly Endpoint[],
  contracts: ReadonlySet<string>,
  hash: Hex,
): Promise<TransactionHint> {
  const id = hash.toLowerCase();
  if (!HASH.test(id)) return { state: "unknown" };
  const calls = ["eth_getTransactionByHash", "eth_getTransactionReceipt"].map((method) => ({ method, params: [id] }));
  let answered = false;
  for (const endpoint of awake(endpoints)) {
    try {
      const hint = await ask(endpoint, calls, (results) => toHint(results, contracts));
      if (hint) return hint;
      answered = true;
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
    }
  }
  if (!answered) throw new ChainUnavailableError(whyNone(endpoints));
  return { state: "unknown" };
}
