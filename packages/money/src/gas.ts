import { MoneyError } from "./error.ts";
import { divideRoundingUp } from "./rounding.ts";
import { RATE_SCALE } from "./token.ts";
import { MICROS_PER_USD } from "./usd.ts";

const BPS = 10_000n;

export interface GasCost {
  readonly gas: bigint;
  /** Of one unit of gas, in base units of the native coin. */
  readonly gasPriceBase: bigint;
  /** Asked for on top of gas, in the same units: a rollup's fee for publishing. */
  readonly dataFeeBase: bigint;
  /** Added for a price that rises until it is sent. */
  readonly marginBps: number;
  readonly native: { readonly rateE18: bigint; readonly decimals: number };
}

/**
 * What sending costs, in USD micro-dollars, margin included. Rounded up: whoever sends never pays on top. Throws MoneyError
 * for a rate that is not positive and for negative gas, price or margin.
 */
export function gasCostMicros({ gas, gasPriceBase, dataFeeBase, marginBps, native }: GasCost): bigint {
  if (gas < 0n || gasPriceBase < 0n || dataFeeBase < 0n) {
    throw new MoneyError("negative", "Gas, its price and a fee on top must not be negative.");
  }
  if (!Number.isInteger(marginBps) || marginBps < 0) {
    throw new MoneyError("out_of_range", "A margin is a number of basis points from 0.");
  }
  if (native.rateE18 <= 0n) throw new MoneyError("out_of_range", "A rate must be positive.");
  const numerator = (gas * gasPriceBase + dataFeeBase) * (BPS + BigInt(marginBps)) * native.rateE18 * MICROS_PER_USD;
  return divideRoundingUp(numerator, BPS * RATE_SCALE * 10n ** BigInt(native.decimals));
}
