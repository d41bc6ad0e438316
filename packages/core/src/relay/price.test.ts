import { expect, test } from "vitest";
import { firstPrice, replacementPrice } from "./price.ts";

const market = { maxFeeBase: 21n, priorityFeeBase: 1n, nowBase: 11n };

test("the first offer is the market's, within the limit, and none where the market is above it", () => {
  expect(firstPrice(market, 100n)).toEqual({ maxFeeBase: 21n, priorityFeeBase: 1n });
  expect(firstPrice(market, 12n)).toEqual({ maxFeeBase: 12n, priorityFeeBase: 1n });
  expect(firstPrice(market, 10n)).toBeNull();
  expect(firstPrice({ maxFeeBase: 9n, priorityFeeBase: 9n, nowBase: 5n }, 6n)?.priorityFeeBase).toBe(6n);
});

test("a replacement offers at least an eighth more of both, rounded up, or the market's price", () => {
  const old = { maxFeeBase: 17n, priorityFeeBase: 1n };
  expect(replacementPrice(old, { ...market, maxFeeBase: 5n }, 100n)).toEqual({ maxFeeBase: 20n, priorityFeeBase: 2n });
  expect(replacementPrice(old, market, 100n)).toEqual({ maxFeeBase: 21n, priorityFeeBase: 2n });
  expect(replacementPrice(old, market, 20n)).toEqual({ maxFeeBase: 20n, priorityFeeBase: 2n });
  expect(replacementPrice(old, market, 19n)).toBeNull();
});
