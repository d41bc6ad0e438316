import { afterEach, describe, expect, it } from "vitest";
import { startExchange } from "./exchanges.testing.ts";
import {
  binanceSource,
  coinbaseSource,
  createFixedRates,
  createRates,
  type Quote,
  type RateGuards,
  type RateSource,
  RateUnavailableError,
} from "./index.ts";

const E18 = 10n ** 18n;
let nowMs = Date.parse("2026-11-23T08:00:00Z");
const clock = { now: () => new Date(nowMs) };
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

function usd(text: string): bigint {
  return BigInt(Math.round(Number(text) * 1e6)) * 10n ** 12n;
}

/** A source with a settable price. */
function priced(name: string, price: string, change: Partial<Quote> = {}): RateSource {
  return { name, fetch: async ([symbol = ""]) => [{ symbol, priceE18: usd(price), at: clock.now(), ...change }] };
}

function rateOf(sources: RateSource[], guards: Partial<RateGuards> = {}) {
  return createRates({ sources, clock, guards }).rate("ETH");
}

async function refusal(rate: Promise<unknown>): Promise<RateUnavailableError> {
  const error = await rate.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(RateUnavailableError);
  return error as RateUnavailableError;
}

describe("the median", () => {
  it("is the middle of three, with every source named", async () => {
    const rate = await rateOf([priced("a", "3001"), priced("b", "3000"), priced("c", "3010")]);
    expect(rate.usdPerTokenE18).toBe(3001n * E18);
    expect(rate.sources.map(({ name }) => name)).toEqual(["a", "b", "c"]);
    expect(rate.fixed).toBe(false);
  });

  it("is the mean of the middle two of four", async () => {
    const rate = await rateOf(["3001", "3000", "3010", "3002"].map((price, index) => priced(String(index), price)));
    expect(rate.usdPerTokenE18).toBe(3001n * E18 + E18 / 2n);
  });
});

describe("what never becomes a price", () => {
  const good = [priced("a", "3000"), priced("b", "3001")];

  it.each([
    ["zero", priced("bad", "0")],
    ["negative", priced("bad", "-3000")],
    ["stale", priced("bad", "3000", { at: new Date(nowMs - 300_001) })],
    ["from the future", priced("bad", "3000", { at: new Date(nowMs + 3_600_000) })],
    ["without a time", priced("bad", "3000", { at: new Date(Number.NaN) })],
    ["absurd", priced("bad", "30000000000000")],
    ["far off", priced("bad", "3100")],
    ["of another symbol", priced("bad", "3000", { symbol: "BTC" })],
    ["thrown", { name: "bad", fetch: () => Promise.reject(new Error("down")) }],
  ])("a source that is %s is left out", async (_name, bad) => {
    const rate = await rateOf([...good, bad]);
    expect(rate.sources.map(({ name }) => name)).toEqual(["a", "b"]);
    if (bad.name === "bad" && _name !== "far off") {
      expect((await refusal(rateOf([priced("a", "3000"), bad]))).reason).toBe("too_few_sources");
    }
  });

  it("two that disagree are no price, however close to their mean each is", async () => {
    expect((await refusal(rateOf([priced("a", "3000"), priced("b", "3100")]))).reason).toBe("spread_too_wide");
  });

  it("two against two are no price: neither side is a majority", async () => {
    const sources = ["3000", "3001", "3300", "3301"].map((price, index) => priced(String(index), price));
    expect((await refusal(rateOf(sources))).reason).toBe("spread_too_wide");
  });

  it("none at all says why for each", async () => {
    const error = await refusal(rateOf([{ name: "a", fetch: () => Promise.reject(new Error("down")) }]));
    expect(error.left).toEqual([{ name: "a", why: "down" }]);
  });

  it("a Chainlink price may be as old as its heartbeat", async () => {
    const slow = priced("slow", "3000", { at: new Date(nowMs - 3_000_000), maxAgeMs: 3_960_000 });
    expect((await rateOf([priced("a", "3000"), slow])).sources).toHaveLength(2);
  });
});

describe("a price in USDT", () => {
  const binance = (price: string): RateSource => ({
    name: "binance",
    quotedIn: "USDT",
    fetch: async (symbols) =>
      symbols.includes("ETH") ? [{ symbol: "ETH", priceE18: usd(price), quotedIn: "USDT", at: clock.now() }] : [],
  });
  const market = (name: string, prices: Record<string, string>): RateSource => ({
    name,
    fetch: async (symbols) =>
      symbols.flatMap((symbol) => (prices[symbol] ? [{ symbol, priceE18: usd(prices[symbol]), at: clock.now() }] : [])),
  });

  it("is multiplied by USDT/USD", async () => {
    const rates = createRates({
      sources: [market("a", { USDT: "0.99", ETH: "2970" }), market("b", { USDT: "0.99" }), binance("3000")],
      clock,
    });
    const rate = await rates.rate("ETH");
    expect(rate.sources.map((input) => input.usdPerTokenE18)).toEqual([2970n * E18, 2970n * E18]);
  });

  it("does not count when USDT itself has no price", async () => {
    const rates = createRates({ sources: [market("a", { ETH: "3000" }), binance("3000")], clock });
    const error = await refusal(rates.rate("ETH"));
    expect(error.left).toEqual([{ name: "binance", why: "it quotes in USDT, which has no price now" }]);
  });

  it("holds over HTTP in the exchanges' formats", async () => {
    const exchange = await startExchange();
    closers.push(exchange.close);
    const ticker = (price: string) => JSON.stringify({ price, time: clock.now().toISOString() });
    exchange.state.answers.set("/products/ETH-USD/ticker", ticker("3000.30"));
    exchange.state.answers.set("/products/USDT-USD/ticker", ticker("1.0001"));
    exchange.state.answers.set(
      '/api/v3/ticker/bookTicker?symbols=["ETHUSDT"]',
      '[{"symbol":"ETHUSDT","bidPrice":"3000.00","askPrice":"3000.00"}]',
    );
    const options = { clock, baseUrl: exchange.url };
    const rates = createRates({
      sources: [coinbaseSource(options), market("other", { USDT: "1.0001" }), binanceSource(options)],
      clock,
    });
    expect((await rates.rate("ETH")).usdPerTokenE18).toBe(3_000_300_000_000_000_000_000n);
  });
});

describe("asking", () => {
  function counted(run: (calls: number) => Promise<string>): RateSource & { calls: number } {
    const source = {
      name: "counted",
      calls: 0,
      async fetch([symbol = ""]: readonly string[]) {
        source.calls += 1;
        return [{ symbol, priceE18: usd(await run(source.calls)), at: clock.now() }];
      },
    };
    return source;
  }

  it("happens once for many that ask at once, and again after the cache is over", async () => {
    const source = counted(async () => "3000");
    const rates = createRates({ sources: [source], clock, guards: { minSources: 1 } });
    await Promise.all(Array.from({ length: 50 }, () => rates.rate("ETH")));
    expect(source.calls).toBe(1);
    nowMs += 5_001;
    await rates.rate("ETH");
    expect(source.calls).toBe(2);
  });

  it("never waits longer than the timeout, even for a source that ignores its signal", async () => {
    const stuck: RateSource = { name: "stuck", fetch: () => new Promise(() => undefined) };
    const started = performance.now();
    const rate = await rateOf([priced("a", "3000"), priced("b", "3000"), stuck], { timeoutMs: 50 });
    expect(rate.sources).toHaveLength(2);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it("ends a hanging HTTP request at the timeout", async () => {
    const exchange = await startExchange();
    closers.push(exchange.close);
    exchange.state.answers.set("/products/ETH-USD/ticker", "hang");
    const source = coinbaseSource({ clock, baseUrl: exchange.url });
    const error = await refusal(rateOf([source], { minSources: 1, timeoutMs: 50 }));
    expect(error.left).toEqual([{ name: "coinbase", why: "no answer within 50 ms" }]);
  });

  it("lets a failing source rest, longer each time, and takes it back", async () => {
    const source = counted((calls) => (calls < 3 ? Promise.reject(new Error("429")) : Promise.resolve("3000")));
    const rates = createRates({ sources: [source], clock, guards: { minSources: 1, cacheMs: 0, cooldownMs: 1000 } });
    await refusal(rates.rate("ETH"));
    nowMs += 999;
    expect((await refusal(rates.rate("ETH"))).left[0]?.why).toBe("it failed a moment ago");
    nowMs += 1;
    await refusal(rates.rate("ETH"));
    nowMs += 1999;
    await refusal(rates.rate("ETH"));
    expect(source.calls).toBe(2);
    nowMs += 1;
    expect((await rates.rate("ETH")).usdPerTokenE18).toBe(3000n * E18);
  });
});

describe("the local default", () => {
  it("has prices and says that they are fixed", async () => {
    const rates = createFixedRates(clock);
    expect(rates.fixed).toBe(true);
    expect(await rates.rate("ETH")).toMatchObject({ usdPerTokenE18: 3000n * E18, fixed: true });
    expect((await refusal(rates.rate("DOGE"))).reason).toBe("too_few_sources");
  });
});
