import type { MandateEvent } from "@qbitflow/chains";
import type { Queryable } from "@qbitflow/db";

/** An event as it is kept. `data` holds its own fields, amounts as decimal texts. */
export interface EventRow {
  readonly id: bigint;
  readonly network: string;
  readonly contract: string;
  readonly blockNumber: bigint;
  readonly transactionHash: string;
  readonly mandateHash: string;
  readonly uuid: string;
  readonly type: MandateEvent["type"];
  readonly data: Readonly<Record<string, string | number>>;
  readonly minedAt: Date;
  readonly confirmedAt: Date | null;
}

const COLUMNS = `id, network, contract, block_number as "blockNumber", transaction_hash as "transactionHash",
  mandate_hash as "mandateHash", uuid, type, data, mined_at as "minedAt", confirmed_at as "confirmedAt"`;

const COMMON = ["blockNumber", "blockHash", "transactionHash", "logIndex", "contract", "mandateHash", "uuid", "type"];

/** An event's own fields, as they are kept. */
export function dataOf(event: MandateEvent): Record<string, unknown> {
  const own = Object.entries(event).filter(([name]) => !COMMON.includes(name));
  return Object.fromEntries(own.map(([name, value]) => [name, typeof value === "bigint" ? String(value) : value]));
}

/** Stores events; one that is stored already is left alone, and one whose block came back counts again. Returns those that count now. */
export async function insertEvents(
  db: Queryable,
  network: string,
  events: readonly (MandateEvent & { readonly minedAt: Date; readonly seenAt: Date })[],
): Promise<EventRow[]> {
  const rows = events.map(({ minedAt, seenAt, ...event }) => ({
    ...Object.fromEntries(Object.entries(event).filter(([name]) => COMMON.includes(name))),
    mandateHash: event.mandateHash.toLowerCase(),
    data: dataOf(event),
    minedAt,
    seenAt,
  }));
  return db.query<EventRow>(
    `insert into mandate_event (network, contract, block_number, block_hash, transaction_hash, log_index, mandate_hash,
       uuid, type, data, mined_at, seen_at)
     select $1, contract, "blockNumber", "blockHash", "transactionHash", "logIndex", "mandateHash", uuid, type, data,
       "minedAt", "seenAt"
     from json_to_recordset($2::json) as e(contract text, "blockNumber" bigint, "blockHash" text, "transactionHash" text,
       "logIndex" integer, "mandateHash" text, uuid uuid, type text, data jsonb, "minedAt" timestamptz, "seenAt" timestamptz)
     order by "blockNumber", "logIndex"
     on conflict (network, block_hash, transaction_hash, log_index) do update
       set orphaned_at = null, confirmed_at = null, seen_at = excluded.seen_at
       where mandate_event.orphaned_at is not null
     returning ${COLUMNS}`,
    [network, JSON.stringify(rows)],
    { name: "mandate_event_insert" },
  );
}

/** The session of each event that is due to be confirmed, at most `limit` events. */
export async function findConfirmable(
  db: Queryable,
  at: { readonly network: string; readonly confirmations: number; readonly limit: number },
): Promise<{ id: bigint; uuid: string }[]> {
  return db.query(
    `select e.id, e.uuid from mandate_event e join chain_cursor c on c.network = e.network
     where e.network = $1 and e.confirmed_at is null and e.orphaned_at is null
       and e.block_number <= c.scanned_number - $2 + 1
     order by e.block_number, e.log_index limit $3`,
    [at.network, at.confirmations, at.limit],
    { name: "mandate_event_confirmable" },
  );
}

/** Marks those that still stand, and gives them in chain order. In the transaction that holds the cursor. */
export async function confirmEvents(
  db: Queryable,
  at: { readonly network: string; readonly ids: readonly bigint[]; readonly confirmations: number; readonly now: Date },
): Promise<EventRow[]> {
  return db.query<EventRow>(
    `with confirmed as (
       update mandate_event set confirmed_at = $4
       where id = any($1::bigint[]) and confirmed_at is null and orphaned_at is null
         and block_number <= (select scanned_number - $3 + 1 from chain_cursor where network = $2)
       returning *
     )
     select ${COLUMNS} from confirmed order by block_number, log_index`,
    [at.ids, at.network, at.confirmations, at.now],
    { name: "mandate_event_confirm" },
  );
}

/** Every confirmed event of these mandates that stands, in chain order. */
export async function findConfirmed(db: Queryable, network: string, hashes: readonly string[]): Promise<EventRow[]> {
  return db.query<EventRow>(
    `select ${COLUMNS} from mandate_event
     where network = $1 and mandate_hash = any($2::text[]) and confirmed_at is not null and orphaned_at is null
       and type in ('activated', 'maximum_changed', 'stopped', 'cancelled')
     order by block_number, log_index`,
    [network, hashes],
    { name: "mandate_event_confirmed" },
  );
}

export async function hasConfirmedEvent(
  db: Queryable,
  { uuid, transactionHash }: { readonly uuid: string; readonly transactionHash: string },
): Promise<boolean> {
  const rows = await db.query(
    `select 1 as one from mandate_event
     where uuid = $1 and transaction_hash = $2 and confirmed_at is not null and orphaned_at is null limit 1`,
    [uuid, transactionHash],
    { name: "mandate_event_confirmed_in" },
  );
  return rows.length > 0;
}

/** What is not on a network's chain (any more): everything above a block, or these rows. */
export type Reverting = { readonly network: string } & (
  | { readonly above: number; readonly ids?: undefined }
  | { readonly ids: readonly bigint[]; readonly above?: undefined }
);

const REVERTED = "network = $1 and (block_number > $2::bigint or id = any($3::bigint[])) and orphaned_at is null";

/** The sessions of those that stand. */
export async function findUuidsToRevert(db: Queryable, reverting: Reverting): Promise<string[]> {
  const { network, above = null, ids = [] } = reverting;
  const rows = await db.query<{ uuid: string }>(`select distinct uuid from mandate_event where ${REVERTED}`, [
    network,
    above,
    ids,
  ]);
  return rows.map(({ uuid }) => uuid);
}

/** Orphans them; gives each as it was, confirmed or not. */
export async function orphanEvents(db: Queryable, reverting: Reverting, now: Date): Promise<EventRow[]> {
  const { network, above = null, ids = [] } = reverting;
  return db.query<EventRow>(
    `with orphaned as (
       update mandate_event set orphaned_at = $4 where ${REVERTED}
       returning *
     )
     select ${COLUMNS} from orphaned order by block_number, log_index`,
    [network, above, ids, now],
  );
}

/** An event with its place, as it is kept on the branch that stands. */
export interface StoredEvent extends Omit<EventRow, "blockNumber"> {
  readonly blockNumber: number;
  readonly blockHash: string;
  readonly logIndex: number;
}

/** What is kept of a range of blocks, both ends included, in chain order. */
export async function findEventsBetween(
  db: Queryable,
  { network, from, to }: { readonly network: string; readonly from: number; readonly to: number },
): Promise<StoredEvent[]> {
  const rows = await db.query<StoredEvent & { readonly blockNumber: bigint }>(
    `select ${COLUMNS}, block_hash as "blockHash", log_index as "logIndex" from mandate_event
     where network = $1 and block_number between $2 and $3 and orphaned_at is null order by block_number, log_index`,
    [network, from, to],
    { name: "mandate_events_between" },
  );
  return rows.map((row) => ({ ...row, blockNumber: Number(row.blockNumber) }));
}

/** Sets what the chain says of rows that say something else. */
export async function correctEvents(
  db: Queryable,
  corrections: readonly { readonly id: bigint; readonly event: MandateEvent }[],
): Promise<void> {
  if (corrections.length === 0) return;
  const rows = corrections.map(({ id, event }) => ({ ...event, id: String(id), data: dataOf(event) }));
  await db.query(
    `update mandate_event e set contract = c.contract, block_number = c."blockNumber", block_hash = c."blockHash",
       mandate_hash = lower(c."mandateHash"), uuid = c.uuid, type = c.type, data = c.data
     from json_to_recordset($1::json) as c(id bigint, contract text, "blockNumber" bigint, "blockHash" text,
       "mandateHash" text, uuid uuid, type text, data jsonb)
     where e.id = c.id`,
    [JSON.stringify(rows, (_key, value) => (typeof value === "bigint" ? String(value) : value))],
  );
}

/** Marks events as confirmed whose effect is there already, or is brought back otherwise. */
export async function markConfirmed(db: Queryable, ids: readonly bigint[], now: Date): Promise<void> {
  await db.query("update mandate_event set confirmed_at = $2 where id = any($1::bigint[]) and confirmed_at is null", [
    ids,
    now,
  ]);
}
