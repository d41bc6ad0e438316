import type { CheckoutGasless, CheckoutNetwork, CheckoutQuote } from "@qbitflow/api";
import { formatAmount } from "../format.ts";
import type { Problem } from "../problem.ts";
import { type Flow, networkOf } from "./state.ts";

/** The token has no signature of its own: Permit2 takes it, and only from a wallet that allowed it to before. */
export function needsPermit2({ ways }: CheckoutGasless): boolean {
  return ways.every((way) => way === "permit2");
}

/**
 * What this wallet can have sent for it by a signature. By Permit2 only once the wallet is known to allow it enough: to
 * allow it first is a transaction, and with that one the customer has as well paid himself.
 */
export function offeredGasless(
  quote: CheckoutQuote | undefined,
  { wallet }: Pick<Flow, "wallet">,
): CheckoutGasless | undefined {
  const gasless = quote?.gasless;
  if (!quote || !gasless || !needsPermit2(gasless)) return gasless;
  const totalBase = BigInt(quote.terms.amount) + BigInt(gasless.relay.fee);
  return (wallet.permit2Base ?? 0n) >= totalBase ? gasless : undefined;
}

/** How the quote is paid by a signature that the server sends; undefined where the customer sends the payment. */
export function gaslessOf(
  quote: CheckoutQuote | undefined,
  flow: Pick<Flow, "sendsAlone" | "wallet">,
): CheckoutGasless | undefined {
  return flow.sendsAlone ? undefined : offeredGasless(quote, flow);
}

/** What this wallet allows Permit2 decides about the amount, and is being read. */
export function readsPermit2(flow: Pick<Flow, "quote" | "wallet" | "session" | "currencyId">): boolean {
  const { wallet, quote } = flow;
  const gasless = quote.value?.gasless;
  if (!gasless || !needsPermit2(gasless) || wallet.status !== "connected") return false;
  return wallet.permit2Base === undefined && wallet.chainId === networkOf(flow)?.chainId;
}

/** What leaves the wallet, `24.95 USDC`: with the fee for sending where somebody else sends. */
export function amountShown(quote: CheckoutQuote, flow: Pick<Flow, "sendsAlone" | "wallet">): string {
  return `${formatAmount(gaslessOf(quote, flow)?.total ?? quote.amount)} ${quote.symbol}`;
}

/** The problem, with what it takes when the customer sends the payment himself. */
export function aloneInstead(
  { quote, network }: { readonly quote: CheckoutQuote; readonly network: CheckoutNetwork },
  code: "cannotBeSent" | "permit2TooLittle" | "tooLittleToBeSent" | "relayRefused",
  facts: Problem["facts"] = {},
): Problem {
  const { symbol } = quote;
  const amount = `${formatAmount(quote.amount)} ${symbol}`;
  return { code, facts: { symbol, amount, native: network.nativeSymbol, ...facts } };
}
