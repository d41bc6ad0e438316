import type { BlockRef } from "@qbitflow/chains";
import type { Queryable } from "@qbitflow/db";
import type { Context } from "../context.ts";
import { insertContracts } from "./contracts.ts";

/** What is stored of a chain is complete up to and including `number`, on the branch that ends in `hash`. */
export interface Cursor {
  readonly network: string;
  readonly number: number;
  readonly hash: string;
  readonly headNumber: number;
  readonly leaseOwner: string | null;
  readonly haltedReason: string | null;
}

interface CursorRow {
  readonly network: string;
  readonly scanned_number: bigint;
  readonly scanned_hash: string;
  readonly head_number: bigint;
  readonly lease_owner: string | null;
  readonly halted_reason: string | null;
}

const COLUMNS = "network, scanned_number, scanned_hash, head_number, lease_owner, halted_reason";

const cursorOf = (row: CursorRow): Cursor => ({
  network: row.network,
  number: Number(row.scanned_number),
  hash: row.scanned_hash,
  headNumber: Number(row.head_number),
  leaseOwner: row.lease_owner,
  haltedReason: row.halted_reason,
});

export async function readCursor(db: Queryable, network: string): Promise<Cursor | null> {
  const rows = await db.query<CursorRow>(`select ${COLUMNS} from chain_cursor where network = $1`, [network], {
    name: "cursor_read",
  });
  return rows[0] ? cursorOf(rows[0]) : null;
}

/** The cursor, held until the transaction ends; null unless it stands where it stood and `owner` has the lease. */
export async function lockCursor(db: Queryable, expected: Cursor, owner: string): Promise<Cursor | null> {
  const rows = await db.query<CursorRow>(
    `select ${COLUMNS} from chain_cursor
     where network = $1 and scanned_number = $2 and scanned_hash = $3 and lease_owner = $4
     for update`,
    [expected.network, expected.number, expected.hash, owner],
    { name: "cursor_lock" },
  );
  return rows[0] ? cursorOf(rows[0]) : null;
}

/** The first cursor of a chain, with the contracts that are read from there; another process may have been first. */
export async function insertCursor(
  ctx: Context,
  network: string,
  at: { readonly block: BlockRef; readonly head: BlockRef; readonly contracts: readonly string[] },
): Promise<void> {
  const now = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const inserted = await tx.query(
      `insert into chain_cursor (network, scanned_number, scanned_hash, head_number, head_at, updated_at)
       values ($1, $2, $3, $4, clock_timestamp(), $5) on conflict do nothing returning network`,
      [network, at.block.number, at.block.hash, at.head.number, now],
    );
    if (inserted.length === 0) return;
    await storeBlocks(tx, network, [at.block]);
    const contracts = at.contracts.map((address) => ({ address, unreadFrom: null, unreadTo: null }));
    await insertContracts(tx, network, contracts);
  });
}

/** Moves the cursor and tells who counts confirmations. In the transaction that holds it. */
export async function moveCursor(
  ctx: Context,
  network: string,
  to: { readonly number: number; readonly hash: string; readonly headNumber: number },
): Promise<void> {
  await ctx.db.query(
    `with moved as (
       update chain_cursor set scanned_number = $2, scanned_hash = $3, head_number = $4, head_at = clock_timestamp(), updated_at = $5,
         halted_reason = null
       where network = $1 returning network
     )
     select pg_notify('chain_head', network) from moved`,
    [network, to.number, to.hash, to.headNumber, ctx.clock.now()],
    { name: "cursor_move" },
  );
}

/** Remembers that the chain answered although there was nothing to read. */
export async function touchCursor(ctx: Context, cursor: Cursor, headNumber: number): Promise<void> {
  await ctx.db.query(
    `update chain_cursor set head_number = $2, head_at = clock_timestamp(), halted_reason = null
     where network = $1 and (head_number <> $2 or halted_reason is not null
       or head_at < clock_timestamp() - interval '5 seconds')`,
    [cursor.network, headNumber],
    { name: "cursor_touch" },
  );
}

export async function haltCursor(ctx: Context, network: string, reason: string): Promise<void> {
  await ctx.db.query("update chain_cursor set halted_reason = $2, updated_at = $3 where network = $1", [
    network,
    reason,
    ctx.clock.now(),
  ]);
}

export async function storeBlocks(db: Queryable, network: string, blocks: readonly BlockRef[]): Promise<void> {
  if (blocks.length === 0) return;
  await db.query(
    `insert into chain_block (network, number, hash, parent_hash, mined_at)
     select $1, number, hash, "parentHash", to_timestamp("timestamp")
     from json_to_recordset($2::json) as b(number bigint, hash text, "parentHash" text, "timestamp" bigint)
     on conflict (network, number) do update
       set hash = excluded.hash, parent_hash = excluded.parent_hash, mined_at = excluded.mined_at`,
    [network, JSON.stringify(blocks)],
    { name: "blocks_store" },
  );
}

/** Forgets blocks that no reorganisation can reach. */
export async function pruneBlocks(db: Queryable, network: string, below: number): Promise<void> {
  await db.query("delete from chain_block where network = $1 and number < $2", [network, below], {
    name: "blocks_prune",
  });
}

export async function dropBlocksAbove(db: Queryable, network: string, number: number): Promise<void> {
  await db.query("delete from chain_block where network = $1 and number > $2", [network, number]);
}

/** Blocks we hold below `number`, from high to low. */
export async function blocksBelow(
  db: Queryable,
  at: { readonly network: string; readonly number: number; readonly limit: number },
): Promise<{ number: number; hash: string }[]> {
  const rows = await db.query<{ number: bigint; hash: string }>(
    "select number, hash from chain_block where network = $1 and number < $2 order by number desc limit $3",
    [at.network, at.number, at.limit],
  );
  return rows.map((row) => ({ number: Number(row.number), hash: row.hash }));
}

/** The hash we hold of one block, if we hold it. */
export async function storedHash(db: Queryable, network: string, number: number): Promise<string | null> {
  const rows = await db.query<{ hash: string }>("select hash from chain_block where network = $1 and number = $2", [
    network,
    number,
  ]);
  return rows[0]?.hash ?? null;
}
