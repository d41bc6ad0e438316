import type { Context } from "../context.ts";

/** How far a chain is read, for readiness and the operator. */
export interface ScanState {
  readonly network: string;
  readonly scannedNumber: number;
  readonly headNumber: number;
  /** Since the chain last answered, by the database's clock: a test clock that is moved makes no chain silent. */
  readonly silentMs: number;
  /** Why reading stands still, until somebody acts; null when it does not. */
  readonly haltedReason: string | null;
}

export async function scanStates(ctx: Context): Promise<ScanState[]> {
  const rows = await ctx.db.query<{
    network: string;
    scanned_number: bigint;
    head_number: bigint;
    silent_ms: number;
    halted_reason: string | null;
  }>(
    `select network, scanned_number, head_number, halted_reason,
       extract(epoch from clock_timestamp() - head_at)::float8 * 1000 as silent_ms
     from chain_cursor order by network`,
  );
  return rows.map((row) => ({
    network: row.network,
    scannedNumber: Number(row.scanned_number),
    headNumber: Number(row.head_number),
    silentMs: row.silent_ms,
    haltedReason: row.halted_reason,
  }));
}
