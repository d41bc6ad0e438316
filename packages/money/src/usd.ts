import { decimalText, parseDecimal } from "./decimal.ts";
import { MoneyError } from "./error.ts";

const USD_DECIMALS = 6;
export const MICROS_PER_USD = 1_000_000n;
/** 1e9 USD. Up to here every amount has at most 15 significant digits, so a JSON number carries it exactly. */
export const MAX_USD_MICROS = 10n ** 15n;

function parseUsd(text: string): bigint {
  let micros: bigint;
  try {
    micros = parseDecimal(text, USD_DECIMALS);
  } catch (error) {
    if (error instanceof MoneyError && error.reason === "too_many_decimals") {
      throw new MoneyError("too_many_decimals", "A USD amount has at most 6 decimals.");
    }
    throw error;
  }
  if (micros < 0n) throw new MoneyError("negative", "A USD amount must not be negative.");
  if (micros > MAX_USD_MICROS) throw new MoneyError("too_large", "A USD amount is at most 1000000000.");
  return micros;
}

/**
 * A JSON number of USD → micro-dollars. Read from the number's shortest decimal text, which is what the sender wrote.
 * Throws MoneyError for anything but a finite number ≥ 0, ≤ 1e9, with at most 6 decimals ("10" is not 10).
 */
export function parseUsdNumber(value: unknown): bigint {
  if (typeof value !== "number") throw new MoneyError("not_a_number", "A USD amount must be a number.");
  if (!Number.isFinite(value)) throw new MoneyError("not_finite", "A USD amount must be a finite number.");
  if (value > Number(MAX_USD_MICROS)) throw new MoneyError("too_large", "A USD amount is at most 1000000000.");
  if (value < 0) throw new MoneyError("negative", "A USD amount must not be negative.");
  // Anything written with a negative exponent is below one micro-dollar; the smallest doubles exceed the parser's bounds.
  if (value !== 0 && value < 1e-6) throw new MoneyError("too_many_decimals", "A USD amount has at most 6 decimals.");
  return parseUsd(String(value));
}

/** USD typed by a person, such as `12.34` → micro-dollars. Plain digits only; same limits as `parseUsdNumber`. */
export function parseUsdText(text: string): bigint {
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new MoneyError("malformed", "Write a USD amount like 12.34.");
  return parseUsd(text);
}

/** Micro-dollars → the JSON number of USD, exact. Throws MoneyError `out_of_range` beyond ±1e9 USD. */
export function microsToJsonNumber(micros: bigint): number {
  if (micros > MAX_USD_MICROS || micros < -MAX_USD_MICROS) {
    throw new MoneyError("out_of_range", "This USD amount is too large for a JSON number.");
  }
  return Number(microsToText(micros));
}

/** Micro-dollars → plain decimal text: `1234.5`. */
export function microsToText(micros: bigint): string {
  return decimalText(micros, USD_DECIMALS);
}

/** For people: `$1,234.50`; two decimals, or as many as the amount needs, up to six. */
export function formatUsd(micros: bigint): string {
  const [whole = "0", fraction = ""] = microsToText(micros < 0n ? -micros : micros).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${micros < 0n ? "-" : ""}$${grouped}.${fraction.padEnd(2, "0")}`;
}
