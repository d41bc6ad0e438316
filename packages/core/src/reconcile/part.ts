import type { ChainAdapter } from "@qbitflow/chains";
import type { Context } from "../context.ts";
import type { Difference } from "./difference.ts";

export interface PartStep {
  readonly adapter: ChainAdapter;
  /** Where the step before ended; empty at the beginning. */
  readonly after: string;
  readonly rebuild: boolean;
}

/** What one bounded step of comparing found. */
export interface PartResult {
  /** How many of each were compared. */
  readonly payments: number;
  readonly bills: number;
  readonly mandates: number;
  readonly differences: readonly Difference[];
  /** Blocks, where the part is told in blocks. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  /** Where to go on; null = this part is done. */
  readonly next: string | null;
}

export function partResult(found: Partial<PartResult>): PartResult {
  return { payments: 0, bills: 0, mandates: 0, differences: [], progress: null, next: null, ...found };
}

/** Does something while nothing is confirmed on a network, nor leaves its chain. */
export function holdingCursor<T>(ctx: Context, network: string, work: (txCtx: Context) => Promise<T>): Promise<T> {
  return ctx.db.transaction(async (tx) => {
    await tx.query("select 1 from chain_cursor where network = $1 for share", [network]);
    return work({ ...ctx, db: tx });
  });
}
