import type { Context } from "../context.ts";

/**
 * For the local chain alone, when it lost its state and began anew: its nonces begin anew, too, and what was under way is
 * sent again. What had come to an end stays as it was.
 */
export async function restartRelay(ctx: Context, network: string): Promise<void> {
  if (ctx.chains.get(network)?.network.local !== true)
    throw new Error(`${network} is not a local chain: what was sent there cannot be forgotten.`);
  await ctx.db.transaction(async (tx) => {
    await tx.query("select 1 from relay_sender where network = $1 for update", [network]);
    await tx.query("delete from relay_transaction where network = $1", [network]);
    await tx.query("delete from relay_nonce where network = $1", [network]);
    await tx.query("delete from relay_sender where network = $1", [network]);
    await tx.query(
      "update relay_call set state = 'queued', transaction_hash = null where network = $1 and state = 'sent'",
      [network],
    );
  });
}
