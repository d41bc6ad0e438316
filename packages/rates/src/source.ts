/** The clock that is injected everywhere, so that time can be moved in tests and on the local chain. */
export interface Clock {
  now(): Date;
}

/** What one source says one whole token costs. */
export interface Quote {
  /** A price symbol such as `ETH`. */
  readonly symbol: string;
  /** Price of one whole token × 10^18, in `quotedIn`. */
  readonly priceE18: bigint;
  /** `USD` unless said: a price in another symbol counts only when that symbol has a USD rate of its own. */
  readonly quotedIn?: string;
  /** The source's own time where it gives one, else the time of the answer. */
  readonly at: Date;
  /** How old this price may be, where the source has its own rhythm (a Chainlink heartbeat). */
  readonly maxAgeMs?: number;
}

/** One place prices come from. Adding one is a file in `sources/` and a line where the server composes them. */
export interface RateSource {
  readonly name: string;
  /** Prices that somebody typed in, not a market's: the pages say so, and live mode refuses them. */
  readonly fixed?: boolean;
  /** Symbols that its quotes are in besides USD (`USDT` for Binance): fetched along, so that they can be converted. */
  readonly quotedIn?: string;
  /** Prices of those of the symbols that the source knows; rejects when it does not answer in its format. */
  fetch(symbols: readonly string[], signal: AbortSignal): Promise<readonly Quote[]>;
}
