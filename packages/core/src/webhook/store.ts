import type { Queryable } from "@qbitflow/db";
import type { Context, Principal } from "../context.ts";

/** A delivery that this process has claimed: attempt `number` of it is ours to make. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly organizationId: bigint;
  readonly test: boolean;
  readonly sequence: number;
  readonly url: string;
  readonly origin: string;
  readonly body: string;
  /** From 1. */
  readonly attempt: number;
}

export interface ClaimInput {
  readonly now: Date;
  /** How long the claim holds if this process dies. */
  readonly leaseMs: number;
  readonly limit: number;
  readonly maxPerOrigin: number;
  /** Attempts under way here, per origin. */
  readonly underWay: ReadonlyMap<string, number>;
  readonly maxPerOrganization: number;
  /** Attempts under way here, per organization. */
  readonly underWayOf: ReadonlyMap<bigint, number>;
}

// Origins that have anything due are walked by index, and each gives no more than its free slots: an endpoint with a
// hundred thousand deliveries waiting costs the others nothing. Organizations take turns: one that names a new host for
// each session, none of which answers, holds no more than its share. A status waits until the one before it was tried once.
const CLAIM = `
  with recursive origin_list as (
    (select origin from webhook_delivery where state = 'due' order by origin limit 1)
    union all
    select (select d.origin from webhook_delivery d where d.state = 'due' and d.origin > o.origin order by d.origin limit 1)
    from origin_list o where o.origin is not null
  ), busy as (
    select * from json_to_recordset($4::json) as b(origin text, count integer)
  ), busy_organization as (
    select * from json_to_recordset($6::json) as b(id bigint, count integer)
  ), free as (
    select c.id, c.next_attempt_at, coalesce(owner.count, 0)
      + row_number() over (partition by c.organization_id order by c.next_attempt_at) as turn
    from origin_list o
    left join busy b on b.origin = o.origin
    cross join lateral (
      select d.id, d.organization_id, d.next_attempt_at from webhook_delivery d
      where d.state = 'due' and d.origin = o.origin and d.next_attempt_at <= $1
        and (d.locked_until is null or d.locked_until < clock_timestamp())
        and not exists (
          select 1 from webhook_delivery e
          where e.subject_uuid = d.subject_uuid and e.stream = d.stream and e.sequence < d.sequence and e.state = 'due'
            and (e.attempts = 0 or (e.attempts = 1 and e.locked_until >= clock_timestamp())))
      order by d.next_attempt_at limit greatest($3::integer - coalesce(b.count, 0), 0)
    ) c
    left join busy_organization owner on owner.id = c.organization_id
    where o.origin is not null
  ), candidate as (
    select id from free where turn <= $7 order by turn, next_attempt_at limit $2
  ), claimed as (
    select id from webhook_delivery
    where id in (select id from candidate) and state = 'due'
      and (locked_until is null or locked_until < clock_timestamp())
    for update skip locked
  ), taken as (
    update webhook_delivery d set attempts = d.attempts + 1,
      locked_until = clock_timestamp() + $5 * interval '1 millisecond'
    from claimed where d.id = claimed.id
    returning d.id, d.organization_id, d.test, d.sequence, d.url, d.origin, d.body, d.attempts
  ), attempted as (
    insert into webhook_attempt (delivery_id, number, started_at) select id, attempts, $1 from taken
  )
  select * from taken`;

/** Claims due deliveries and writes down their attempts as begun, in one statement: two workers never claim one attempt. */
export async function claimDeliveries(db: Queryable, input: ClaimInput): Promise<ClaimedDelivery[]> {
  const busy = JSON.stringify([...input.underWay].map(([origin, count]) => ({ origin, count })));
  const busyOf = JSON.stringify([...input.underWayOf].map(([id, count]) => ({ id: String(id), count })));
  const { now, limit, maxPerOrigin, leaseMs, maxPerOrganization } = input;
  const rows = await db.query<{
    id: string;
    organization_id: bigint;
    test: boolean;
    sequence: number;
    url: string;
    origin: string;
    body: string;
    attempts: number;
  }>(CLAIM, [now, limit, maxPerOrigin, busy, leaseMs, busyOf, maxPerOrganization], { name: "webhook_claim" });
  return rows.map((row) => ({
    id: row.id,
    organizationId: row.organization_id,
    test: row.test,
    sequence: row.sequence,
    url: row.url,
    origin: row.origin,
    body: row.body,
    attempt: row.attempts,
  }));
}

/** Every claim is nobody's: where the processes that made them are gone for certain. Their attempts stay as begun. */
export async function freeDeliveries(db: Queryable): Promise<void> {
  await db.query("update webhook_delivery set locked_until = null where state = 'due' and locked_until is not null");
}

export interface AttemptOutcome {
  readonly deliveryId: string;
  readonly attempt: number;
  readonly httpStatus: number | null;
  readonly error: string | null;
  readonly latencyMs: number;
  readonly answer: string | null;
  readonly now: Date;
  readonly state: "due" | "delivered" | "given_up";
  readonly nextAttemptAt: Date | null;
}

/**
 * Writes down how an attempt ended. An attempt whose claim had run out (another worker tried meanwhile) changes the
 * delivery only if it was acknowledged.
 */
export async function finishAttempt(db: Queryable, outcome: AttemptOutcome): Promise<void> {
  await db.query(
    `with attempt as (
       update webhook_attempt set http_status = $3, error = $4, latency_ms = $5, answer = $6
       where delivery_id = $1 and number = $2
     )
     update webhook_delivery set state = $7, next_attempt_at = $8, locked_until = null,
       delivered_at = case when $7 = 'delivered' then coalesce(delivered_at, $9::timestamptz) else delivered_at end
     where id = $1 and (attempts = $2 or $7 = 'delivered')`,
    [
      outcome.deliveryId,
      outcome.attempt,
      outcome.httpStatus,
      outcome.error,
      outcome.latencyMs,
      outcome.answer,
      outcome.state,
      outcome.nextAttemptAt,
      outcome.now,
    ],
    { name: "webhook_finish" },
  );
}

/** When the next delivery is due; null when none waits. */
export async function nextDueAt(db: Queryable): Promise<Date | null> {
  const [row] = await db.query<{ at: Date | null }>(
    "select min(next_attempt_at) as at from webhook_delivery where state = 'due'",
    [],
    { name: "webhook_next_due" },
  );
  return row?.at ?? null;
}

/** Deliveries that are not done with, and since when the oldest waits. */
export async function countWaiting(db: Queryable): Promise<{ waiting: number; oldestAt: Date | null }> {
  const [row] = await db.query<{ waiting: bigint; oldest_at: Date | null }>(
    "select count(*) as waiting, min(created_at) as oldest_at from webhook_delivery where state = 'due'",
  );
  return { waiting: Number(row?.waiting ?? 0n), oldestAt: row?.oldest_at ?? null };
}

/** The first time later than `after` at which a delivery is due. */
export async function nextDueAfter(db: Queryable, after: Date): Promise<Date | null> {
  const [row] = await db.query<{ at: Date | null }>(
    "select min(next_attempt_at) as at from webhook_delivery where state = 'due' and next_attempt_at > $1",
    [after],
  );
  return row?.at ?? null;
}

export interface DeliveryAttempt {
  readonly number: number;
  readonly startedAt: Date;
  /** Null while under way, when no answer came, or when the process died. */
  readonly httpStatus: number | null;
  readonly error: string | null;
  readonly latencyMs: number | null;
  readonly answer: string | null;
}

export interface Delivery {
  readonly id: string;
  readonly subjectUuid: string;
  /** What its sequence counts: a session's statuses, a subscription's, or its bills and usage. */
  readonly stream: "session" | "subscription" | "billing";
  readonly sequence: number;
  /** Null for one that only listeners were given. */
  readonly url: string | null;
  readonly state: "due" | "delivered" | "given_up" | "no_url";
  readonly createdAt: Date;
  readonly deliveredAt: Date | null;
  readonly nextAttemptAt: Date | null;
  readonly attempts: readonly DeliveryAttempt[];
}

interface DeliveryRow {
  readonly id: string;
  readonly subject_uuid: string;
  readonly stream: Delivery["stream"];
  readonly sequence: number;
  readonly url: string | null;
  readonly state: Delivery["state"];
  readonly created_at: Date;
  readonly delivered_at: Date | null;
  readonly next_attempt_at: Date | null;
}

const MOST_DELIVERIES = 100;
const MOST_ATTEMPTS = 2_000;

/** The newest 100 deliveries of a session and its subscription with their attempts, in the order in which they were made. */
export async function listDeliveries(
  ctx: Context,
  principal: Principal,
  { subjectUuid }: { readonly subjectUuid: string },
): Promise<Delivery[]> {
  const deliveries = await ctx.db.query<DeliveryRow>(
    `select * from (
       select id, subject_uuid, stream, sequence, url, state, created_at, delivered_at, next_attempt_at
       from webhook_delivery where subject_uuid = $1 and organization_id = $2 and test = $3
       order by created_at desc, sequence desc limit $4
     ) newest order by created_at, sequence`,
    [subjectUuid, principal.organizationId, principal.test, MOST_DELIVERIES],
  );
  const attempts = await ctx.db.query<{
    delivery_id: string;
    number: number;
    started_at: Date;
    http_status: number | null;
    error: string | null;
    latency_ms: number | null;
    answer: string | null;
  }>(
    `select delivery_id, number, started_at, http_status, error, latency_ms, answer from webhook_attempt
     where delivery_id = any($1::uuid[]) order by number limit $2`,
    [deliveries.map((row) => row.id), MOST_ATTEMPTS],
  );
  return deliveries.map((row) => ({
    id: row.id,
    subjectUuid: row.subject_uuid,
    stream: row.stream,
    sequence: row.sequence,
    url: row.url,
    state: row.state,
    createdAt: row.created_at,
    deliveredAt: row.delivered_at,
    nextAttemptAt: row.state === "due" ? row.next_attempt_at : null,
    attempts: attempts
      .filter((attempt) => attempt.delivery_id === row.id)
      .map((attempt) => ({
        number: attempt.number,
        startedAt: attempt.started_at,
        httpStatus: attempt.http_status,
        error: attempt.error,
        latencyMs: attempt.latency_ms,
        answer: attempt.answer,
      })),
  }));
}
