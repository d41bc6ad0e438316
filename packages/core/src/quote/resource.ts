import type { CheckoutQuote } from "@qbitflow/api";
import type { Network, TokenSpec } from "@qbitflow/chains";
import { microsToJsonNumber, tokenAmountToText } from "@qbitflow/money";
import type { Context } from "../context.ts";
import type { Quote } from "./quote.ts";

const RATE_DECIMALS = 18;
const seconds = (at: Date) => Math.floor(at.getTime() / 1_000);

type Coin = Pick<TokenSpec, "symbol" | "decimals"> & Partial<Pick<TokenSpec, "permit">>;

const coinOf = (network: Network | undefined, id: number): Coin | undefined =>
  network && [network.nativeCurrency, ...network.tokens].find((coin) => coin.id === id);

/**
 * The wire shape; null when its network is no longer served or no longer lists the currency. The amount is exact (every
 * decimal), because it is what has to be paid; `priceMicros` is the session's price.
 */
export function quoteResource(
  ctx: Context,
  { quote, priceMicros }: { readonly quote: Quote; readonly priceMicros: bigint },
): CheckoutQuote | null {
  const network = ctx.chains.get(quote.network)?.network;
  const coin = coinOf(network, quote.currencyId);
  if (!network || !coin) return null;
  return {
    currencyId: quote.currencyId,
    symbol: coin.symbol,
    decimals: coin.decimals,
    amount: tokenAmountToText(quote.amountBase, coin.decimals),
    amountUsd: microsToJsonNumber(priceMicros),
    rate: tokenAmountToText(quote.rateE18, RATE_DECIMALS),
    rateSources: quote.rateSources.map(({ name }) => name),
    expiresAt: seconds(quote.expiresAt),
    serverTime: seconds(ctx.clock.now()),
    network: quote.network,
    chainId: network.chainId,
    contract: quote.contract,
    terms: {
      uuid: quote.sessionUuid,
      merchant: quote.merchant,
      token: quote.token,
      amount: String(quote.amountBase),
      feeRecipient: quote.feeRecipient,
      feeBps: quote.feeBps,
      organization: quote.organization,
      organizationFeeBps: quote.organizationFeeBps,
      deadline: seconds(quote.expiresAt),
    },
    permit: { ...(coin.permit ?? { kind: "none" }) },
    ...(quote.gasless !== null && ctx.chains.get(quote.network)?.sender ? { gasless: quote.gasless } : {}),
  };
}
