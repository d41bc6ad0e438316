import { describe, expect, it } from "vitest";
import { formatUsd, MAX_USD_MICROS, MoneyError, microsToJsonNumber, parseUsdNumber, parseUsdText } from "./index.ts";
import { amounts } from "./sample-amounts.ts";

function reasonOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof MoneyError) return error.reason;
    throw error;
  }
  return "accepted";
}

describe("USD", () => {
  it("survives JSON exactly for every amount up to 1e9 USD", () => {
    for (const micros of [0n, 1n, 999_999_999_999_999n, MAX_USD_MICROS, ...amounts(5000, MAX_USD_MICROS)]) {
      const json = JSON.stringify({ price: microsToJsonNumber(micros) });
      expect(parseUsdNumber(JSON.parse(json).price)).toBe(micros);
    }
  });

  it("reads the decimals that were written, not the float's", () => {
    expect(parseUsdNumber(0.1)).toBe(100_000n);
    expect(parseUsdNumber(1.1)).toBe(1_100_000n);
    expect(parseUsdNumber(99.99)).toBe(99_990_000n);
    expect(parseUsdNumber(0.000001)).toBe(1n);
    expect(parseUsdNumber(-0)).toBe(0n);
    expect(parseUsdText("007.50")).toBe(7_500_000n);
  });

  it.each([
    [Number.NaN, "not_finite"],
    [Number.POSITIVE_INFINITY, "not_finite"],
    ["10", "not_a_number"],
    [null, "not_a_number"],
    [10n, "not_a_number"],
    [-1, "negative"],
    [-1e-300, "negative"],
    [1e308, "too_large"],
    [1e21, "too_large"],
    [1_000_000_000.5, "too_large"],
    [0.1 + 0.2, "too_many_decimals"],
    [0.0000001, "too_many_decimals"],
    [5e-324, "too_many_decimals"],
    [1.0000001, "too_many_decimals"],
  ])("refuses %s as a price: %s", (value, reason) => {
    expect(reasonOf(() => parseUsdNumber(value))).toBe(reason);
  });

  it.each(["", " 1", "1 ", "1e3", "1,000", ".5", "5.", "+1", "0x10", "١", "1\n", "9".repeat(200)])(
    "refuses the text %j",
    (text) => {
      expect(reasonOf(() => parseUsdText(text))).toBe("malformed");
    },
  );

  it("refuses a JSON number that would not be exact", () => {
    expect(reasonOf(() => microsToJsonNumber(MAX_USD_MICROS + 1n))).toBe("out_of_range");
  });

  it("is formatted for people", () => {
    expect(formatUsd(1_234_500_000n)).toBe("$1,234.50");
    expect(formatUsd(0n)).toBe("$0.00");
    expect(formatUsd(1n)).toBe("$0.000001");
    expect(formatUsd(-3_000_000n)).toBe("-$3.00");
    expect(formatUsd(1_000_000_000_000_000n)).toBe("$1,000,000,000.00");
  });
});
