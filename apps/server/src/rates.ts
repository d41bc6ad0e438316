import type { Clock } from "@qbitflow/core";
import {
  binanceSource,
  chainlinkSource,
  coinbaseSource,
  createRates,
  DEFAULT_FIXED_PRICES,
  fixedSource,
  krakenSource,
  type RateSource,
  type Rates,
} from "@qbitflow/rates";
import type { Config, RateSourceName } from "./config.ts";

/** The configured sources behind one price. Typed-in prices stand alone; markets must agree, two at least where two are named. */
export function createConfiguredRates(config: Config, clock: Clock): Rates {
  const sources = createConfiguredSources(config, clock);
  return createRates({ sources, clock, guards: { minSources: Math.min(2, sources.length) } });
}

/** The configured sources, each by itself. */
export function createConfiguredSources(config: Config, clock: Clock): RateSource[] {
  return config.rateSources.map((name) => createSource(name, { config, clock }));
}

function createSource(name: RateSourceName, { config, clock }: { config: Config; clock: Clock }): RateSource {
  switch (name) {
    case "coinbase":
      return coinbaseSource({ clock });
    case "kraken":
      return krakenSource({ clock });
    case "binance":
      return binanceSource({ clock });
    case "chainlink":
      return chainlinkSource({ rpcUrl: config.chainlinkRpcUrl ?? "" });
    case "fixed":
      return fixedSource({ clock, prices: { ...DEFAULT_FIXED_PRICES, ...config.fixedPrices } });
  }
}
