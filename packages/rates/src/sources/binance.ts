import { divideRoundingHalfEven } from "@qbitflow/money";
import { field, type HttpSourceOptions, parsePrice, readJson, SourceError } from "../read-json.ts";
import type { RateSource } from "../source.ts";

const PAIRS: ReadonlyMap<string, string> = new Map([
  ["ETH", "ETHUSDT"],
  ["POL", "POLUSDT"],
  ["USDC", "USDCUSDT"],
]);

/**
 * Binance, `GET /api/v3/ticker/bookTicker?symbols=[…]`: the middle of best bid and ask, in USDT. There is no dollar
 * market; `createRates` multiplies by the USDT/USD rate that the other sources agree on.
 */
export function binanceSource(options: HttpSourceOptions): RateSource {
  const baseUrl = options.baseUrl ?? "https://api.binance.com";

  return {
    name: "binance",
    quotedIn: "USDT",
    async fetch(symbols, signal) {
      const pairs = symbols.flatMap((symbol) => PAIRS.get(symbol) ?? []);
      if (pairs.length === 0) return [];
      const query = encodeURIComponent(JSON.stringify(pairs));
      const url = `${baseUrl}/api/v3/ticker/bookTicker?symbols=${query}`;
      const tickers = await readJson({ url, signal, fetch: options.fetch });
      if (!Array.isArray(tickers)) throw new SourceError("answered in another format");
      const at = options.clock.now();
      return symbols.flatMap((symbol) => {
        const pair = PAIRS.get(symbol);
        const ticker = pair && tickers.find((entry) => field(entry, "symbol") === pair);
        if (!ticker) return [];
        const ask = parsePrice(field(ticker, "askPrice"));
        const bid = parsePrice(field(ticker, "bidPrice"));
        if (bid <= 0n || ask < bid) throw new SourceError("answered with an empty or crossed order book");
        return [{ symbol, priceE18: divideRoundingHalfEven(ask + bid, 2n), quotedIn: "USDT", at }];
      });
    },
  };
}
