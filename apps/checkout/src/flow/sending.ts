import type { CheckoutGasless, CheckoutNetwork, CheckoutQuote } from "@qbitflow/api";
import { formatAmount } from "../format.ts";
import type { Problem } from "../problem.ts";
import type { Flow } from "./state.ts";

/** How the quote is paid by a signature that the server sends; undefined where the customer sends the payment. */
export function gaslessOf(
  quote: CheckoutQuote | undefined,
  { sendsAlone }: Pick<Flow, "sendsAlone">,
): CheckoutGasless | undefined {
  return sendsAlone ? undefined : quote?.gasless;
}

/** What leaves the wallet, `24.95 USDC`: with the fee for sending where somebody else sends. */
export function amountShown(quote: CheckoutQuote, flow: Pick<Flow, "sendsAlone">): string {
  return `${formatAmount(gaslessOf(quote, flow)?.total ?? quote.amount)} ${quote.symbol}`;
}

/** The problem, with what it takes when the customer sends the payment himself. */
export function aloneInstead(
  { quote, network }: { readonly quote: CheckoutQuote; readonly network: CheckoutNetwork },
  code: "cannotBeSent" | "tooLittleToBeSent" | "relayRefused",
  facts: Problem["facts"] = {},
): Problem {
  const { symbol } = quote;
  const amount = `${formatAmount(quote.amount)} ${symbol}`;
  return { code, facts: { symbol, amount, native: network.nativeSymbol, ...facts } };
}
