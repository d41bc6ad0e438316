import type { SubscriptionStatus } from "@qbitflow/api";

/**
 * What may follow what (BILLING.md). `cancelled` is for good. A first charge may fail: after a trial, or when the
 * customer authorised late. `low_on_funds` after `pending` or `past_due` is a bill that went through with nothing left
 * for the next one.
 */
export const subscriptionTransitions: Readonly<Record<SubscriptionStatus, readonly SubscriptionStatus[]>> = {
  trial: ["active", "trial_expired", "pending", "past_due", "cancelled"],
  trial_expired: ["active", "pending", "past_due", "cancelled"],
  active: ["low_on_funds", "pending", "past_due", "cancelled"],
  low_on_funds: ["active", "pending", "past_due", "cancelled"],
  pending: ["active", "low_on_funds", "past_due", "cancelled"],
  past_due: ["active", "low_on_funds", "pending", "cancelled"],
  cancelled: [],
};

/** True when the table allows it. */
export function maySubscriptionChange(from: SubscriptionStatus, to: SubscriptionStatus): boolean {
  return subscriptionTransitions[from].includes(to);
}

/** A bill waits for the customer, and the grace runs. */
export const isInGrace = (status: SubscriptionStatus): boolean => status === "pending" || status === "past_due";
