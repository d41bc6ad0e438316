import type { Context } from "../context.ts";

/** Whether a mandate's event on this chain waits for confirmations: the local chain mines only then. */
export async function hasWaitingMandates(ctx: Context, network: string): Promise<boolean> {
  const [row] = await ctx.db.query<{ waiting: boolean }>(
    `select exists (
       select 1 from mandate_event where network = $1 and confirmed_at is null and orphaned_at is null
     ) as waiting`,
    [network],
  );
  return row?.waiting ?? false;
}
