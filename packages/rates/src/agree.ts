import { median } from "./median.ts";
import type { LeftOut, RateInput, RateUnavailableReason } from "./rate.ts";

export interface AgreementLimits {
  readonly minSources: number;
  readonly maxSpreadBps: number;
}

export type Agreement =
  | { readonly usdPerTokenE18: bigint; readonly sources: readonly RateInput[] }
  | { readonly reason: RateUnavailableReason; readonly left: readonly LeftOut[] };

function distance(a: bigint, b: bigint): bigint {
  return a > b ? a - b : b - a;
}

function spreadIsAllowed(values: readonly bigint[], maxSpreadBps: number): boolean {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : 1));
  const [low = 0n, high = low] = [sorted[0], sorted.at(-1)];
  return (high - low) * 10_000n <= median(values) * BigInt(maxSpreadBps);
}

/**
 * The median of those inputs that lie within the allowed spread of each other. The furthest from the median goes
 * first; what stays must be enough sources and the majority, or a minority could set the price.
 */
export function agree(inputs: readonly RateInput[], limits: AgreementLimits): Agreement {
  const left: LeftOut[] = [];
  let kept = [...inputs];
  if (kept.length < limits.minSources || kept.length === 0) return { reason: "too_few_sources", left };
  while (
    !spreadIsAllowed(
      kept.map((input) => input.usdPerTokenE18),
      limits.maxSpreadBps,
    )
  ) {
    const middle = median(kept.map((input) => input.usdPerTokenE18));
    const furthest = kept.reduce((a, b) =>
      distance(b.usdPerTokenE18, middle) > distance(a.usdPerTokenE18, middle) ? b : a,
    );
    left.push({ name: furthest.name, why: "its price is too far from the others'" });
    kept = kept.filter((input) => input !== furthest);
  }
  if (kept.length < limits.minSources || kept.length * 2 <= inputs.length) return { reason: "spread_too_wide", left };
  return { usdPerTokenE18: median(kept.map((input) => input.usdPerTokenE18)), sources: kept };
}
