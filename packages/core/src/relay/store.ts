import type { Hex } from "@qbitflow/chains";
import type { Queryable } from "@qbitflow/db";
import type { Context } from "../context.ts";
import type {
  NewRelayCall,
  RelayCall,
  RelayCallState,
  RelayPurpose,
  RelayState,
  SettledCall,
  SubjectCall,
} from "./call.ts";

/** Stores calls that are not there yet and wakes the senders. */
export async function insertCalls(ctx: Context, calls: readonly NewRelayCall[]): Promise<void> {
  const rows = calls.map(({ uuid, network, purpose, subjectUuid, call, sendUntil }) => ({
    ...{ uuid, network, purpose, subjectUuid, to: call.to, data: call.data },
    ...{ value: String(call.valueBase ?? 0n), sendUntil: sendUntil?.toISOString() ?? null },
  }));
  await ctx.db.query(
    `with stored as (
       insert into relay_call (uuid, network, purpose, subject_uuid, to_address, data, value_base, send_until, created_at)
       select uuid, network, purpose, "subjectUuid", "to", data, value, "sendUntil", $2
       from json_to_recordset($1::json) as c(uuid uuid, network text, purpose text, "subjectUuid" uuid, "to" text,
         data text, value numeric, "sendUntil" timestamptz)
       order by uuid
       on conflict (uuid) do nothing
       returning network
     )
     select pg_notify('relay_queued', network) from (select distinct network from stored) s`,
    [JSON.stringify(rows), ctx.clock.now()],
    { name: "relay_enqueue" },
  );
}

export async function readCalls(db: Queryable, uuids: readonly string[]): Promise<Map<string, RelayCallState>> {
  const rows = await db.query<RelayCallState & { uuid: string }>(
    `select uuid, state, transaction_hash as "transactionHash", message from relay_call where uuid = any($1::uuid[])`,
    [uuids],
    { name: "relay_read" },
  );
  return new Map(rows.map(({ uuid, ...state }) => [uuid, state]));
}

const SUBJECT_CALL = `c.uuid, c.network, c.purpose, c.data, c.state, c.transaction_hash as "transactionHash", c.message,
  c.created_at as "createdAt", c.settled_at as "settledAt",
  (select max(n.block_number) from relay_nonce n where n.call_uuid = c.uuid and n.block_hash is not null) as "blockNumber"`;

type SubjectRow = Omit<SubjectCall, "blockNumber"> & { readonly blockNumber: bigint | null };

const toSubjectCall = ({ blockNumber, ...same }: SubjectRow): SubjectCall => ({
  ...same,
  blockNumber: blockNumber === null ? null : Number(blockNumber),
});

export async function callsOfSubject(
  db: Queryable,
  of: {
    readonly subjectUuid: string;
    readonly purposes: readonly RelayPurpose[];
    readonly since?: Date;
    readonly limit?: number;
  },
): Promise<SubjectCall[]> {
  const rows = await db.query<SubjectRow>(
    `select ${SUBJECT_CALL} from relay_call c
     where c.subject_uuid = $1 and c.purpose = any($2::text[])
       and ($3::timestamptz is null or c.state in ('queued', 'sent') or c.created_at >= $3)
     order by c.created_at desc, c.uuid desc limit $4`,
    [of.subjectUuid, of.purposes, of.since ?? null, of.limit ?? null],
    { name: "relay_subject" },
  );
  return rows.map(toSubjectCall);
}

export async function callOf(db: Queryable, uuid: string): Promise<SubjectCall | undefined> {
  const [row] = await db.query<SubjectRow>(`select ${SUBJECT_CALL} from relay_call c where c.uuid = $1`, [uuid], {
    name: "relay_call",
  });
  return row && toSubjectCall(row);
}

interface QueuedRow {
  readonly uuid: string;
  readonly purpose: RelayPurpose;
  readonly to_address: string;
  readonly data: string;
  readonly value_base: string;
  readonly send_until: Date | null;
}

/** The calls that wait longest, in the order in which they were wanted. */
export async function queuedCalls(db: Queryable, network: string, limit: number): Promise<RelayCall[]> {
  const rows = await db.query<QueuedRow>(
    `select uuid, purpose, to_address, data, value_base, send_until from relay_call
     where network = $1 and state = 'queued' order by created_at, uuid limit $2`,
    [network, limit],
    { name: "relay_queue" },
  );
  return rows.map((row) => ({
    uuid: row.uuid,
    purpose: row.purpose,
    call: { to: row.to_address, data: row.data as Hex, valueBase: BigInt(row.value_base) },
    sendUntil: row.send_until,
  }));
}

/** The call, if it is still queued, held until the transaction ends. */
export async function lockQueued(db: Queryable, uuid: string): Promise<boolean> {
  const rows = await db.query("select 1 from relay_call where uuid = $1 and state = 'queued' for update", [uuid], {
    name: "relay_lock",
  });
  return rows.length > 0;
}

/** Names the transaction that stands for the calls now. In the transaction that signed it or saw it. */
export async function markSent(
  db: Queryable,
  calls: readonly { readonly uuid: string; readonly transactionHash: string }[],
): Promise<void> {
  await db.query(
    `update relay_call c set state = 'sent', transaction_hash = s."transactionHash"
     from json_to_recordset($1::json) as s(uuid uuid, "transactionHash" text)
     where c.uuid = s.uuid and c.state in ('queued', 'sent')`,
    [JSON.stringify(calls)],
    { name: "relay_sent" },
  );
}

export interface CallEnd {
  readonly uuid: string;
  readonly from: "queued" | "sent";
  readonly to: Exclude<RelayState, "queued" | "sent">;
  /** Null where nothing was sent. */
  readonly transactionHash: string | null;
  readonly message: string | null;
}

/** Ends calls that are where they are said to be, and tells it on `relay_settled`. */
export async function endCalls(ctx: Context, ends: readonly CallEnd[]): Promise<void> {
  if (ends.length === 0) return;
  await ctx.db.query(
    `with ended as (
       update relay_call c set state = e."to", transaction_hash = e."transactionHash", message = e.message, settled_at = $2
       from json_to_recordset($1::json)
         as e(uuid uuid, "from" text, "to" text, "transactionHash" text, message text)
       where c.uuid = e.uuid and c.state = e."from"
       returning c.uuid
     )
     select pg_notify('relay_settled', uuid::text) from ended`,
    [JSON.stringify(ends), ctx.clock.now()],
    { name: "relay_end" },
  );
}

/** Takes calls back to where they were: their block is gone (`sent`), or their nonce (`queued`). Told like an end. */
export async function reopenCalls(ctx: Context, uuids: readonly string[], to: "sent" | "queued"): Promise<void> {
  await ctx.db.query(
    `with reopened as (
       update relay_call set state = $2, settled_at = null, acknowledged_at = null, message = null,
         transaction_hash = case when $2 = 'sent' then transaction_hash end
       where uuid = any($1::uuid[]) returning uuid, network
     )
     select pg_notify('relay_settled', uuid::text), pg_notify('relay_queued', network) from reopened`,
    [uuids, to],
  );
}

export async function unacknowledgedCalls(
  db: Queryable,
  of: { readonly purposes: readonly RelayPurpose[]; readonly limit: number },
): Promise<SettledCall[]> {
  return db.query<SettledCall>(
    `select uuid, purpose, subject_uuid as "subjectUuid", state, transaction_hash as "transactionHash", message
     from relay_call where settled_at is not null and acknowledged_at is null and purpose = any($1::text[])
     order by settled_at limit $2`,
    [of.purposes, of.limit],
    { name: "relay_unacknowledged" },
  );
}

export async function markAcknowledged(
  ctx: Context,
  calls: readonly Pick<SettledCall, "uuid" | "state">[],
): Promise<string[]> {
  const rows = await ctx.db.query<{ uuid: string }>(
    `update relay_call c set acknowledged_at = $2
     from json_to_recordset($1::json) as a(uuid uuid, state text)
     where c.uuid = a.uuid and c.state = a.state and c.settled_at is not null and c.acknowledged_at is null
     returning c.uuid`,
    [JSON.stringify(calls.map(({ uuid, state }) => ({ uuid, state }))), ctx.clock.now()],
    { name: "relay_acknowledge" },
  );
  return rows.map(({ uuid }) => uuid);
}

export async function hasQueuedCalls(db: Queryable, network: string): Promise<boolean> {
  const rows = await db.query("select 1 from relay_call where network = $1 and state = 'queued' limit 1", [network], {
    name: "relay_any_queued",
  });
  return rows.length > 0;
}
