import { encodeFunctionData, keccak256, parseAbi } from "viem";
import { type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";
import { ChainUnavailableError, type Hex, type Network } from "../adapter.ts";
import type { Call } from "../mandate.ts";
import type { ChainSender, MarketGasPrice, Receipt, Simulation } from "../sender.ts";
import { askEach, awake, whyNone } from "./ask-endpoints.ts";
import type { Endpoint, RpcCall } from "./endpoint.ts";
import { revertReason } from "./revert-reason.ts";
import { RpcError } from "./rpc-error.ts";
import { type BroadcastAnswer, heaviestAnswer, readRefusal } from "./send-answer.ts";

/** Base fees rise by an eighth per full block: twice the present one lasts for six full blocks. */
const BASE_FEE_ROOM = 2n;
/** An estimate is for the present state; a balance or a slot that is new by then costs more. */
const GAS_MARGIN_PERCENT = 125n;
const FALLBACK_TIP_BASE = 1_000_000_000n;

/** Where every OP-stack rollup has it, since its upgrade Fjord with an upper bound by size. */
const GAS_PRICE_ORACLE = "0x420000000000000000000000000000000000000F";
const oracleAbi = parseAbi(["function getL1FeeUpperBound(uint256 unsignedTxSize) view returns (uint256)"]);
/** A gasless payment has about 700 bytes, a charge by itself about 970, its signature left out. */
const TRANSACTION_BYTES = 1_000n;

export interface SenderOptions {
  readonly network: Network;
  readonly endpoints: readonly Endpoint[];
  readonly key: Hex;
}

/** The key's account. Its own error would quote the key. */
function accountOf({ key, network }: SenderOptions): PrivateKeyAccount {
  try {
    return privateKeyToAccount(key);
  } catch {
    throw new RangeError(`The key to send with on ${network.name} is not a usable private key.`);
  }
}

function quantity(value: unknown): bigint {
  if (typeof value === "string" && /^0x[0-9a-fA-F]{1,64}$/.test(value)) return BigInt(value);
  throw new RpcError("malformed", "A quantity is missing.");
}

const rpcQuantity = (value: bigint): Hex => `0x${value.toString(16)}`;

/** All that answer; ChainUnavailableError when none does. */
async function askAll<T>(
  endpoints: readonly Endpoint[],
  calls: readonly RpcCall[],
  read: (results: readonly unknown[]) => T,
): Promise<T[]> {
  const answers = await askEach(awake(endpoints), calls, read);
  if (answers.length === 0) throw new ChainUnavailableError(whyNone(endpoints));
  return answers.map(({ value }) => value);
}

const ascending = (values: readonly bigint[]) => values.toSorted((a, b) => (a < b ? -1 : 1));
const largest = (values: readonly bigint[]) => ascending(values).at(-1) ?? 0n;
const smallest = (values: readonly bigint[]) => ascending(values)[0] ?? 0n;

/** Says something of the call, not of the endpoint; the last ones are of a call that uses up whatever gas it gets. */
const REVERTS =
  /revert|insufficient (funds|balance)|out of gas|invalid opcode|gas required exceeds|exceed(s|ed) (the )?(transaction|block|allowance|gas)/i;

/** The endpoint's judgement; null when it has none. */
async function estimate(endpoint: Endpoint, request: object): Promise<Simulation | null> {
  try {
    const gas = quantity(await endpoint.call("eth_estimateGas", [request]));
    return { ok: true, gas: (gas * GAS_MARGIN_PERCENT) / 100n };
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    const reverts = error.data !== null || REVERTS.test(error.message);
    if (error.failure !== "refused" || !reverts) return null;
    return { ok: false, reason: revertReason(error.data, error.message) };
  }
}

/** It would revert only if everybody who answers says so: one that lags must not refuse a good call. */
async function simulate(endpoints: readonly Endpoint[], from: string, call: Call): Promise<Simulation> {
  const request = { from, to: call.to, data: call.data, value: rpcQuantity(call.valueBase ?? 0n) };
  let refused: Simulation | null = null;
  for (const endpoint of awake(endpoints)) {
    const answer = await estimate(endpoint, request);
    if (answer?.ok) return answer;
    refused ??= answer;
  }
  if (refused === null) throw new ChainUnavailableError(whyNone(endpoints));
  return refused;
}

function readPrice([block, price]: readonly unknown[]): { baseFee: bigint; price: bigint } {
  const base = (block as { baseFeePerGas?: unknown } | null)?.baseFeePerGas;
  return { baseFee: base === undefined || base === null ? 0n : quantity(base), price: quantity(price) };
}

/** Of several that answer the upper median: neither one that lags nor one that invents a price decides alone. */
async function gasPrice(endpoints: readonly Endpoint[]): Promise<MarketGasPrice> {
  const prices = await askAll(
    endpoints,
    [
      { method: "eth_getBlockByNumber", params: ["latest", false] },
      { method: "eth_gasPrice", params: [] },
    ],
    readPrice,
  );
  prices.sort((a, b) => (a.baseFee < b.baseFee ? -1 : 1));
  const { baseFee, price } = prices[Math.floor(prices.length / 2)] ?? { baseFee: 0n, price: FALLBACK_TIP_BASE };
  // eth_gasPrice is base fee plus tip; where it is not above the base fee, a tip of nothing would wait for ever.
  const tip = price > baseFee ? price - baseFee : smallest([FALLBACK_TIP_BASE, largest([baseFee / 10n, 1n])]);
  return { maxFeeBase: baseFee * BASE_FEE_ROOM + tip, priorityFeeBase: tip, nowBase: baseFee + tip };
}

/** The dearest of all answers: whoever sends pays it. */
async function dataFee(endpoints: readonly Endpoint[]): Promise<bigint> {
  const data = encodeFunctionData({ abi: oracleAbi, functionName: "getL1FeeUpperBound", args: [TRANSACTION_BYTES] });
  const calls = [{ method: "eth_call", params: [{ to: GAS_PRICE_ORACLE, data }, "latest"] }];
  // "0x" is the true answer where there is no oracle: it says nothing against the endpoint, which charges are asked of, too.
  const fees = await askAll(endpoints, calls, ([answer]) => (answer === "0x" ? null : quantity(answer)));
  const told = fees.filter((fee) => fee !== null);
  if (told.length === 0) throw new ChainUnavailableError(`There is no oracle of data fees at ${GAS_PRICE_ORACLE}.`);
  return largest(told);
}

async function broadcastTo(endpoint: Endpoint, raw: Hex): Promise<BroadcastAnswer[]> {
  try {
    await endpoint.call("eth_sendRawTransaction", [raw]);
    return ["sent"];
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    const answer = error.code === null ? null : readRefusal(error.message);
    return answer === null ? [] : [answer];
  }
}

async function broadcast(endpoints: readonly Endpoint[], raw: Hex): Promise<BroadcastAnswer> {
  const answers = await Promise.all(awake(endpoints).map((endpoint) => broadcastTo(endpoint, raw)));
  const answer = heaviestAnswer(answers.flat());
  if (answer === null) throw new ChainUnavailableError(whyNone(endpoints));
  return answer;
}

function readSentReceipt(result: unknown): Receipt | null {
  if (result === null) return null;
  const { status, blockNumber, blockHash, gasUsed, effectiveGasPrice, l1Fee } = result as Record<string, unknown>;
  const used = quantity(gasUsed);
  const dataFee = l1Fee === undefined || l1Fee === null ? 0n : quantity(l1Fee);
  return {
    succeeded: quantity(status) === 1n,
    blockNumber: Number(quantity(blockNumber)),
    blockHash: String(blockHash).toLowerCase() as Hex,
    gasUsed: used,
    feeBase: used * quantity(effectiveGasPrice) + dataFee,
  };
}

/** One key on one EVM chain: EIP-1559 transactions, signed here, sent to every endpoint. Throws RangeError for a bad key. */
export function createEvmSender(options: SenderOptions): ChainSender {
  const { network, endpoints } = options;
  const account = accountOf(options);
  const { address } = account;
  return {
    address,
    async minedNonce() {
      const calls = [{ method: "eth_getTransactionCount", params: [address, "latest"] }];
      return Number(largest(await askAll(endpoints, calls, ([count]) => quantity(count))));
    },
    simulate: (call) => simulate(endpoints, address, call),
    gasPrice: () => gasPrice(endpoints),
    dataFeeBase: async () => (network.l1DataFee === undefined ? 0n : dataFee(endpoints)),
    async sign({ call, nonce, gas, price }) {
      const raw = await account.signTransaction({
        type: "eip1559",
        chainId: network.chainId,
        nonce,
        gas,
        maxFeePerGas: price.maxFeeBase,
        maxPriorityFeePerGas: price.priorityFeeBase,
        to: call.to as Hex,
        data: call.data,
        value: call.valueBase ?? 0n,
      });
      return { hash: keccak256(raw), raw, nonce };
    },
    broadcast: (raw) => broadcast(endpoints, raw),
    async receipt(hash) {
      const calls = [{ method: "eth_getTransactionReceipt", params: [hash] }];
      const found = await askAll(endpoints, calls, ([result]) => readSentReceipt(result));
      return found.find((receipt) => receipt !== null) ?? null;
    },
    async balanceBase() {
      const calls = [{ method: "eth_getBalance", params: [address, "latest"] }];
      return smallest(await askAll(endpoints, calls, ([balance]) => quantity(balance)));
    },
  };
}
