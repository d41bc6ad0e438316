import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startExchange } from "./exchanges.testing.ts";
import { binanceSource, chainlinkSource, coinbaseSource, fixedSource, krakenSource, type RateSource } from "./index.ts";

const now = new Date("2026-11-23T08:00:00Z");
const clock = { now: () => now };
let exchange: Awaited<ReturnType<typeof startExchange>>;

beforeAll(async () => {
  exchange = await startExchange();
});
afterAll(() => exchange.close());
beforeEach(() => exchange.state.answers.clear());

const TICKER = "/0/public/Ticker?pair=";
const BOOK = "/api/v3/ticker/bookTicker?symbols=";

function ask(source: RateSource, ...symbols: string[]) {
  return source.fetch(symbols, AbortSignal.timeout(1000));
}

describe("coinbase", () => {
  const source = () => coinbaseSource({ clock, baseUrl: exchange.url });

  it("reads price and time of the last trade, exactly", async () => {
    exchange.state.answers.set(
      "/products/ETH-USD/ticker",
      '{"ask":"3021.13","bid":"3021.12","volume":"98765.1","trade_id":5,"price":"3021.120000000000000001","size":"0.1","time":"2026-11-23T07:59:58.123456Z"}',
    );
    expect(await ask(source(), "ETH", "XYZ")).toEqual([
      { symbol: "ETH", priceE18: 3021120000000000000001n, at: new Date("2026-11-23T07:59:58.123Z") },
    ]);
  });

  it("reads a number as exactly as text", async () => {
    const body = '{"price":3021.120000000000000001,"time":"2026-11-23T07:59:58Z"}';
    exchange.state.answers.set("/products/ETH-USD/ticker", body);
    expect((await ask(source(), "ETH"))[0]?.priceE18).toBe(3021120000000000000001n);
  });

  it("leaves out a product it does not have", async () => {
    expect(await ask(source(), "EURC")).toEqual([]);
  });

  it.each(['{"price":"3021.12"}', '{"price":"lots","time":"2026-11-23T07:59:58Z"}', "<html>", "[]", "null", '""'])(
    "rejects %s",
    async (body) => {
      exchange.state.answers.set("/products/ETH-USD/ticker", body);
      if (body === "null") expect(await ask(source(), "ETH")).toEqual([]);
      else await expect(ask(source(), "ETH")).rejects.toThrow();
    },
  );

  it.each([429, 500, 302])("rejects status %s", async (status) => {
    exchange.state.answers.set("/products/ETH-USD/ticker", status);
    await expect(ask(source(), "ETH")).rejects.toThrow();
  });

  it("refuses a body that does not end", async () => {
    exchange.state.answers.set("/products/ETH-USD/ticker", `{"price":"${"1".repeat(100_000)}"}`);
    await expect(ask(source(), "ETH")).rejects.toThrow("too large");
  });
});

describe("kraken", () => {
  const source = () => krakenSource({ clock, baseUrl: exchange.url });

  it("takes the middle of bid and ask under whatever name the pair comes back", async () => {
    exchange.state.answers.set(
      `${TICKER}ETHUSD`,
      '{"error":[],"result":{"XETHZUSD":{"a":["3021.20000","1","1.000"],"b":["3021.10000","2","2.000"],"c":["2999.00000","0.01"],"v":["1","2"],"p":["1","2"],"t":[1,2],"l":["1","2"],"h":["1","2"],"o":"3000.00000"}}}',
    );
    expect(await ask(source(), "ETH")).toEqual([{ symbol: "ETH", priceE18: 3021150000000000000000n, at: now }]);
  });

  it("leaves out a pair it does not know, and rejects its other errors", async () => {
    exchange.state.answers.set(`${TICKER}EURCUSD`, '{"error":["EQuery:Unknown asset pair"]}');
    expect(await ask(source(), "EURC")).toEqual([]);
    exchange.state.answers.set(`${TICKER}ETHUSD`, '{"error":["EAPI:Rate limit exceeded"]}');
    await expect(ask(source(), "ETH")).rejects.toThrow("Rate limit");
  });

  it("rejects a crossed or empty book", async () => {
    const book = (a: string, b: string) => `{"error":[],"result":{"X":{"a":["${a}","1","1"],"b":["${b}","1","1"]}}}`;
    exchange.state.answers.set(`${TICKER}ETHUSD`, book("3000", "3001"));
    await expect(ask(source(), "ETH")).rejects.toThrow("crossed");
    exchange.state.answers.set(`${TICKER}ETHUSD`, book("3000", "0"));
    await expect(ask(source(), "ETH")).rejects.toThrow("empty");
  });
});

describe("binance", () => {
  it("quotes in USDT", async () => {
    exchange.state.answers.set(
      `${BOOK}["ETHUSDT","USDCUSDT"]`,
      '[{"symbol":"ETHUSDT","bidPrice":"3020.00000000","bidQty":"1","askPrice":"3022.00000000","askQty":"1"},{"symbol":"USDCUSDT","bidPrice":"0.99980000","bidQty":"1","askPrice":"0.99990000","askQty":"1"}]',
    );
    const quotes = await ask(binanceSource({ clock, baseUrl: exchange.url }), "ETH", "USDC", "USDT");
    expect(quotes).toEqual([
      { symbol: "ETH", priceE18: 3021n * 10n ** 18n, quotedIn: "USDT", at: now },
      { symbol: "USDC", priceE18: 999850000000000000n, quotedIn: "USDT", at: now },
    ]);
  });
});

describe("chainlink", () => {
  const source = () => chainlinkSource({ rpcUrl: `${exchange.url}/rpc` });
  const hex = (value: bigint) => BigInt.asUintN(256, value).toString(16).padStart(64, "0");
  const round = (answer: bigint, answeredInRound = 7n) =>
    `0x${[7n, answer, 1n, BigInt(now.getTime() / 1000 - 60), answeredInRound].map(hex).join("")}`;
  const reply = (result: string) =>
    exchange.state.answers.set("/rpc", `[{"jsonrpc":"2.0","id":0,"result":"${result}"}]`);

  it("reads answer, its time, and allows its heartbeat", async () => {
    reply(round(302112345678n));
    expect(await ask(source(), "ETH", "XYZ")).toEqual([
      { symbol: "ETH", priceE18: 3021123456780000000000n, at: new Date(now.getTime() - 60_000), maxAgeMs: 3_960_000 },
    ]);
  });

  it("hands on a negative answer for the guards to refuse", async () => {
    reply(round(-5n));
    expect((await ask(source(), "ETH"))[0]?.priceE18).toBe(-50_000_000_000n);
  });

  it.each([
    ["no contract there", "0x"],
    ["an unfinished round", round(1n, 6n)],
  ])("rejects %s", async (_name, result) => {
    reply(result);
    await expect(ask(source(), "ETH")).rejects.toThrow();
  });
});

describe("fixed", () => {
  it("says that it is fixed", async () => {
    const source = fixedSource({ clock, prices: { ETH: "3000.5" } });
    expect(source.fixed).toBe(true);
    expect(await ask(source, "ETH", "XYZ")).toEqual([{ symbol: "ETH", priceE18: 3000500000000000000000n, at: now }]);
  });
});
