import { decimalText, parseDecimal, requireScale } from "./decimal.ts";
import { MoneyError } from "./error.ts";
import { divideRoundingDown, divideRoundingUp, type Rounding } from "./rounding.ts";
import { MICROS_PER_USD } from "./usd.ts";

/** What a rate is scaled by: `rateE18` = USD per whole token × 10^18. */
export const RATE_SCALE = 10n ** 18n;
const SHOWN_DECIMALS = 6;
const MAX_ROUNDING_COST_MICROS = 10_000n;
const MAX_ROUNDING_COST_SHARE = 100n;

/** Every decimal, exact: `tokenAmountToText(1500000n, 6)` is `1.5`. */
export function tokenAmountToText(amountBase: bigint, decimals: number): string {
  return decimalText(amountBase, decimals);
}

/**
 * For people: at most 6 decimals, zeros trimmed. Rounds down unless told otherwise (show what is to be paid with `up`);
 * an amount that would round down to nothing is `<0.000001`.
 */
export function formatTokenAmount(amountBase: bigint, decimals: number, rounding: Rounding = "down"): string {
  requireScale(decimals);
  if (decimals <= SHOWN_DECIMALS) return decimalText(amountBase, decimals);
  const step = 10n ** BigInt(decimals - SHOWN_DECIMALS);
  const shown = rounding === "up" ? divideRoundingUp(amountBase, step) : divideRoundingDown(amountBase, step);
  if (shown === 0n && amountBase > 0n) return "<0.000001";
  return decimalText(shown, SHOWN_DECIMALS);
}

/** `1.5` with 6 decimals → 1500000n. Plain digits only; throws MoneyError for more decimals than the token has. */
export function parseTokenAmount(text: string, decimals: number): bigint {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new MoneyError("malformed", "Write an amount like 1.5.");
  return parseDecimal(text, decimals);
}

function requireRate(rateE18: bigint): void {
  if (rateE18 <= 0n) throw new MoneyError("out_of_range", "A rate must be positive.");
}

/**
 * USD → token base units, never less than the price. Rounded up to 6 decimals, so that what is shown is what is paid,
 * where that costs the payer less than one cent and at most 1 % of the price; otherwise to the token's smallest unit.
 */
export function usdToTokenBase(priceMicros: bigint, rateE18: bigint, decimals: number): bigint {
  requireScale(decimals);
  requireRate(rateE18);
  if (priceMicros < 0n) throw new MoneyError("negative", "A price must not be negative.");
  const numerator = priceMicros * RATE_SCALE * 10n ** BigInt(decimals);
  const exactBase = divideRoundingUp(numerator, rateE18 * MICROS_PER_USD);
  if (decimals <= SHOWN_DECIMALS) return exactBase;
  const step = 10n ** BigInt(decimals - SHOWN_DECIMALS);
  const shownBase = divideRoundingUp(exactBase, step) * step;
  const costScaled = (shownBase - exactBase) * rateE18 * MICROS_PER_USD;
  const microScaled = RATE_SCALE * 10n ** BigInt(decimals);
  const cheap =
    costScaled < MAX_ROUNDING_COST_MICROS * microScaled &&
    costScaled * MAX_ROUNDING_COST_SHARE <= priceMicros * microScaled;
  return cheap ? shownBase : exactBase;
}

/** Token base units → USD micro-dollars, rounded down. */
export function tokenBaseToUsdMicros(amountBase: bigint, rateE18: bigint, decimals: number): bigint {
  requireScale(decimals);
  requireRate(rateE18);
  return divideRoundingDown(amountBase * rateE18 * MICROS_PER_USD, RATE_SCALE * 10n ** BigInt(decimals));
}
