import { parseDecimal } from "@qbitflow/money";
import type { Clock, RateSource } from "../source.ts";

/** USD prices of the local default; made up, and shown as such. */
export const DEFAULT_FIXED_PRICES: Readonly<Record<string, string>> = {
  ETH: "3000",
  POL: "0.5",
  USDC: "1",
  USDT: "1",
  DAI: "1",
  EURC: "1.1",
};

export interface FixedOptions {
  readonly clock: Clock;
  readonly name?: string;
  /** USD per whole token as decimal text, by price symbol. */
  readonly prices?: Readonly<Record<string, string>>;
}

/** Prices that never move. For the local chain and tests; marked `fixed`, which pages show and live mode refuses. */
export function fixedSource(options: FixedOptions): RateSource {
  const prices = new Map(
    Object.entries(options.prices ?? DEFAULT_FIXED_PRICES).map(([symbol, text]) => [symbol, parseDecimal(text, 18)]),
  );
  return {
    name: options.name ?? "fixed",
    fixed: true,
    async fetch(symbols) {
      const at = options.clock.now();
      return symbols.flatMap((symbol) => {
        const priceE18 = prices.get(symbol);
        return priceE18 === undefined ? [] : [{ symbol, priceE18, at }];
      });
    },
  };
}
