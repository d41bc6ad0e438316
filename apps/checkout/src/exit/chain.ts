/** What the exit page does on the chain, through any EIP-1193 provider, with no server of ours. */
import { decodeFunctionResult, encodeFunctionData, type Hex, hashStruct, parseAbi } from "viem";
import { tokenAbi } from "../chain/abi.ts";
import { chainIdNumber, type Eip1193Provider } from "../wallet/provider.ts";
import { type ExitTerms, parseTerms } from "./terms.ts";
import { exitWords as words } from "./words.ts";

/** The part of the contract that ends things; a test runs it against the contract itself. */
const subscriptionsAbi = parseAbi([
  "struct MandateHead { bytes16 uuid; address subscriber; uint256 maxPerPeriod; uint256 priceMicroUsd; uint64 firstChargeAt; uint64 endsAt; uint256 nonce; }",
  "struct MandateState { uint8 status; uint256 nextPeriod; uint256 nextPeriodAt; uint256 maximum; uint256 signatureNonce; uint256 lastPeriod; }",
  "function cancel(MandateHead head, bytes32 planHash)",
  "function mandateState(bytes32 mandateHash) view returns (MandateState)",
]);

const planType = [
  { name: "merchant", type: "address" },
  { name: "token", type: "address" },
  { name: "kind", type: "uint8" },
  { name: "periodUnit", type: "uint8" },
  { name: "periodLength", type: "uint32" },
  { name: "feeRecipient", type: "address" },
  { name: "maxFeeBps", type: "uint16" },
  { name: "organization", type: "address" },
  { name: "organizationFeeBps", type: "uint16" },
  { name: "registry", type: "address" },
  { name: "maxExecutionFee", type: "uint256" },
];
const mandateType = [
  { name: "uuid", type: "bytes16" },
  { name: "subscriber", type: "address" },
  { name: "maxPerPeriod", type: "uint256" },
  { name: "priceMicroUsd", type: "uint256" },
  { name: "firstChargeAt", type: "uint64" },
  { name: "endsAt", type: "uint64" },
  { name: "nonce", type: "uint256" },
  { name: "plan", type: "Plan" },
];
const types = { Mandate: mandateType, Plan: planType };

export interface ExitCall {
  readonly to: Hex;
  readonly data: Hex;
}

/** The subscriber's own cancel. Pure. */
export function cancelCall({ contract, mandate }: ExitTerms): ExitCall {
  const number = (name: string) => BigInt(mandate[name] as string);
  const head = {
    uuid: mandate.uuid as Hex,
    subscriber: mandate.subscriber as Hex,
    maxPerPeriod: number("maxPerPeriod"),
    priceMicroUsd: number("priceMicroUsd"),
    firstChargeAt: number("firstChargeAt"),
    endsAt: number("endsAt"),
    nonce: number("nonce"),
  };
  const planHash = hashStruct({ data: mandate.plan, primaryType: "Plan", types });
  const data = encodeFunctionData({ abi: subscriptionsAbi, functionName: "cancel", args: [head, planHash] });
  return { to: contract as Hex, data };
}

/** An approval of nothing. Pure. */
export function revokeCall({ contract, mandate }: ExitTerms): ExitCall {
  const data = encodeFunctionData({ abi: tokenAbi, functionName: "approve", args: [contract as Hex, 0n] });
  return { to: mandate.plan.token as Hex, data };
}

/** Terms of which both calls can be made; undefined for any others, such as ones that lack a number. */
export function readTerms(text: string): ExitTerms | undefined {
  const terms = parseTerms(text);
  try {
    if (terms) cancelCall(terms);
    return terms;
  } catch {
    return undefined;
  }
}

export interface ExitState {
  /** The contract's MandateStatus. */
  readonly status: number;
  readonly allowanceBase: bigint;
  /** As the token itself says; undefined where it does not. */
  readonly decimals: number | undefined;
}

const decimalsAbi = parseAbi(["function decimals() view returns (uint8)"]);
const decimalsData = encodeFunctionData({ abi: decimalsAbi });

export async function readState(provider: Eip1193Provider, terms: ExitTerms): Promise<ExitState> {
  const { contract, mandate } = terms;
  const mandateHash = hashStruct({ data: mandate, primaryType: "Mandate", types });
  const ask = (to: string, data: Hex) => provider.request({ method: "eth_call", params: [{ to, data }, "latest"] });
  const stateData = encodeFunctionData({ abi: subscriptionsAbi, functionName: "mandateState", args: [mandateHash] });
  const args = [mandate.subscriber as Hex, contract as Hex] as const;
  const allowanceData = encodeFunctionData({ abi: tokenAbi, functionName: "allowance", args });
  const token = mandate.plan.token as string;
  const [state, allowance, decimals] = (await Promise.all([
    ask(contract, stateData),
    ask(token, allowanceData),
    ask(token, decimalsData).catch(() => "0x"),
  ])) as Hex[];
  const read = decodeFunctionResult({ abi: subscriptionsAbi, functionName: "mandateState", data: state ?? "0x" });
  const allowanceBase = decodeFunctionResult({ abi: tokenAbi, functionName: "allowance", data: allowance ?? "0x" });
  return {
    status: read.status,
    allowanceBase,
    decimals: /^0x0{62}[0-9a-f]{2}$/.test(decimals ?? "") ? Number(decimals) : undefined,
  };
}

export type Mismatch = "wrongChain" | "wrongAccount";

/** Whether the wallet is on the mandate's chain with the account that signed it. */
export async function mismatch(provider: Eip1193Provider, terms: ExitTerms): Promise<Mismatch | undefined> {
  const chainId = chainIdNumber(await provider.request({ method: "eth_chainId" }));
  if (chainId !== terms.chainId) return "wrongChain";
  const accounts = (await provider.request({ method: "eth_accounts" })) as string[];
  const subscriber = String(terms.mandate.subscriber).toLowerCase();
  return accounts.some((account) => account.toLowerCase() === subscriber) ? undefined : "wrongAccount";
}

/**
 * Sends and waits until it is in a block. Throws when the wallet went to another chain or account meanwhile, where the call
 * would do nothing, when it refuses, or when the transaction failed.
 */
export async function run(
  provider: Eip1193Provider,
  { terms, call, onSent }: { terms: ExitTerms; call: ExitCall; onSent: () => void },
): Promise<void> {
  const wrong = await mismatch(provider, terms);
  if (wrong) throw new Error(words[wrong]);
  const parameters = { from: terms.mandate.subscriber, ...call, value: "0x0" };
  const hash = await provider.request({ method: "eth_sendTransaction", params: [parameters] });
  onSent();
  for (;;) {
    const receipt = await provider.request({ method: "eth_getTransactionReceipt", params: [hash] });
    const status = (receipt as { status?: string } | null)?.status;
    if (status !== undefined) {
      if (BigInt(status) === 1n) return;
      throw new Error("The transaction failed on the chain.");
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

/** A chain on this machine whose node holds the test wallets' keys. */
export function rpcProvider(url: string): Eip1193Provider {
  let id = 0;
  return {
    async request({ method, params = [] }) {
      id += 1;
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ jsonrpc: "2.0", id, method, params }),
      });
      const answer = (await response.json()) as { result?: unknown; error?: { message?: string } };
      if (answer.error) throw new Error(answer.error.message ?? "The chain refused.");
      return answer.result;
    },
  };
}
