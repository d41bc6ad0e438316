import { divideRoundingDown } from "@qbitflow/money";

const MICROS = 1_000_000n;

export interface UsageToPrice {
  /** Units of the period, 6 decimals. */
  readonly unitsMicros: bigint;
  /** USD per unit, 6 decimals. */
  readonly priceMicros: bigint;
  /** USD still to be used before units cost something. */
  readonly freeCreditsMicros: bigint;
  /** USD carried over from earlier periods; free credits were taken off it already. */
  readonly carriedMicros: bigint;
  /** Most one bill may ask; null = no limit, 0 = nothing is asked now (an earlier bill is unsettled). */
  readonly maxSpendingMicros: bigint | null;
  readonly dustLimitMicros: bigint;
}

export interface PricedUsage {
  /** What the bill asks; 0 = nothing is due. */
  readonly amountMicros: bigint;
  readonly freeCreditsUsedMicros: bigint;
  readonly carriedOutMicros: bigint;
}

const least = (a: bigint, b: bigint) => (a < b ? a : b);

/** Units × price in micro-dollars, exact to 6 decimals, rounded down: nobody pays for a part of a unit that was not used. */
export function usageMicros(unitsMicros: bigint, priceMicros: bigint): bigint {
  return divideRoundingDown(unitsMicros * priceMicros, MICROS);
}

/**
 * A pay-as-you-go bill (BILLING.md): units × price − free credits + what was carried over, stopped at the cap; what is
 * over it is carried on, and so is all of it when it is below the dust limit. Nothing is lost: asked + carried out =
 * usage − credits used + carried in. Pure.
 */
export function priceUsage(usage: UsageToPrice): PricedUsage {
  const cost = usageMicros(usage.unitsMicros, usage.priceMicros);
  const freeCreditsUsedMicros = least(cost, usage.freeCreditsMicros);
  const total = cost - freeCreditsUsedMicros + usage.carriedMicros;
  const capped = usage.maxSpendingMicros === null ? total : least(total, usage.maxSpendingMicros);
  // A cap below the dust limit would carry for ever.
  const dust =
    usage.maxSpendingMicros === null ? usage.dustLimitMicros : least(usage.dustLimitMicros, usage.maxSpendingMicros);
  const amountMicros = capped < dust ? 0n : capped;
  return { amountMicros, freeCreditsUsedMicros, carriedOutMicros: total - amountMicros };
}
