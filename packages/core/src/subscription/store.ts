import type { Queryable } from "@qbitflow/db";
import type { Tenant } from "../tenant.ts";
import { isHeard } from "../webhook/tell-listeners.ts";
import { type Subscription, type SubscriptionRow, subscriptionColumns, toSubscription } from "./subscription.ts";

export const asJson = (rows: readonly object[]) =>
  JSON.stringify(rows, (_key, value) => (typeof value === "bigint" ? String(value) : value));

/** In the order of their uuids, locked until the transaction ends; unknown ones are left out. */
export async function lockSubscriptions(db: Queryable, uuids: readonly string[]): Promise<Subscription[]> {
  const rows = await db.query<SubscriptionRow>(
    `select ${subscriptionColumns} from subscription s where s.uuid = any($1::uuid[]) order by s.uuid for no key update`,
    [[...uuids]],
    { name: "subscriptions_lock" },
  );
  return rows.map(toSubscription);
}

/** The same for those that nobody holds at the moment. */
export async function lockFreeSubscriptions(db: Queryable, uuids: readonly string[]): Promise<Subscription[]> {
  const rows = await db.query<SubscriptionRow>(
    `select ${subscriptionColumns} from subscription s where s.uuid = any($1::uuid[]) order by s.uuid
     for no key update skip locked`,
    [[...uuids]],
    { name: "subscriptions_lock_free" },
  );
  return rows.map(toSubscription);
}

export async function findSubscriptions(db: Queryable, uuids: readonly string[]): Promise<Subscription[]> {
  const rows = await db.query<SubscriptionRow>(
    `select ${subscriptionColumns} from subscription s where s.uuid = any($1::uuid[])`,
    [[...uuids]],
    { name: "subscriptions_find" },
  );
  return rows.map(toSubscription);
}

/** Newest first. */
export async function findSubscriptionPage(
  db: Queryable,
  tenant: Tenant,
  page: { readonly kind: Subscription["kind"] | null; readonly limit: number; readonly after: string | null },
): Promise<Subscription[]> {
  const rows = await db.query<SubscriptionRow>(
    `select ${subscriptionColumns} from subscription s
     where s.organization_id = $1 and s.test = $2 and ($3::uuid is null or s.uuid < $3)
       and ($4::text is null or s.kind = $4)
     order by s.uuid desc limit $5`,
    [tenant.organizationId, tenant.test, page.after, page.kind, page.limit],
    { name: "subscriptions_page" },
  );
  return rows.map(toSubscription);
}

const INSERT = `
  insert into subscription (uuid, organization_id, test, user_id, kind, product_id, product_name, description,
    price_micros, customer_uuid, webhook_url, reference, metadata, frequency_unit, frequency_length, status, network,
    mandate_hash, trial_ends_at, anchor_at, next_period_index, next_bill_at, last_billed_at, min_periods,
    minimum_cancellation_at, status_ends_at, free_credits_micros, max_spending_micros, funds_check_at, created_at, updated_at)
  select uuid, "organizationId", test, "userId", kind, "productId", "productName", description,
    "priceMicros", "customerUuid", "webhookUrl", reference, metadata, "frequencyUnit", "frequencyLength", status, network,
    "mandateHash", "trialEndsAt", "anchorAt", "nextPeriodIndex", "nextBillAt", "lastBilledAt", "minPeriods",
    "minimumCancellationAt", "statusEndsAt", "freeCreditsMicros", "maxSpendingMicros", "fundsCheckAt", "createdAt",
    "updatedAt"
  from json_to_recordset($1::json) as n(uuid uuid, "organizationId" bigint, test boolean, "userId" bigint, kind text,
    "productId" bigint, "productName" text, description text, "priceMicros" bigint, "customerUuid" uuid,
    "webhookUrl" text, reference text, metadata jsonb, "frequencyUnit" text, "frequencyLength" bigint, status text,
    network text, "mandateHash" text, "trialEndsAt" timestamptz, "anchorAt" timestamptz, "nextPeriodIndex" bigint,
    "nextBillAt" timestamptz, "lastBilledAt" timestamptz, "minPeriods" integer, "minimumCancellationAt" timestamptz,
    "statusEndsAt" timestamptz, "freeCreditsMicros" bigint, "maxSpendingMicros" bigint, "fundsCheckAt" timestamptz,
    "createdAt" timestamptz, "updatedAt" timestamptz)
  on conflict (uuid) do nothing
  returning uuid`;

/** False when the session has one already. */
export async function insertSubscription(db: Queryable, subscription: Subscription): Promise<boolean> {
  const { unit, length } = subscription.frequency;
  const row = { ...subscription, frequencyUnit: unit, frequencyLength: length };
  return (await db.query(INSERT, [asJson([row])], { name: "subscription_insert" })).length === 1;
}

const UPDATE = `
  update subscription s set status = n.status, status_reason = n."statusReason", status_message = n."statusMessage",
    status_sequence = n."statusSequence", stopped = n.stopped, network = n.network, mandate_hash = n."mandateHash",
    anchor_at = n."anchorAt", next_period_index = n."nextPeriodIndex", next_bill_at = n."nextBillAt",
    last_billed_at = n."lastBilledAt", minimum_cancellation_at = n."minimumCancellationAt",
    status_ends_at = n."statusEndsAt", free_credits_micros = n."freeCreditsMicros",
    max_spending_micros = n."maxSpendingMicros", units_current_micros = n."unitsCurrentMicros",
    carried_micros = n."carriedMicros", usage_told_percent = n."usageToldPercent",
    billing_sequence = n."billingSequence", funds_check_at = n."fundsCheckAt", allowance_base = n."allowanceBase",
    balance_base = n."balanceBase", portal_version = n."portalVersion", updated_at = n."updatedAt",
    cancelled_at = n."cancelledAt"
  from json_to_recordset($1::json) as n(uuid uuid, "fromStatus" text, "fromSequence" integer, status text,
    "statusReason" text, "statusMessage" text, "statusSequence" integer, stopped boolean, network text,
    "mandateHash" text, "anchorAt" timestamptz, "nextPeriodIndex" bigint, "nextBillAt" timestamptz,
    "lastBilledAt" timestamptz, "minimumCancellationAt" timestamptz, "statusEndsAt" timestamptz,
    "freeCreditsMicros" bigint, "maxSpendingMicros" bigint, "unitsCurrentMicros" bigint, "carriedMicros" bigint,
    "usageToldPercent" integer, "billingSequence" integer, "fundsCheckAt" timestamptz, "allowanceBase" numeric,
    "balanceBase" numeric, "portalVersion" integer, "updatedAt" timestamptz, "cancelledAt" timestamptz)
  where s.uuid = n.uuid and s.status = n."fromStatus" and s.status_sequence = n."fromSequence"
  returning s.uuid, coalesce(s.webhook_url, (
    select m.default_webhook_url from organization_mode m where m.organization_id = s.organization_id and m.test = s.test
  )) as "targetUrl", ${isHeard("s")} as "isHeard"`;

export interface SubscriptionUpdate {
  readonly before: Subscription;
  readonly after: Subscription;
}

/** Where a subscription's webhooks go. */
export interface WebhookTarget {
  readonly url: string | null;
  /** Somebody listens to this tenant's webhooks. */
  readonly isHeard: boolean;
}

/** Writes what can change of locked subscriptions, each guarded by the status it had. Returns where each one's webhooks go. */
export async function updateSubscriptions(
  db: Queryable,
  updates: readonly SubscriptionUpdate[],
): Promise<Map<string, WebhookTarget>> {
  const rows = updates.map(({ before, after }) => ({
    ...after,
    fromStatus: before.status,
    fromSequence: before.statusSequence,
  }));
  const updated = await db.query<{ uuid: string; targetUrl: string | null; isHeard: boolean }>(UPDATE, [asJson(rows)], {
    name: "subscriptions_update",
  });
  return new Map(updated.map(({ uuid, targetUrl, isHeard }) => [uuid, { url: targetUrl, isHeard }]));
}
