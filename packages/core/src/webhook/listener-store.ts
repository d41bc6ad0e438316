import type { Queryable } from "@qbitflow/db";
import { FORGET_LISTENERS } from "./tell-listeners.ts";

/** Enough for a request to be small, and for its signatures to be fresh when the last one is forwarded. */
const MOST_AT_ONCE = 10;
const MOST_PER_KEY = 5;

export interface ListenerName {
  readonly id: string;
  readonly organizationId: bigint;
  readonly test: boolean;
  readonly keyId: bigint;
}

/** False when there is no place: the tenant's are counted by a constraint, the key's by looking. */
export async function insertListener(
  db: Queryable,
  { id, organizationId, test, keyId }: ListenerName,
): Promise<boolean> {
  await db.query(FORGET_LISTENERS);
  const rows = await db.query(
    `insert into webhook_listener (id, organization_id, test, key_id, slot, heard_from_at)
     select $1, $2, $3, $4, place.slot, clock_timestamp() from generate_series(1, 20) as place(slot)
     where not exists (
         select 1 from webhook_listener l where l.organization_id = $2 and l.test = $3 and l.slot = place.slot)
       and (select count(*) from webhook_listener l where l.key_id = $4) < $5
     order by place.slot limit 1
     on conflict do nothing returning id`,
    [id, organizationId, test, keyId, MOST_PER_KEY],
  );
  return rows.length === 1;
}

export interface HeardRow {
  readonly position: bigint;
  readonly id: string;
  readonly eventId: bigint;
  readonly type: string;
  readonly subjectUuid: string;
  readonly sequence: number;
  readonly body: string;
}

/** Removes what was taken, notes that the listener was heard from, reads what comes next; null when there is no such listener. */
export async function takeUnheard(
  db: Queryable,
  { id, organizationId, test, keyId, taken }: ListenerName & { readonly taken: readonly bigint[] },
): Promise<HeardRow[] | null> {
  const rows = await db.query<HeardRow | { readonly position: null }>(
    `with listener as (
       update webhook_listener set heard_from_at = clock_timestamp()
       where id = $1 and organization_id = $2 and test = $3 and key_id = $4 returning id
     ), removed as (
       delete from webhook_unheard u using listener l where u.listener_id = l.id and u.position = any($5::bigint[])
     )
     select u.position, u.id, u.event_id as "eventId", u.type, u.subject_uuid as "subjectUuid", u.sequence, u.body
     from listener l left join lateral (
       select h.position, d.id, d.event_id, e.type, d.subject_uuid, d.sequence, d.body
       from webhook_unheard h join webhook_delivery d on d.id = h.delivery_id join event e on e.id = d.event_id
       where h.listener_id = l.id and not h.position = any($5::bigint[])
       order by h.position limit $6
     ) u on true order by u.position`,
    [id, organizationId, test, keyId, [...taken], MOST_AT_ONCE],
    { name: "webhook_take" },
  );
  if (rows.length === 0) return null;
  return rows.filter((row) => row.position !== null);
}

/** False when there is none. */
export async function removeListener(
  db: Queryable,
  { id, organizationId, test, keyId }: ListenerName,
): Promise<boolean> {
  const rows = await db.query(
    `with listener as (
       delete from webhook_listener where id = $1 and organization_id = $2 and test = $3 and key_id = $4 returning id
     ), removed as (
       delete from webhook_unheard u using listener l where u.listener_id = l.id
     )
     select id from listener`,
    [id, organizationId, test, keyId],
  );
  return rows.length === 1;
}
