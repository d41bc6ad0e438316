import type { CheckoutNetwork, CheckoutQuote } from "@qbitflow/api";
import { type Hex, zeroAddress } from "viem";
import { planPayment, type StepKind } from "../flow/plan.ts";
import { formatBase } from "../format.ts";
import { ProblemError } from "../problem.ts";
import { type Eip1193Provider, toHex } from "../wallet/provider.ts";
import { approveCall } from "./calls.ts";
import { type PermitBase, readPermitBase } from "./permit.ts";
import { wouldRevert } from "./simulate.ts";
import { readToken } from "./token.ts";

/** Who pays what, and through which wallet. */
export interface Payer {
  readonly provider: Eip1193Provider;
  readonly address: Hex;
  readonly quote: CheckoutQuote;
  readonly network: CheckoutNetwork;
}

export function isNative(quote: CheckoutQuote): boolean {
  return quote.terms.token.toLowerCase() === zeroAddress;
}

/** Balance of the quote's currency in base units. */
export async function readBalanceBase({ provider, address, quote }: Payer): Promise<bigint> {
  return isNative(quote)
    ? nativeBalanceBase(provider, address)
    : readToken(provider, quote, { functionName: "balanceOf", args: [address] });
}

export function readAllowanceBase({ provider, address, quote }: Payer): Promise<bigint> {
  return readToken(provider, quote, { functionName: "allowance", args: [address, quote.contract as Hex] });
}

export interface Plan {
  readonly steps: readonly StepKind[];
  /** What a permit among the steps is signed for. */
  readonly permitBase: PermitBase | null;
}

/** The steps for this account, after checking that it holds enough. Throws ProblemError `tooLittle` or `tooLittleGas`. */
export async function planFor(payer: Payer, options: { permits: boolean }): Promise<Plan> {
  const { quote } = payer;
  const amountBase = BigInt(quote.terms.amount);
  const balanceBase = await readBalanceBase(payer);
  if (balanceBase < amountBase) {
    throw new ProblemError({ code: "tooLittle", facts: shortfall(amountBase, balanceBase, quote) });
  }
  const native = isNative(quote);
  const allowanceBase = native ? 0n : await readAllowanceBase(payer);
  const allowed = native || allowanceBase >= amountBase;
  const canBatch = !allowed && (await canBatchCalls(payer));
  const mayPermit = options.permits && !allowed && !canBatch && (await signsForItself(payer));
  const permitBase = mayPermit ? await readPermitBase(payer) : null;
  const steps = planPayment({
    native,
    amountBase,
    allowanceBase,
    permit: quote.permit.kind,
    canSignPermit: permitBase !== null,
    canBatch,
    needsReset: !allowed && allowanceBase > 0n && (await wouldRevert(payer, approveCall(quote, amountBase))),
  });
  // A wallet that batches may also have somebody else pay the network's fee; it says so itself.
  if (!canBatch) await checkGas(payer, steps);
  return { steps, permitBase };
}

// Less gas than these steps ever take, so that nobody who could pay is turned away.
const leastGas: Record<StepKind, bigint> = {
  reset: 25_000n,
  approve: 40_000n,
  permit: 25_000n,
  daiPermit: 25_000n,
  batch: 0n,
  pay: 45_000n,
};

async function checkGas(payer: Payer, steps: readonly StepKind[]): Promise<void> {
  const { provider, address, quote, network } = payer;
  const gas = steps.reduce((sum, step) => sum + leastGas[step], 0n);
  const price = BigInt((await provider.request({ method: "eth_gasPrice" })) as string);
  const spentBase = isNative(quote) ? BigInt(quote.terms.amount) : 0n;
  const needBase = gas * price;
  const leftBase = (await nativeBalanceBase(provider, address)) - spentBase;
  if (leftBase >= needBase) return;
  const currency = { symbol: network.nativeSymbol, decimals: 18 };
  throw new ProblemError({
    code: "tooLittleGas",
    facts: { ...shortfall(needBase, leftBase, currency), network: network.name },
  });
}

function shortfall(needBase: bigint, haveBase: bigint, { symbol, decimals }: { symbol: string; decimals: number }) {
  const text = (amountBase: bigint, rounding: "up" | "down") =>
    `${formatBase(amountBase, decimals, rounding)} ${symbol}`;
  return {
    symbol,
    need: text(needBase, "up"),
    have: text(haveBase, "down"),
    missing: text(needBase - haveBase, "up"),
  };
}

async function nativeBalanceBase(provider: Eip1193Provider, address: Hex): Promise<bigint> {
  return BigInt((await provider.request({ method: "eth_getBalance", params: [address, "latest"] })) as string);
}

/** An account with code (a contract wallet, or a delegated one) has its signatures checked in ways tokens differ on. */
export async function signsForItself({ provider, address }: Payer): Promise<boolean> {
  const code = await provider.request({ method: "eth_getCode", params: [address, "latest"] }).catch(() => "0x");
  return code === "0x";
}

async function canBatchCalls({ provider, address, network }: Payer): Promise<boolean> {
  const chainId = toHex(network.chainId);
  const asked = provider
    .request({ method: "wallet_getCapabilities", params: [address, [chainId]] })
    .catch(() => undefined);
  // Wallets that do not know the question sometimes never answer it.
  const answer = await Promise.race([asked, new Promise<undefined>((resolve) => setTimeout(resolve, 2_000))]);
  const byChain = answer as Record<string, { atomic?: { status?: string } }> | undefined;
  return byChain?.[chainId]?.atomic?.status === "supported";
}
