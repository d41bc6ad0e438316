import { MoneyError } from "./error.ts";

export type Rounding = "up" | "down";

function requirePositive(divisor: bigint): void {
  if (divisor <= 0n) throw new MoneyError("out_of_range", "A divisor must be positive.");
}

/** Towards −∞, also for negative numerators. `divisor` must be positive. */
export function divideRoundingDown(numerator: bigint, divisor: bigint): bigint {
  requirePositive(divisor);
  const quotient = numerator / divisor;
  return numerator % divisor < 0n ? quotient - 1n : quotient;
}

/** Towards +∞, also for negative numerators. `divisor` must be positive. */
export function divideRoundingUp(numerator: bigint, divisor: bigint): bigint {
  requirePositive(divisor);
  const quotient = numerator / divisor;
  return numerator % divisor > 0n ? quotient + 1n : quotient;
}

/** To the nearest; a tie goes to the even neighbour. `divisor` must be positive. */
export function divideRoundingHalfEven(numerator: bigint, divisor: bigint): bigint {
  const floor = divideRoundingDown(numerator, divisor);
  const twiceRest = (numerator - floor * divisor) * 2n;
  if (twiceRest > divisor || (twiceRest === divisor && floor % 2n !== 0n)) return floor + 1n;
  return floor;
}
