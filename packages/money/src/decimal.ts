import { MoneyError } from "./error.ts";

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;
const MAX_TEXT_LENGTH = 100;
const MAX_EXPONENT = 80;
export const MAX_SCALE = 77;

/** Throws unless `scale` is a count of decimals that a 256-bit amount can have. */
export function requireScale(scale: number): void {
  if (!Number.isInteger(scale) || scale < 0 || scale > MAX_SCALE) {
    throw new MoneyError("out_of_range", `A number of decimals must be an integer from 0 to ${MAX_SCALE}.`);
  }
}

/**
 * Decimal text as an integer scaled by 10^`scale`, exactly: `parseDecimal("1.25", 3)` is 1250n. Takes what JSON takes
 * as a number (exponents included) and leading zeros. Digits that do not fit the scale are refused unless they are zeros.
 */
export function parseDecimal(text: string, scale: number): bigint {
  requireScale(scale);
  const match = text.length <= MAX_TEXT_LENGTH ? DECIMAL.exec(text) : null;
  if (!match) throw new MoneyError("malformed", "This is not a decimal number.");
  const [, sign, whole = "", fraction = "", exponentText = "0"] = match;
  const exponent = Number(exponentText);
  if (Math.abs(exponent) > MAX_EXPONENT) throw new MoneyError("out_of_range", "The exponent is out of range.");
  const digits = BigInt(whole + fraction);
  const shift = scale - fraction.length + exponent;
  const unsigned = shift >= 0 ? digits * 10n ** BigInt(shift) : dropZeros(digits, -shift, scale);
  return sign === "-" ? -unsigned : unsigned;
}

function dropZeros(digits: bigint, count: number, scale: number): bigint {
  const divisor = 10n ** BigInt(count);
  if (digits % divisor !== 0n)
    throw new MoneyError("too_many_decimals", `At most ${scale} decimals are possible here.`);
  return digits / divisor;
}

/** The inverse of `parseDecimal`: plain decimal text without an exponent and without trailing zeros. */
export function decimalText(value: bigint, scale: number): string {
  requireScale(scale);
  const sign = value < 0n ? "-" : "";
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, "");
  return fraction === "" ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}
