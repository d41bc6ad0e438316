import type { Queryable } from "@qbitflow/db";

/** The two modes bill by different clocks: test mode only up to where the test clock was moved. */
export interface BillingTime {
  readonly now: Date;
  readonly testUntil: Date | null;
}

const uuidsOf = (rows: readonly { uuid: string }[]): string[] => rows.map(({ uuid }) => uuid);

/** Up to when a mode may bill now; null = not at all. */
export function billableUntil({ now, testUntil }: BillingTime, test: boolean): Date | null {
  if (!test) return now;
  return testUntil === null || testUntil < now ? testUntil : now;
}

/** Subscriptions of a mode whose next bill is to be made by `until`. */
export async function findBillsToMake(
  db: Queryable,
  { test, until, limit }: { readonly test: boolean; readonly until: Date; readonly limit: number },
): Promise<string[]> {
  const rows = await db.query<{ uuid: string }>(
    `select s.uuid from subscription s
     where s.test = $1 and s.next_bill_at <= $2
       and not exists (select 1 from bill b where b.subscription_uuid = s.uuid and b.status = 'charging')
     order by s.next_bill_at limit $3`,
    [test, until, limit],
    { name: "billing_to_make" },
  );
  return uuidsOf(rows);
}

export interface ClaimedBill {
  readonly uuid: string;
  readonly subscriptionUuid: string;
}

const CLAIM = `
  with due as (
    select uuid from (
      (select uuid, next_attempt_at from bill where status = 'open' and is_urgent and next_attempt_at <= $1
         and (claimed_until is null or claimed_until < clock_timestamp())
       order by next_attempt_at limit $3)
      union
      (select uuid, next_attempt_at from bill where status = 'open' and not test and next_attempt_at <= $1
         and (claimed_until is null or claimed_until < clock_timestamp())
       order by next_attempt_at limit $3)
      union
      (select uuid, next_attempt_at from bill where status = 'open' and test and next_attempt_at <= $2::timestamptz
         and (claimed_until is null or claimed_until < clock_timestamp())
       order by next_attempt_at limit $3)
    ) candidate
    order by next_attempt_at limit $3
  ), free as (
    select b.uuid from bill b where b.uuid in (select uuid from due) and b.status = 'open'
      and (b.claimed_until is null or b.claimed_until < clock_timestamp())
    for no key update skip locked
  )
  update bill b set claim = $4, claimed_until = clock_timestamp() + $5 * interval '1 millisecond'
  from free where b.uuid = free.uuid
  returning b.uuid, b.subscription_uuid as "subscriptionUuid"`;

/** Claims due bills for one worker: another one gets others, and these again only when the claim ran out. */
export async function claimBills(
  db: Queryable,
  input: BillingTime & { readonly limit: number; readonly claim: string; readonly leaseMs: number },
): Promise<ClaimedBill[]> {
  const { now, limit, claim, leaseMs } = input;
  return db.query(CLAIM, [now, billableUntil(input, true), limit, claim, leaseMs], { name: "billing_claim" });
}

/** Those of these bills that are still claimed by it, and open. */
export async function findClaimed(db: Queryable, claim: string, uuids: readonly string[]): Promise<Set<string>> {
  const rows = await db.query<{ uuid: string }>(
    "select uuid from bill where uuid = any($1::uuid[]) and claim = $2 and status = 'open'",
    [uuids, claim],
    { name: "billing_claimed" },
  );
  return new Set(uuidsOf(rows));
}

/** Every claim is nobody's: where the processes that made them are gone for certain. */
export async function freeBillClaims(db: Queryable): Promise<void> {
  await db.query("update bill set claim = null, claimed_until = null where status = 'open' and claim is not null");
}

/** Open bills that wait only because their chain could not be asked are due now. Returns how many. */
export async function hurryUnasked(db: Queryable, now: Date): Promise<number> {
  const rows = await db.query(
    `update bill b set next_attempt_at = $1, is_urgent = true
     where b.status = 'open' and b.next_attempt_at > $1 and (
       select a.reason = 'chain_unavailable' and a.relay_call_uuid is null
       from bill_attempt a where a.bill_uuid = b.uuid order by a.number desc limit 1)
     returning b.uuid, pg_notify('bill_due', '')`,
    [now],
  );
  return rows.length;
}

export interface UnderWay {
  readonly subscriptionUuid: string;
  readonly billUuid: string;
  readonly relayCallUuid: string | null;
  readonly network: string;
  readonly mandateHash: string;
  /** Of a charge that no call of ours brought, or that was shown once. */
  readonly transactionHash: string | null;
  readonly createdAt: Date;
}

/** Charges that wait for the relay or the chain, the oldest first. */
export async function findUnderWay(db: Queryable, limit: number): Promise<UnderWay[]> {
  return db.query(
    `select b.subscription_uuid as "subscriptionUuid", b.uuid as "billUuid", a.relay_call_uuid as "relayCallUuid",
       a.network, a.mandate_hash as "mandateHash", a.transaction_hash as "transactionHash", a.created_at as "createdAt"
     from bill_attempt a join bill b on b.uuid = a.bill_uuid and b.status = 'charging'
     where a.state = 'sending' order by a.created_at limit $1`,
    [limit],
    { name: "billing_under_way" },
  );
}

// A retry that may be made comes before the end; in test mode one that the test clock does not let through does not count.
const ENDS = `
  from subscription s
  where s.status_ends_at <= $1 and not exists (
    select 1 from bill b where b.subscription_uuid = s.uuid and (b.status = 'charging'
      or (b.status = 'open' and b.next_attempt_at <= (case when b.test and not b.is_urgent then $2::timestamptz else $1 end))))`;

/** Subscriptions whose status's time is over. */
export async function findStatusesThatEnd(db: Queryable, time: BillingTime, limit: number): Promise<string[]> {
  const rows = await db.query<{ uuid: string }>(`select s.uuid ${ENDS} order by s.status_ends_at limit $3`, [
    time.now,
    billableUntil(time, true),
    limit,
  ]);
  return uuidsOf(rows);
}

/** Subscriptions whose wallets are to be looked at. */
export async function findFundsToCheck(db: Queryable, now: Date, limit: number): Promise<string[]> {
  const rows = await db.query<{ uuid: string }>(
    "select uuid from subscription where funds_check_at <= $1 order by funds_check_at limit $2",
    [now, limit],
    { name: "billing_funds_due" },
  );
  return uuidsOf(rows);
}

/** From `after`, exclusive, up to `before`; null = for ever. */
export interface TimeToCome {
  readonly after: Date;
  readonly before: Date | null;
}

/** The next looks at wallets in that time, in order. */
export async function findLooks(
  db: Queryable,
  { after, before, limit }: TimeToCome & { readonly limit: number },
): Promise<{ readonly uuid: string; readonly at: Date }[]> {
  return db.query(
    `select uuid, funds_check_at as at from subscription
     where funds_check_at > $1 and ($2::timestamptz is null or funds_check_at < $2)
     order by funds_check_at limit $3`,
    [after, before, limit],
    { name: "billing_looks" },
  );
}

/** The first instant after `after` at which a bill is to be made or tried, or a status ends. */
export async function findNextInstant(db: Queryable, after: Date): Promise<Date | null> {
  const [row] = await db.query<{ at: Date | null }>(
    `select min(at) as at from (
       select min(next_bill_at) as at from subscription where next_bill_at > $1
       union all select min(next_attempt_at) from bill where status = 'open' and next_attempt_at > $1
       union all select min(status_ends_at) from subscription where status_ends_at > $1
     ) instant`,
    [after],
  );
  return row?.at ?? null;
}

/** Whether anything that may happen now is open or under way. */
export async function isAnythingDue(db: Queryable, time: BillingTime): Promise<boolean> {
  const [row] = await db.query<{ due: boolean }>(
    `select exists (select 1 from bill where status = 'charging')
       or exists (select 1 from bill where status = 'open' and next_attempt_at <= $1 and (not test or is_urgent))
       or exists (select 1 from bill where status = 'open' and next_attempt_at <= $2::timestamptz and test)
       or exists (select 1 from subscription where next_bill_at <= $1 and not test)
       or exists (select 1 from subscription where next_bill_at <= $2::timestamptz and test)
       or exists (select 1 from subscription where funds_check_at <= $1)
       or exists (select 1 ${ENDS}) as due`,
    [time.now, billableUntil(time, true)],
  );
  return row?.due === true;
}

/** How many bills wait to be made or tried now, for the operator. */
export async function countDue(db: Queryable, time: BillingTime): Promise<number> {
  const [row] = await db.query<{ count: bigint }>(
    `select (select count(*) from subscription where not test and next_bill_at <= $1)
       + (select count(*) from subscription where test and next_bill_at <= $2::timestamptz)
       + (select count(*) from bill where status = 'open' and not test and next_attempt_at <= $1)
       + (select count(*) from bill where status = 'open' and test and next_attempt_at <= $2::timestamptz) as count`,
    [time.now, billableUntil(time, true)],
  );
  return Number(row?.count ?? 0n);
}

/** How many are on their way, for progress. */
export async function countCharging(db: Queryable): Promise<number> {
  const [row] = await db.query<{ count: bigint }>("select count(*) as count from bill where status = 'charging'");
  return Number(row?.count ?? 0n);
}
