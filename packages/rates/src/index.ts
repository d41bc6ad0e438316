export { examineSources, type QuoteState, type SourceState } from "./examine.ts";
export { type LeftOut, type Rate, type RateInput, RateUnavailableError, type RateUnavailableReason } from "./rate.ts";
export {
  createFixedRates,
  createRates,
  DEFAULT_GUARDS,
  type RateGuards,
  type Rates,
  type RatesOptions,
} from "./rates.ts";
export type { HttpSourceOptions } from "./read-json.ts";
export type { Clock, Quote, RateSource } from "./source.ts";
export { binanceSource } from "./sources/binance.ts";
export { type ChainlinkFeed, type ChainlinkOptions, chainlinkSource, ETHEREUM_FEEDS } from "./sources/chainlink.ts";
export { coinbaseSource } from "./sources/coinbase.ts";
export { DEFAULT_FIXED_PRICES, type FixedOptions, fixedSource } from "./sources/fixed.ts";
export { krakenSource } from "./sources/kraken.ts";
