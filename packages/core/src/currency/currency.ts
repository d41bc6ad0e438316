import type { Currency as WireCurrency } from "@qbitflow/api";

/** A coin or token on one network, as its network file names it. */
export interface Currency {
  readonly id: number;
  readonly network: string;
  readonly symbol: string;
  readonly name: string;
  readonly decimals: number;
  /** The zero address for a native coin. */
  readonly address: string;
  /** The network's native coin, for a token. */
  readonly mainCurrencyId: number | null;
  readonly priceSymbol: string;
  readonly stablecoin: boolean;
  readonly test: boolean;
}

const bare = ({ id, symbol, name, decimals, address, test }: Currency) => ({
  id,
  symbol,
  name,
  decimals,
  address,
  test,
});

/** The wire shape; `byId` holds the native coin of a token. */
export function currencyResource(currency: Currency, byId: ReadonlyMap<number, Currency>): WireCurrency {
  const main = currency.mainCurrencyId === null ? undefined : byId.get(currency.mainCurrencyId);
  return { ...bare(currency), ...(main ? { mainCurrencyId: main.id, mainCurrency: bare(main) } : {}) };
}
