import { expect, test } from "vitest";
import { type GasCost, gasCostMicros } from "./gas.ts";
import { usdToTokenBase } from "./token.ts";

const RATE = 3_000n * 10n ** 18n;
const cost: GasCost = {
  gas: 150_000n,
  gasPriceBase: 10n ** 9n,
  dataFeeBase: 0n,
  marginBps: 0,
  native: { rateE18: RATE, decimals: 18 },
};

test("gas times price times the coin's rate, and the margin", () => {
  expect(gasCostMicros(cost)).toBe(450_000n);
  expect(gasCostMicros({ ...cost, marginBps: 2_500 })).toBe(562_500n);
  expect(gasCostMicros({ ...cost, gas: 0n })).toBe(0n);
  expect(gasCostMicros({ ...cost, dataFeeBase: 50_000n * 10n ** 9n, marginBps: 2_500 })).toBe(750_000n);
  expect(gasCostMicros({ ...cost, gas: 0n, dataFeeBase: 1n })).toBe(1n);
  expect(gasCostMicros({ ...cost, gasPriceBase: 0n })).toBe(0n);
});

test("it is rounded up, and so is what it is in tokens", () => {
  expect(gasCostMicros({ ...cost, gas: 1n, gasPriceBase: 1n })).toBe(1n);
  expect(gasCostMicros({ ...cost, gas: 150_001n })).toBe(450_003n);
  expect(gasCostMicros({ ...cost, gas: 3n, gasPriceBase: 111_111_111_112n })).toBe(1_001n);
  const micros = gasCostMicros({ ...cost, gas: 150_001n });
  expect(usdToTokenBase(micros, 10n ** 18n, 6)).toBe(450_003n);
  expect(usdToTokenBase(1n, 3n * 10n ** 18n, 6)).toBe(1n);
});

test.each<[string, Partial<GasCost>]>([
  ["negative gas", { gas: -1n }],
  ["a negative price", { gasPriceBase: -1n }],
  ["a negative fee on top", { dataFeeBase: -1n }],
  ["a negative margin", { marginBps: -1 }],
  ["half a basis point", { marginBps: 0.5 }],
  ["a coin worth nothing", { native: { rateE18: 0n, decimals: 18 } }],
])("%s is refused", (_name, change) => {
  expect(() => gasCostMicros({ ...cost, ...change })).toThrow();
});
