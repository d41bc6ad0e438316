import type { Network } from "@qbitflow/chains";
import type { Context } from "../context.ts";
import { merchantChanged } from "../tenant.ts";
import type { Currency } from "./currency.ts";
import { replaceCurrencies } from "./store.ts";

export const NATIVE_ADDRESS = "0x0000000000000000000000000000000000000000";

/** The network's native coin first, then its tokens. */
function currenciesOf(network: Network): Currency[] {
  const { slug, test, nativeCurrency } = network;
  const native = {
    ...nativeCurrency,
    network: slug,
    address: NATIVE_ADDRESS,
    mainCurrencyId: null,
    stablecoin: false,
    test,
  };
  const tokens = network.tokens.map(({ id, symbol, name, decimals, address, priceSymbol, stablecoin }) => {
    return {
      id,
      symbol,
      name,
      decimals,
      address,
      priceSymbol,
      stablecoin,
      network: slug,
      mainCurrencyId: native.id,
      test,
    };
  });
  return [native, ...tokens];
}

/** Mirrors the networks this server serves into the database; at every start. Throws when two of them share an id. */
export async function syncCurrencies(ctx: Context): Promise<void> {
  const currencies = [...ctx.chains.values()].flatMap(({ network }) => currenciesOf(network));
  const owners = new Map<number, Currency>();
  for (const currency of currencies) {
    const other = owners.get(currency.id);
    if (other) {
      throw new Error(
        `Currency id ${currency.id} is both ${other.symbol} on ${other.network} and ${currency.symbol} on ${currency.network}.`,
      );
    }
    owners.set(currency.id, currency);
  }
  await ctx.db.transaction((tx) => replaceCurrencies(tx, currencies));
  await merchantChanged(ctx, null);
}
