import type { Context } from "../context.ts";
import { NATIVE_ADDRESS } from "../currency/index.ts";
import { readFields } from "../fields.ts";
import { merchantChanged, notFound } from "../tenant.ts";
import { findWallets, upsertWallet } from "./store.ts";
import type { Wallet } from "./wallet.ts";

/**
 * From now on quotes are paid to this address; standing quotes keep theirs. Throws `validation_failed` (no such
 * network here, no address of it, the zero address or our own contract), `not_found` (user or organization).
 */
export async function setWallet(
  ctx: Context,
  input: { organizationId: bigint; userId?: bigint | null; network: string; address: string },
): Promise<Wallet> {
  const fields = readFields(input);
  const chain = ctx.chains.get(input.network);
  const address = chain?.parseAddress(String(input.address)) ?? null;
  const ours = chain?.network.checkoutContracts.map((contract) => contract.address.toLowerCase()) ?? [];
  if (!chain) {
    const known = [...ctx.chains.keys()].join(", ");
    fields.problem("network", `must be a network of this server: ${known}`);
  } else if (address === null || address === NATIVE_ADDRESS || ours.includes(address.toLowerCase())) {
    fields.problem("address", `must be an address on ${chain.network.name} that someone holds the key of`);
  }
  fields.done();
  const wallet = {
    organizationId: input.organizationId,
    userId: input.userId ?? null,
    network: input.network,
    address: address as string,
  };
  if (!(await upsertWallet(ctx.db, wallet, ctx.clock.now()))) throw notFound("user");
  await merchantChanged(ctx, input.organizationId);
  return wallet;
}

/** The organization's own and its users'. */
export async function listWallets(ctx: Context, organizationId: bigint): Promise<Wallet[]> {
  return findWallets(ctx.db, organizationId);
}
