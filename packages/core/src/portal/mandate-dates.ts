import type { BlockRef } from "@qbitflow/chains";
import type { Bill } from "../bill/index.ts";
import { datesOf, type MandateDates } from "../mandate/index.ts";
import { periodStartsAt, type Subscription } from "../subscription/index.ts";

const seconds = (at: Date): number => Math.floor(at.getTime() / 1_000);

/**
 * When another mandate of a subscription begins to be charged: with the bill that waits, or the next one that comes, so
 * that no period is charged twice and none is left out. After a trial that nobody authorised, periods begin now. Pure.
 */
export function authorisedDates(
  subscription: Subscription,
  at: { readonly bill: Bill | null; readonly now: Date; readonly head: Pick<BlockRef, "timestamp"> },
): MandateDates {
  const { kind, frequency, status, nextPeriodIndex, nextBillAt } = subscription;
  const isFixed = kind === "subscription";
  if (status === "trial_expired" && nextPeriodIndex === 0) return datesOf({ kind, frequency }, at);
  if (at.bill) {
    const { dueAt, periodStartsAt: startsAt } = at.bill;
    return { anchorAt: seconds(isFixed ? dueAt : startsAt), firstChargeAt: seconds(dueAt) };
  }
  const dueAt = nextBillAt ?? periodStartsAt(subscription, isFixed ? nextPeriodIndex : nextPeriodIndex + 1);
  const anchorAt = isFixed ? dueAt : periodStartsAt(subscription, nextPeriodIndex);
  return { anchorAt: seconds(anchorAt), firstChargeAt: seconds(dueAt) };
}
