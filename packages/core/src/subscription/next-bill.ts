import { findUnsettledBills, priceUsage } from "../bill/index.ts";
import type { Context } from "../context.ts";
import { periodStartsAt } from "./calendar.ts";
import { subscriptionView } from "./get.ts";
import type { Subscription } from "./subscription.ts";

export interface NextBill {
  readonly periodIndex: number;
  /** In the past for a bill that waits. */
  readonly dueAt: Date;
  /** As far as it is known now (payAsYouGo: what was used until now). */
  readonly amountMicros: bigint;
  /** Made already, and not paid. */
  readonly isOpen: boolean;
}

/** What the running period would ask if it ended now; nothing is carried for being small. Pure. */
export function usageSoFarMicros(subscription: Subscription): bigint {
  return priceUsage({ ...subscription, unitsMicros: subscription.unitsCurrentMicros, dustLimitMicros: 0n })
    .amountMicros;
}

/** The bill that is to be paid next; null when none is to come. Throws `not_found`. */
export async function nextBillOf(ctx: Context, uuid: string): Promise<NextBill | null> {
  const subscription = await subscriptionView(ctx, uuid);
  const [bill] = await findUnsettledBills(ctx.db, [uuid]);
  if (bill) {
    const { periodIndex, dueAt, amountMicros } = bill;
    return { periodIndex, dueAt, amountMicros, isOpen: true };
  }
  return comingBill(subscription);
}

/** The next bill that is not made yet. Pure. */
export function comingBill(subscription: Subscription): NextBill | null {
  const { nextBillAt, nextPeriodIndex, kind, priceMicros } = subscription;
  if (nextBillAt === null) return null;
  const amountMicros = kind === "subscription" ? priceMicros : usageSoFarMicros(subscription);
  return { periodIndex: nextPeriodIndex, dueAt: nextBillAt, amountMicros, isOpen: false };
}

/** Where the running period stands: what was paid lasts until its end. Pure. */
export function runningPeriodEndsAt(subscription: Subscription): Date {
  const { kind, nextPeriodIndex } = subscription;
  return periodStartsAt(subscription, kind === "subscription" ? nextPeriodIndex : nextPeriodIndex + 1);
}
