import { type ChainAdapter, ChainUnavailableError } from "@qbitflow/chains";
import type { Context } from "../context.ts";
import { revertMandateEvents } from "../mandate-scan/revert.ts";
import { revertPayments } from "../payment/revert.ts";
import type { BlockId } from "./branch.ts";
import { blocksBelow, type Cursor, dropBlocksAbove, lockCursor, moveCursor } from "./cursor.ts";

const BLOCKS_AT_ONCE = 32;

/** The chain's branch and ours part below everything we hold: what was settled is not, and no program may guess what now. */
export class ReorganisationTooDeepError extends Error {
  override readonly name = "ReorganisationTooDeepError";
}

/**
 * The highest block at or below `from` that we and the chain agree on; null when the chain's head is below all we hold
 * (a source far behind, not a reorganisation). Throws ReorganisationTooDeepError when there is no such block.
 */
export async function findAncestor(
  ctx: Context,
  adapter: ChainAdapter,
  { cursor, from }: { readonly cursor: Cursor; readonly from: number },
): Promise<BlockId | null> {
  const network = cursor.network;
  let below = from + 1;
  for (;;) {
    const held = await blocksBelow(ctx.db, { network, number: below, limit: BLOCKS_AT_ONCE });
    if (held.length === 0) {
      if (below === from + 1) return null;
      throw new ReorganisationTooDeepError(
        `${adapter.network.name} shows another branch than the one that was read, down to block ${below}, the oldest that is kept. ` +
          "Nothing is read until its endpoints show the known branch again, or somebody decides.",
      );
    }
    for (const block of held) {
      const actual = await adapter.block(block.number);
      if (!actual) throw new ChainUnavailableError(`${adapter.network.name} does not give block ${block.number}.`);
      if (actual.hash === block.hash) return block;
      below = block.number;
    }
  }
}

/**
 * Undoes what was built on blocks above `ancestor`: payments are orphaned, statuses go back, the merchant hears of it,
 * and the cursor stands on `ancestor`, in one transaction. False when the cursor moved meanwhile or the lease is gone.
 */
export async function rewind(
  ctx: Context,
  { cursor, ancestor, owner }: { readonly cursor: Cursor; readonly ancestor: BlockId; readonly owner: string },
): Promise<boolean> {
  const reverted = await ctx.db.transaction(async (tx) => {
    const txCtx = { ...ctx, db: tx };
    if (!(await lockCursor(tx, cursor, owner))) return null;
    const payments = await revertPayments(txCtx, { network: cursor.network, above: ancestor.number });
    await revertMandateEvents(txCtx, { network: cursor.network, above: ancestor.number });
    await dropBlocksAbove(tx, cursor.network, ancestor.number);
    await moveCursor(txCtx, cursor.network, { ...ancestor, headNumber: cursor.headNumber });
    return payments;
  });
  if (reverted === null) return false;
  const depth = cursor.number - ancestor.number;
  ctx.log.warn(
    { network: cursor.network, from: cursor.number, to: ancestor.number, depth, reverted },
    "chain reorganised",
  );
  return true;
}
