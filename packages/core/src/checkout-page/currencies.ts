import { setTimeout as wait } from "node:timers/promises";
import type { CheckoutCurrency, CheckoutNetwork } from "@qbitflow/api";
import type { Network } from "@qbitflow/chains";
import { RateUnavailableError } from "@qbitflow/rates";
import type { Context } from "../context.ts";
import { type Currency, currencyResource } from "../currency/index.ts";
import { isTooDear, mandateCurrencies } from "../mandate/payable.ts";
import type { Merchant } from "../merchant/index.ts";
import { noPrice, whyChainUnavailable } from "../quote/index.ts";

/** A page does not wait longer for prices; the quote finds out. */
const PRICE_WAIT_MS = 250;

/** As pages see it; `rpcUrl` is the server's to add. Pure. */
export function networkResource(network: Network): CheckoutNetwork {
  const { slug, name, chainId, test, local, confirmations, blockTimeMs, explorerUrl, nativeCurrency } = network;
  return {
    slug,
    name,
    chainId,
    test,
    local,
    confirmations,
    blockTimeMs,
    ...(explorerUrl === undefined ? {} : { explorerUrl }),
    nativeSymbol: nativeCurrency.symbol,
  };
}

async function hasPrice(ctx: Context, symbol: string): Promise<boolean> {
  try {
    await ctx.rates.rate(symbol);
    return true;
  } catch (error) {
    if (error instanceof RateUnavailableError) return false;
    throw error;
  }
}

/** The symbols that certainly have no price now. */
async function unpriced(ctx: Context, symbols: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const without = new Set<string>();
  const asked = [...symbols].map(async (symbol) => {
    if (!(await hasPrice(ctx, symbol))) without.add(symbol);
  });
  const timer = new AbortController();
  const patience = wait(PRICE_WAIT_MS, undefined, { signal: timer.signal, ref: false }).catch(() => undefined);
  await Promise.race([Promise.all(asked), patience]);
  timer.abort();
  return without;
}

/** Those of a subscription: tokens, and only where charges are not too dear. */
export async function subscriptionCurrencies(ctx: Context, merchant: Merchant): Promise<Currency[]> {
  const currencies = mandateCurrencies(ctx, merchant);
  const dear = await Promise.all(currencies.map((currency) => isTooDear(ctx, currency)));
  return currencies.filter((_currency, index) => dear[index] === false);
}

/** What the session can be paid in, each with whether it can be now and, if not, why. */
export async function checkoutCurrencies(
  ctx: Context,
  merchant: Merchant,
  offered: readonly Currency[] = merchant.currencies,
): Promise<CheckoutCurrency[]> {
  const without = await unpriced(ctx, new Set(offered.map(({ priceSymbol }) => priceSymbol)));
  const whyNot = async (currency: Currency, network: Network) =>
    without.has(currency.priceSymbol) ? noPrice(currency.symbol) : whyChainUnavailable(ctx, network);
  const resources = offered.map(async (currency) => {
    const network = ctx.chains.get(currency.network)?.network;
    if (!network) return [];
    const reason = await whyNot(currency, network);
    return [
      {
        currency: currencyResource(currency, merchant.currenciesById),
        network: networkResource(network),
        stablecoin: currency.stablecoin,
        available: reason === null,
        ...(reason === null ? {} : { unavailableReason: reason }),
      },
    ];
  });
  return (await Promise.all(resources)).flat();
}
