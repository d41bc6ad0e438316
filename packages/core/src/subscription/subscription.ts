import type { SubscriptionStatus } from "@qbitflow/api";
import type { Period } from "@qbitflow/chains";

/** What a customer subscribed to, how it stands, and what is next. Its uuid is its session's. */
export interface Subscription {
  readonly uuid: string;
  readonly organizationId: bigint;
  readonly test: boolean;
  readonly userId: bigint;
  readonly kind: "subscription" | "payAsYouGo";
  readonly productId: bigint;
  readonly productName: string;
  readonly description: string;
  /** USD per period, or per unit. */
  readonly priceMicros: bigint;
  readonly customerUuid: string;
  readonly webhookUrl: string | null;
  readonly reference: string | null;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly frequency: Period;
  readonly status: SubscriptionStatus;
  /** A stable code and a sentence, where the status says that something is wrong. */
  readonly statusReason: string | null;
  readonly statusMessage: string | null;
  /** Counts the statuses from 1. */
  readonly statusSequence: number;
  readonly stopped: boolean;
  /** The mandate that is charged; null while nothing was authorised. */
  readonly network: string | null;
  readonly mandateHash: string | null;
  readonly trialEndsAt: Date | null;
  /** Period k begins here plus k periods. */
  readonly anchorAt: Date;
  readonly nextPeriodIndex: number;
  /** When the next period's bill is made; null = no bill is to come. */
  readonly nextBillAt: Date | null;
  readonly lastBilledAt: Date | null;
  readonly minPeriods: number | null;
  readonly minimumCancellationAt: Date | null;
  /** When the status ends by itself. */
  readonly statusEndsAt: Date | null;
  readonly freeCreditsMicros: bigint;
  /** Most one bill may ask (payAsYouGo). */
  readonly maxSpendingMicros: bigint | null;
  readonly unitsCurrentMicros: bigint;
  readonly carriedMicros: bigint;
  readonly usageToldPercent: number;
  readonly billingSequence: number;
  readonly fundsCheckAt: Date | null;
  /** As last seen on chain, in the token's base units. */
  readonly allowanceBase: bigint | null;
  readonly balanceBase: bigint | null;
  readonly portalVersion: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly cancelledAt: Date | null;
}

/** Selects a SubscriptionRow from `subscription s`. */
export const subscriptionColumns = `s.uuid, s.organization_id as "organizationId", s.test, s.user_id as "userId", s.kind,
  s.product_id as "productId", s.product_name as "productName", s.description, s.price_micros as "priceMicros",
  s.customer_uuid as "customerUuid", s.webhook_url as "webhookUrl", s.reference, s.metadata,
  s.frequency_unit as "frequencyUnit", s.frequency_length as "frequencyLength", s.status,
  s.status_reason as "statusReason", s.status_message as "statusMessage", s.status_sequence as "statusSequence",
  s.stopped, s.network, s.mandate_hash as "mandateHash", s.trial_ends_at as "trialEndsAt", s.anchor_at as "anchorAt",
  s.next_period_index as "nextPeriodIndex", s.next_bill_at as "nextBillAt", s.last_billed_at as "lastBilledAt",
  s.min_periods as "minPeriods", s.minimum_cancellation_at as "minimumCancellationAt",
  s.status_ends_at as "statusEndsAt", s.free_credits_micros as "freeCreditsMicros",
  s.max_spending_micros as "maxSpendingMicros", s.units_current_micros as "unitsCurrentMicros",
  s.carried_micros as "carriedMicros", s.usage_told_percent as "usageToldPercent",
  s.billing_sequence as "billingSequence", s.funds_check_at as "fundsCheckAt", s.allowance_base as "allowanceBase",
  s.balance_base as "balanceBase", s.portal_version as "portalVersion", s.created_at as "createdAt",
  s.updated_at as "updatedAt", s.cancelled_at as "cancelledAt"`;

export type SubscriptionRow = Omit<Subscription, "frequency" | "nextPeriodIndex" | "allowanceBase" | "balanceBase"> & {
  readonly frequencyUnit: Period["unit"];
  readonly frequencyLength: bigint;
  readonly nextPeriodIndex: bigint;
  readonly allowanceBase: string | null;
  readonly balanceBase: string | null;
};

export function toSubscription(row: SubscriptionRow): Subscription {
  const { frequencyUnit, frequencyLength, nextPeriodIndex, allowanceBase, balanceBase, ...same } = row;
  return {
    ...same,
    frequency: { unit: frequencyUnit, length: Number(frequencyLength) },
    nextPeriodIndex: Number(nextPeriodIndex),
    allowanceBase: allowanceBase === null ? null : BigInt(allowanceBase),
    balanceBase: balanceBase === null ? null : BigInt(balanceBase),
  };
}
