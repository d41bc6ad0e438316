import { expect, test } from "vitest";
import { examineSources } from "./examine.ts";
import type { Quote, RateSource } from "./source.ts";

const now = new Date("2026-01-01T00:00:00Z");
const clock = { now: () => now };
const e18 = (price: number) => BigInt(price) * 10n ** 18n;
const source = (name: string, quotes: readonly Partial<Quote>[], quotedIn?: string): RateSource => ({
  name,
  ...(quotedIn !== undefined && { quotedIn }),
  fetch: async () => quotes.map((quote) => ({ symbol: "ETH", priceE18: e18(3000), at: now, ...quote })),
});

test("each source is measured against the median of all, in dollars", async () => {
  const states = await examineSources({
    clock,
    symbols: ["ETH"],
    sources: [
      source("near", [{ at: new Date(now.getTime() - 9_000) }, { symbol: "USDT", priceE18: e18(1) }]),
      source("in USDT", [{ priceE18: e18(3003), quotedIn: "USDT" }], "USDT"),
      source("far", [{ priceE18: e18(3300) }]),
      source("old", [{ at: new Date(now.getTime() - 3_600_000) }]),
      source("absurd", [{ priceE18: 0n }]),
      source("in nothing known", [{ quotedIn: "XYZ" }]),
      { name: "silent", fetch: () => Promise.reject(new Error("answered with status 500")) },
    ],
  });
  const eth = (name: string) =>
    states.find((state) => state.name === name)?.quotes.find(({ symbol }) => symbol === "ETH");
  // The median is 3003: of 3000, 3003 and 3300.
  expect(eth("near")).toMatchObject({ ageMs: 9_000, distanceBps: 9, failure: null });
  expect(eth("in USDT")).toMatchObject({ distanceBps: 0, failure: null });
  expect(eth("far")).toMatchObject({ distanceBps: 989, failure: null });
  expect(eth("old")).toMatchObject({ distanceBps: null, failure: "its price is too old" });
  expect(eth("absurd")).toMatchObject({ distanceBps: null, failure: "its price is not positive" });
  expect(eth("in nothing known")?.failure).toContain("XYZ, which has no price");
  expect(states.find(({ name }) => name === "silent")).toMatchObject({
    failure: "answered with status 500",
    quotes: [],
  });
});
