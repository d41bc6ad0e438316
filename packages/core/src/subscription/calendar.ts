import { type Period, periodIndexAt, periodStart } from "@qbitflow/chains";
import type { Subscription } from "./subscription.ts";

type Calendar = Pick<Subscription, "anchorAt" | "frequency">;

const seconds = (at: Date): number => Math.floor(at.getTime() / 1_000);

/** When period k begins. The anchor is in whole seconds, as the chain counts. */
export function periodStartsAt({ anchorAt, frequency }: Calendar, k: number): Date {
  return new Date(periodStart(seconds(anchorAt), frequency, k) * 1_000);
}

/** The period that runs at a time; −1 before the anchor. */
export function runningPeriod({ anchorAt, frequency }: Calendar, at: Date): number {
  return periodIndexAt(seconds(anchorAt), frequency, seconds(at));
}

/** A length of time as `frequency` and `trialPeriod` report it, in seconds: a month is 2 592 000. */
export function periodSeconds({ unit, length }: Period): number {
  return unit === "months" ? length * 2_592_000 : length;
}
