import { MoneyError } from "./error.ts";
import { divideRoundingDown } from "./rounding.ts";

/** The contract's constant: neither fee can be above 10 %. */
export const MAX_FEE_BPS = 1000;
const BPS = 10_000n;

export interface FeeSplit {
  readonly feeBase: bigint;
  readonly organizationFeeBase: bigint;
  readonly merchantBase: bigint;
}

function requireBps(bps: number): bigint {
  if (!Number.isInteger(bps) || bps < 0 || bps > MAX_FEE_BPS) {
    throw new MoneyError("out_of_range", `A fee is an integer from 0 to ${MAX_FEE_BPS} basis points.`);
  }
  return BigInt(bps);
}

/**
 * The contract's rule: platform first, organization on the rest, both rounded down, the merchant
 * gets the remainder; the three always add up to the amount. Throws MoneyError for fees outside 0..1000 bps.
 */
export function splitFees(input: { amountBase: bigint; feeBps: number; organizationFeeBps: number }): FeeSplit {
  const { amountBase } = input;
  if (amountBase < 0n) throw new MoneyError("negative", "An amount must not be negative.");
  const feeBase = divideRoundingDown(amountBase * requireBps(input.feeBps), BPS);
  const rest = amountBase - feeBase;
  const organizationFeeBase = divideRoundingDown(rest * requireBps(input.organizationFeeBps), BPS);
  return { feeBase, organizationFeeBase, merchantBase: rest - organizationFeeBase };
}
