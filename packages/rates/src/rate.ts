/** One source's part in a rate. */
export interface RateInput {
  readonly name: string;
  readonly usdPerTokenE18: bigint;
  readonly at: Date;
}

/** What one whole token costs, with where that comes from: kept with every payment. */
export interface Rate {
  readonly symbol: string;
  /** USD per whole token × 10^18: the `rateE18` of @qbitflow/money. */
  readonly usdPerTokenE18: bigint;
  /** The sources the median was taken of, by name. */
  readonly sources: readonly RateInput[];
  readonly at: Date;
  /** A price somebody typed in is among the sources. */
  readonly fixed: boolean;
}

/** A source that did not count, and why, in words. */
export interface LeftOut {
  readonly name: string;
  readonly why: string;
}

export type RateUnavailableReason = "too_few_sources" | "spread_too_wide";

/** No price that can be trusted: the currency is shown as unavailable, never a wrong price. Transient. */
export class RateUnavailableError extends Error {
  override readonly name = "RateUnavailableError";
  readonly symbol: string;
  readonly reason: RateUnavailableReason;
  readonly left: readonly LeftOut[];

  constructor(symbol: string, reason: RateUnavailableReason, left: readonly LeftOut[]) {
    const why = reason === "too_few_sources" ? "too few price sources answer" : "the price sources disagree";
    const details = left.map((source) => `${source.name}: ${source.why}`).join("; ");
    super(`There is no ${symbol} price now: ${why}${details === "" ? "" : ` (${details})`}.`);
    this.symbol = symbol;
    this.reason = reason;
    this.left = left;
  }
}
