import type { Context } from "../context.ts";

/** How far a chain is read, for readiness and the operator. */
export interface ScanState {
  readonly network: string;
  readonly scannedNumber: number;
  readonly headNumber: number;
  /** When the chain last answered. */
  readonly headAt: Date;
  /** Why reading stands still, until somebody acts; null when it does not. */
  readonly haltedReason: string | null;
}

export async function scanStates(ctx: Context): Promise<ScanState[]> {
  const rows = await ctx.db.query<{
    network: string;
    scanned_number: bigint;
    head_number: bigint;
    head_at: Date;
    halted_reason: string | null;
  }>("select network, scanned_number, head_number, head_at, halted_reason from chain_cursor order by network");
  return rows.map((row) => ({
    network: row.network,
    scannedNumber: Number(row.scanned_number),
    headNumber: Number(row.head_number),
    headAt: row.head_at,
    haltedReason: row.halted_reason,
  }));
}
