import { divideRoundingHalfEven } from "@qbitflow/money";
import { field, type HttpSourceOptions, parsePrice, readJson, SourceError } from "../read-json.ts";
import type { Quote, RateSource } from "../source.ts";

const PAIRS: ReadonlyMap<string, string> = new Map([
  ["ETH", "ETHUSD"],
  ["POL", "POLUSD"],
  ["USDC", "USDCUSD"],
  ["USDT", "USDTUSD"],
  ["DAI", "DAIUSD"],
  ["EURC", "EURCUSD"],
]);

/**
 * Kraken, `GET /0/public/Ticker?pair=`: the middle of best bid and ask, because the last trade comes without a time.
 * One pair per request: a single unknown pair would fail them all. The answer's key is another spelling of the pair
 * (`XETHZUSD` for `ETHUSD`), so the only entry is taken.
 */
export function krakenSource(options: HttpSourceOptions): RateSource {
  const baseUrl = options.baseUrl ?? "https://api.kraken.com";

  async function quote(symbol: string, signal: AbortSignal): Promise<Quote[]> {
    const pair = PAIRS.get(symbol);
    if (!pair) return [];
    const answer = await readJson({ url: `${baseUrl}/0/public/Ticker?pair=${pair}`, signal, fetch: options.fetch });
    const errors = field(answer, "error");
    if (!Array.isArray(errors)) throw new SourceError("answered in another format");
    if (errors.includes("EQuery:Unknown asset pair")) return [];
    if (errors.length > 0) throw new SourceError(`answered with ${String(errors[0]).slice(0, 80)}`);
    const tickers = Object.values(Object(field(answer, "result")));
    if (tickers.length !== 1) throw new SourceError("answered in another format");
    const ask = parsePrice(field(field(tickers[0], "a"), 0));
    const bid = parsePrice(field(field(tickers[0], "b"), 0));
    if (bid <= 0n || ask < bid) throw new SourceError("answered with an empty or crossed order book");
    return [{ symbol, priceE18: divideRoundingHalfEven(ask + bid, 2n), at: options.clock.now() }];
  }

  return {
    name: "kraken",
    fetch: async (symbols, signal) => (await Promise.all(symbols.map((symbol) => quote(symbol, signal)))).flat(),
  };
}
