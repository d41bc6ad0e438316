import { type BlockRef, type Period, periodStart } from "@qbitflow/chains";
import type { SessionOptions } from "../checkout-session/index.ts";

/** A chain that is this far behind can be charged at once none the less. */
const CHAIN_LAG_SECONDS = 60;

export interface MandateDates {
  /** Unix seconds: where period 0 begins. */
  readonly anchorAt: number;
  /** Unix seconds: when the contract's period 0 begins. */
  readonly firstChargeAt: number;
}

/**
 * When a new subscription begins to be charged: fixed at its start or its trial's end, pay-as-you-go one period later. A
 * start that is charged at once is not after the chain's own clock, which may be a little behind. Pure.
 */
export function datesOf(
  options: Pick<SessionOptions, "kind" | "frequency" | "trial">,
  at: { readonly now: Date; readonly head: Pick<BlockRef, "timestamp"> },
): MandateDates {
  const nowSeconds = Math.floor(at.now.getTime() / 1_000);
  const startsAt = Math.min(nowSeconds, Math.max(at.head.timestamp, nowSeconds - CHAIN_LAG_SECONDS));
  const anchorAt = options.trial === undefined ? startsAt : trialEnd(nowSeconds, options.trial);
  return { anchorAt, firstChargeAt: firstChargeOf(options, anchorAt) };
}

/** Unix seconds. */
export const trialEnd = (fromSeconds: number, trial: Period): number => periodStart(fromSeconds, trial, 1);

/** Fixed: the anchor. Pay-as-you-go: the end of the first period. */
export function firstChargeOf(options: Pick<SessionOptions, "kind" | "frequency">, anchorAt: number): number {
  return options.kind === "subscription" ? anchorAt : periodStart(anchorAt, options.frequency, 1);
}
