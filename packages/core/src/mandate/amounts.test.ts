import { expect, test } from "vitest";
import { bufferPercent, capBase, chargeAmountBase } from "./amounts.ts";

const DOLLAR = 10n ** 18n;

test("a bill in tokens is never less than its price", () => {
  expect(chargeAmountBase({ micros: 9_990_000n, rateE18: DOLLAR, decimals: 6 })).toBe(9_990_000n);
  expect(chargeAmountBase({ micros: 10_000_000n, rateE18: 3n * DOLLAR, decimals: 6 })).toBe(3_333_334n);
});

test("a cap has the buffer on top, rounded up to the unit", () => {
  expect(capBase({ amountBase: 9_990_000n, percent: bufferPercent({ stablecoin: true }) })).toBe(10_489_500n);
  expect(capBase({ amountBase: 1n, percent: 5 })).toBe(2n);
  expect(capBase({ amountBase: 100n, percent: bufferPercent({ stablecoin: false }) })).toBe(130n);
});
