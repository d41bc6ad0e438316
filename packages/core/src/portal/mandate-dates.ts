import type { BlockRef } from "@qbitflow/chains";
import type { Bill } from "../bill/index.ts";
import { datesOf, type MandateDates } from "../mandate/index.ts";
import { periodStartsAt, type Subscription } from "../subscription/index.ts";

const seconds = (at: Date): number => Math.floor(at.getTime() / 1_000);

/** Nothing was ever billed, and the trial is over: periods begin with the authorisation. */
const beginsNow = ({ status, nextPeriodIndex }: Subscription): boolean =>
  status === "trial_expired" && nextPeriodIndex === 0;

/** When the bill is due that another mandate pays first: the one that waits, or the next that comes. Pure. */
function dueAtOf(subscription: Subscription, bill: Bill | null): Date {
  const { kind, nextPeriodIndex, nextBillAt } = subscription;
  const next = kind === "subscription" ? nextPeriodIndex : nextPeriodIndex + 1;
  return bill?.dueAt ?? nextBillAt ?? periodStartsAt(subscription, next);
}

/** Whether a mandate that was offered before still begins with the right bill: that one may have been paid since. Pure. */
export function isStillDue(subscription: Subscription, bill: Bill | null, firstChargeAt: number): boolean {
  return beginsNow(subscription) || seconds(dueAtOf(subscription, bill)) === firstChargeAt;
}

/**
 * When another mandate of a subscription begins to be charged: with the bill that waits, or the next one that comes, so
 * that no period is charged twice and none is left out. After a trial that nobody authorised, periods begin now. Pure.
 */
export function authorisedDates(
  subscription: Subscription,
  at: { readonly bill: Bill | null; readonly now: Date; readonly head: Pick<BlockRef, "timestamp"> },
): MandateDates {
  const { kind, frequency, nextPeriodIndex } = subscription;
  if (beginsNow(subscription)) return datesOf({ kind, frequency }, at);
  const dueAt = dueAtOf(subscription, at.bill);
  const startsAt = at.bill?.periodStartsAt ?? periodStartsAt(subscription, nextPeriodIndex);
  return { anchorAt: seconds(kind === "subscription" ? dueAt : startsAt), firstChargeAt: seconds(dueAt) };
}
