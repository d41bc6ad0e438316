import type { Queryable } from "@qbitflow/db";
import {
  type AttemptRow,
  attemptColumns,
  type Bill,
  type BillAttempt,
  type BillRow,
  billColumns,
  toAttempt,
  toBill,
} from "./bill.ts";

const json = (rows: readonly object[]) =>
  JSON.stringify(rows, (_key, value) => (typeof value === "bigint" ? String(value) : value));

/** The bill of each of these subscriptions that is open or being charged; at most one each. */
export async function findUnsettledBills(db: Queryable, subscriptionUuids: readonly string[]): Promise<Bill[]> {
  const rows = await db.query<BillRow>(
    `select ${billColumns} from bill b where b.subscription_uuid = any($1::uuid[]) and b.status in ('open', 'charging')`,
    [subscriptionUuids],
    { name: "bills_unsettled" },
  );
  return rows.map(toBill);
}

export async function findBills(db: Queryable, uuids: readonly string[]): Promise<Bill[]> {
  const rows = await db.query<BillRow>(`select ${billColumns} from bill b where b.uuid = any($1::uuid[])`, [uuids], {
    name: "bills_by_uuid",
  });
  return rows.map(toBill);
}

/** A subscription's bills, the newest period first. */
export async function findBillsOf(db: Queryable, subscriptionUuid: string, limit: number): Promise<Bill[]> {
  const rows = await db.query<BillRow>(
    `select ${billColumns} from bill b where b.subscription_uuid = $1 order by b.period_index desc limit $2`,
    [subscriptionUuid, limit],
    { name: "bills_of_subscription" },
  );
  return rows.map(toBill);
}

/** The newest attempt of each of these bills. */
export async function findLatestAttempts(db: Queryable, billUuids: readonly string[]): Promise<BillAttempt[]> {
  const rows = await db.query<AttemptRow>(
    `select distinct on (a.bill_uuid) ${attemptColumns} from bill_attempt a where a.bill_uuid = any($1::uuid[])
     order by a.bill_uuid, a.number desc`,
    [billUuids],
    { name: "bill_attempts_latest" },
  );
  return rows.map(toAttempt);
}

export interface ChargeKey {
  readonly network: string;
  readonly transactionHash: string;
  readonly mandateHash: string;
}

/** Attempts that these transactions settled, whatever became of them. */
export async function findAttemptsByCharge(db: Queryable, keys: readonly ChargeKey[]): Promise<BillAttempt[]> {
  if (keys.length === 0) return [];
  const rows = await db.query<AttemptRow>(
    `select ${attemptColumns}
     from json_to_recordset($1::json) as k(network text, "transactionHash" text, "mandateHash" text)
     join bill_attempt a on a.network = k.network and a.transaction_hash = k."transactionHash"
       and a.mandate_hash = k."mandateHash"`,
    [json(keys)],
    { name: "bill_attempts_by_charge" },
  );
  return rows.map(toAttempt);
}

const SAVE_BILLS = `
  insert into bill as b (uuid, subscription_uuid, organization_id, test, period_index, period_starts_at, period_ends_at,
    due_at, amount_micros, units_micros, free_credits_used_micros, carried_in_micros, carried_out_micros, status,
    next_attempt_at, is_urgent, first_failed_at, created_at, settled_at)
  select uuid, "subscriptionUuid", "organizationId", test, "periodIndex", "periodStartsAt", "periodEndsAt",
    "dueAt", "amountMicros", "unitsMicros", "freeCreditsUsedMicros", "carriedInMicros", "carriedOutMicros", status,
    "nextAttemptAt", "isUrgent", "firstFailedAt", "createdAt", "settledAt"
  from json_to_recordset($1::json) as n(uuid uuid, "subscriptionUuid" uuid, "organizationId" bigint, test boolean,
    "periodIndex" bigint, "periodStartsAt" timestamptz, "periodEndsAt" timestamptz, "dueAt" timestamptz,
    "amountMicros" bigint, "unitsMicros" bigint, "freeCreditsUsedMicros" bigint, "carriedInMicros" bigint,
    "carriedOutMicros" bigint, status text, "nextAttemptAt" timestamptz, "isUrgent" boolean, "firstFailedAt" timestamptz,
    "createdAt" timestamptz, "settledAt" timestamptz)
  on conflict (uuid) do update set status = excluded.status, next_attempt_at = excluded.next_attempt_at,
    is_urgent = excluded.is_urgent, first_failed_at = excluded.first_failed_at, settled_at = excluded.settled_at,
    carried_out_micros = excluded.carried_out_micros, amount_micros = excluded.amount_micros, claim = null, claimed_until = null`;

/**
 * Writes bills as they are now, new ones too; of one that was there only what can change. Their subscriptions' rows must
 * be locked. Settled ones must come before new ones: a subscription has at most one that is not.
 */
export async function saveBills(db: Queryable, bills: readonly Bill[]): Promise<void> {
  if (bills.length > 0) await db.query(SAVE_BILLS, [json(bills)], { name: "bills_save" });
}

const SAVE_ATTEMPTS = `
  insert into bill_attempt as a (uuid, bill_uuid, number, network, mandate_hash, relay_call_uuid, currency_id,
    amount_base, fee_bps, execution_fee_base, rate_e18, rate_sources, rated_at, state, reason, message,
    transaction_hash, created_at, settled_at)
  select uuid, "billUuid", number, network, "mandateHash", "relayCallUuid", "currencyId", "amountBase", "feeBps",
    "executionFeeBase", "rateE18", "rateSources", "ratedAt", state, reason, message, "transactionHash", "createdAt",
    "settledAt"
  from json_to_recordset($1::json) as n(uuid uuid, "billUuid" uuid, number integer, network text, "mandateHash" text,
    "relayCallUuid" uuid, "currencyId" integer, "amountBase" numeric, "feeBps" integer, "executionFeeBase" numeric,
    "rateE18" numeric, "rateSources" jsonb, "ratedAt" timestamptz, state text, reason text, message text,
    "transactionHash" text, "createdAt" timestamptz, "settledAt" timestamptz)
  on conflict (uuid) do update set state = excluded.state, reason = excluded.reason, message = excluded.message,
    transaction_hash = excluded.transaction_hash, amount_base = excluded.amount_base, fee_bps = excluded.fee_bps,
    execution_fee_base = excluded.execution_fee_base, settled_at = excluded.settled_at`;

/** The same for attempts. */
export async function saveAttempts(db: Queryable, attempts: readonly BillAttempt[]): Promise<void> {
  if (attempts.length > 0) await db.query(SAVE_ATTEMPTS, [json(attempts)], { name: "bill_attempts_save" });
}

export interface PaidPage {
  readonly organizationId: bigint;
  readonly test: boolean;
  /** One subscription's alone; null = all. */
  readonly subscriptionUuid: string | null;
  readonly after: string | null;
  readonly limit: number;
}

/** Paid bills, the newest uuid first. */
export async function findPaidBills(db: Queryable, page: PaidPage): Promise<Bill[]> {
  const rows = await db.query<BillRow>(
    `select ${billColumns} from bill b where b.organization_id = $1 and b.test = $2 and b.status = 'paid'
       and ($3::uuid is null or b.subscription_uuid = $3) and ($4::uuid is null or b.uuid < $4)
     order by b.uuid desc limit $5`,
    [page.organizationId, page.test, page.subscriptionUuid, page.after, page.limit],
    { name: "bills_paid" },
  );
  return rows.map(toBill);
}

/** The bills of these periods of one subscription. */
export async function findBillsOfPeriods(
  db: Queryable,
  subscriptionUuid: string,
  periods: readonly number[],
): Promise<Bill[]> {
  const rows = await db.query<BillRow>(
    `select ${billColumns} from bill b where b.subscription_uuid = $1 and b.period_index = any($2::bigint[])
     order by b.period_index desc`,
    [subscriptionUuid, periods],
  );
  return rows.map(toBill);
}

/** Every attempt of these bills, in order. */
export async function findAttemptsOf(db: Queryable, billUuids: readonly string[]): Promise<BillAttempt[]> {
  const rows = await db.query<AttemptRow>(
    `select ${attemptColumns} from bill_attempt a where a.bill_uuid = any($1::uuid[]) order by a.bill_uuid, a.number`,
    [billUuids],
  );
  return rows.map(toAttempt);
}
