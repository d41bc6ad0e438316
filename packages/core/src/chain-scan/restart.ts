import type { Context } from "../context.ts";
import { revertMandateEvents } from "../mandate-scan/revert.ts";
import { revertPayments } from "../payment/revert.ts";
import { readCursor } from "./cursor.ts";

/**
 * For the local chain alone, when it lost its state and began anew: what was read as deep as reorganisations reach is
 * undone like any reorganisation, and reading begins at the new chain's start. Nothing happens where nothing was read.
 */
export async function restartScan(ctx: Context, network: string): Promise<void> {
  const adapter = ctx.chains.get(network);
  if (adapter?.network.local !== true)
    throw new Error(`${network} is not a local chain: its payments cannot be forgotten.`);
  await ctx.db.transaction(async (tx) => {
    await tx.query("select 1 from chain_cursor where network = $1 for update", [network]);
    const cursor = await readCursor(tx, network);
    if (cursor === null) return;
    const above = Math.max(-1, cursor.number - adapter.network.finalityDepth);
    const txCtx = { ...ctx, db: tx };
    const reverted = await revertPayments(txCtx, { network, above });
    await revertMandateEvents(txCtx, { network, above });
    await tx.query("delete from chain_block where network = $1", [network]);
    await tx.query("delete from chain_contract where network = $1", [network]);
    await tx.query("delete from chain_cursor where network = $1", [network]);
    ctx.log.warn({ network, reverted }, "the local chain began anew");
  });
}
