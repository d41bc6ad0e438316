import { describe, expect, it } from "vitest";
import {
  decimalText,
  divideRoundingDown,
  divideRoundingHalfEven,
  divideRoundingUp,
  formatTokenAmount,
  MoneyError,
  parseDecimal,
  parseTokenAmount,
  splitFees,
  tokenAmountToText,
  tokenBaseToUsdMicros,
  usdToTokenBase,
} from "./index.ts";
import { amounts } from "./sample-amounts.ts";

const E18 = 10n ** 18n;

describe("decimals and rounding", () => {
  it("text and integer are each other's inverse at every scale", () => {
    for (const value of amounts(2000, 1n << 200n)) {
      const scale = Number(value % 30n);
      expect(parseDecimal(decimalText(value, scale), scale)).toBe(value);
      expect(parseDecimal(decimalText(-value, scale), scale)).toBe(-value);
    }
  });

  it("reads exponents, and refuses digits it would have to drop", () => {
    expect(parseDecimal("1.5e-7", 18)).toBe(150_000_000_000n);
    expect(parseDecimal("2E3", 0)).toBe(2000n);
    expect(parseDecimal("1.500", 1)).toBe(15n);
    expect(() => parseDecimal("1.55", 1)).toThrow(MoneyError);
    expect(() => parseDecimal("1e999", 1)).toThrow(MoneyError);
    expect(() => parseDecimal("NaN", 1)).toThrow(MoneyError);
  });

  it("names its directions, also below zero", () => {
    expect([divideRoundingUp(7n, 2n), divideRoundingDown(7n, 2n)]).toEqual([4n, 3n]);
    expect([divideRoundingUp(-7n, 2n), divideRoundingDown(-7n, 2n)]).toEqual([-3n, -4n]);
    expect([5n, 7n, -5n, 6n].map((value) => divideRoundingHalfEven(value, 2n))).toEqual([2n, 4n, -2n, 3n]);
    expect(() => divideRoundingUp(1n, 0n)).toThrow(MoneyError);
  });
});

describe("USD to tokens", () => {
  it("never asks for less than the price, and for less than one unit or one cent more", () => {
    const rates = [E18, 999_800_000_000_000_000n, 3021n * E18 + 77n, 97_123n * E18, 12_345_678_901_234n, 1n];
    for (const priceMicros of amounts(1500, 10n ** 12n)) {
      for (const rateE18 of rates) {
        for (const decimals of [0, 6, 8, 18]) {
          const base = usdToTokenBase(priceMicros, rateE18, decimals);
          const worth = base * rateE18 * 1_000_000n;
          const price = priceMicros * E18 * 10n ** BigInt(decimals);
          expect(worth >= price).toBe(true);
          const unit = rateE18 * 1_000_000n;
          const cent = 10_000n * E18 * 10n ** BigInt(decimals);
          expect(worth - price < (unit > cent ? unit : cent + unit)).toBe(true);
        }
      }
    }
  });

  it("has 6 decimals where that is cheap, all of them where it is not", () => {
    expect(tokenAmountToText(usdToTokenBase(25_000_000n, 3000n * E18, 18), 18)).toBe("0.008334");
    expect(tokenAmountToText(usdToTokenBase(25_000_000n, 3n * E18, 18), 18)).toBe("8.333334");
    expect(tokenAmountToText(usdToTokenBase(25_000_000n, 70_000n * E18, 8), 8)).toBe("0.00035715");
    expect(usdToTokenBase(10_000n, 3000n * E18, 18)).toBe(3_333_333_333_334n);
    expect(usdToTokenBase(0n, E18, 18)).toBe(0n);
  });

  it("refuses a rate that is no price", () => {
    expect(() => usdToTokenBase(1n, 0n, 6)).toThrow(MoneyError);
    expect(() => usdToTokenBase(1n, -1n, 6)).toThrow(MoneyError);
    expect(() => usdToTokenBase(1n, 1n, 1.5)).toThrow(MoneyError);
  });

  it("goes back to USD rounded down", () => {
    expect(tokenBaseToUsdMicros(8_334_000_000_000_000n, 3000n * E18, 18)).toBe(25_002_000n);
    expect(tokenBaseToUsdMicros(1n, E18, 18)).toBe(0n);
  });
});

describe("token amounts for people", () => {
  it("shows at most 6 decimals and no trailing zeros", () => {
    expect(formatTokenAmount(1_500_000n, 6)).toBe("1.5");
    expect(formatTokenAmount(25n * E18, 18)).toBe("25");
    expect(formatTokenAmount(1_234_567_899_999_999_999n, 18)).toBe("1.234567");
    expect(formatTokenAmount(1_234_567_000_000_000_001n, 18, "up")).toBe("1.234568");
    expect(formatTokenAmount(1n, 18)).toBe("<0.000001");
    expect(formatTokenAmount(0n, 18)).toBe("0");
  });

  it("reads what a person types", () => {
    expect(parseTokenAmount("1.5", 6)).toBe(1_500_000n);
    expect(() => parseTokenAmount("1.0000001", 6)).toThrow(MoneyError);
    expect(() => parseTokenAmount("-1", 6)).toThrow(MoneyError);
  });
});

describe("fees", () => {
  it("add up to the amount, platform first, for any amount and fees", () => {
    for (const amountBase of amounts(3000, 1n << 128n)) {
      const feeBps = Number(amountBase % 1001n);
      const organizationFeeBps = Number((amountBase / 7n) % 1001n);
      const split = splitFees({ amountBase, feeBps, organizationFeeBps });
      expect(split.feeBase + split.organizationFeeBase + split.merchantBase).toBe(amountBase);
      expect(split.feeBase).toBe((amountBase * BigInt(feeBps)) / 10_000n);
      expect(split.organizationFeeBase).toBe(((amountBase - split.feeBase) * BigInt(organizationFeeBps)) / 10_000n);
    }
  });

  it.each([-1, 1001, 0.5, Number.NaN])("refuses %s basis points", (bps) => {
    expect(() => splitFees({ amountBase: 1n, feeBps: bps, organizationFeeBps: 0 })).toThrow(MoneyError);
    expect(() => splitFees({ amountBase: 1n, feeBps: 0, organizationFeeBps: bps })).toThrow(MoneyError);
  });
});
