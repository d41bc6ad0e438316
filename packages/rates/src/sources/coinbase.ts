import { field, type HttpSourceOptions, parsePrice, readJson, SourceError } from "../read-json.ts";
import type { Quote, RateSource } from "../source.ts";

// USDC is no product there: the exchange treats it as the dollar itself, which is no second opinion.
const PRODUCTS: ReadonlyMap<string, string> = new Map([
  ["ETH", "ETH-USD"],
  ["POL", "POL-USD"],
  ["USDT", "USDT-USD"],
  ["DAI", "DAI-USD"],
  ["EURC", "EURC-USD"],
]);

/** Coinbase Exchange, `GET /products/<product>/ticker`: the last trade with its time. */
export function coinbaseSource(options: HttpSourceOptions): RateSource {
  const baseUrl = options.baseUrl ?? "https://api.exchange.coinbase.com";

  async function quote(symbol: string, signal: AbortSignal): Promise<Quote[]> {
    const product = PRODUCTS.get(symbol);
    if (!product) return [];
    const ticker = await readJson({ url: `${baseUrl}/products/${product}/ticker`, signal, fetch: options.fetch });
    if (ticker === null) return [];
    const at = new Date(String(field(ticker, "time")));
    if (Number.isNaN(at.getTime())) throw new SourceError("answered without a time");
    return [{ symbol, priceE18: parsePrice(field(ticker, "price")), at }];
  }

  return {
    name: "coinbase",
    fetch: async (symbols, signal) => (await Promise.all(symbols.map((symbol) => quote(symbol, signal)))).flat(),
  };
}
