import type { Context } from "../context.ts";

/**
 * Takes or renews the right to read a chain; true when `owner` has it. By the database's clock, so that neither a moved
 * test clock nor a wrong machine clock gives it to two. False as well before the chain has a cursor.
 */
export async function acquireLease(
  ctx: Context,
  lease: { readonly network: string; readonly owner: string; readonly leaseMs: number },
): Promise<boolean> {
  const rows = await ctx.db.query(
    `update chain_cursor set lease_owner = $2, lease_until = clock_timestamp() + $3 * interval '1 millisecond'
     where network = $1 and (lease_owner is null or lease_owner = $2 or lease_until < clock_timestamp())
     returning network`,
    [lease.network, lease.owner, lease.leaseMs],
    { name: "lease_acquire" },
  );
  return rows.length > 0;
}

/** Gives the lease back, so that another process need not wait for it to run out. */
export async function releaseLease(
  ctx: Context,
  lease: { readonly network: string; readonly owner: string },
): Promise<void> {
  await ctx.db.query(
    "update chain_cursor set lease_owner = null, lease_until = null where network = $1 and lease_owner = $2",
    [lease.network, lease.owner],
  );
}

/** Every lease is nobody's: where the processes that held them are gone for certain. */
export async function freeScanLeases(ctx: Context): Promise<void> {
  await ctx.db.query("update chain_cursor set lease_owner = null, lease_until = null where lease_owner is not null");
}
