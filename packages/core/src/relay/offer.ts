import type { Context } from "../context.ts";
import type { Lane } from "./lane.ts";
import { markOffered, type Pending, pendingTransactions } from "./nonce-store.ts";

/**
 * Offers the network what is signed and in no block: what it was never offered, and the rest now and then, as a node that
 * was started again has forgotten it. In order of nonces. Offering twice what was signed once sends nothing twice.
 */
export async function offerPending(ctx: Context, lane: Lane): Promise<void> {
  const due = ({ offeredMs }: Pending) => offeredMs === null || offeredMs > lane.rebroadcastMs;
  const broke = new Set<string>();
  for (const pending of (await pendingTransactions(ctx.db, lane.network)).filter(due)) {
    if (broke.has(pending.sender)) continue;
    const answer = await lane.sender.broadcast(pending.raw);
    if (answer === "no_funds") {
      ctx.log.warn(
        { network: lane.network, sender: pending.sender, nonce: pending.nonce },
        "the relay's key has no coin for gas: transactions wait",
      );
      broke.add(pending.sender);
      continue;
    }
    await markOffered(ctx.db, { hash: pending.hash, isUnderpriced: answer === "underpriced" });
  }
}
