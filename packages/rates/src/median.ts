import { divideRoundingHalfEven } from "@qbitflow/money";

/** The middle value; of an even number, the mean of the middle two, rounded half to even. Throws when there is none. */
export function median(values: readonly bigint[]): bigint {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[middle - 1], sorted[middle]];
  if (high === undefined) throw new RangeError("There is no median of nothing.");
  return sorted.length % 2 === 1 || low === undefined ? high : divideRoundingHalfEven(low + high, 2n);
}
