import type { Context } from "../context.ts";

/** Whoever sends looks every half minute: what is older says that nobody sends. */
const MAX_AGE_MS = 5 * 60_000;

/**
 * What a unit of gas cost when this network's sender looked last, in base units of the native coin; null where nobody sends
 * now, or there is no coin to send with. Read from the database: a slow chain must not hold up a page.
 */
export async function relayGasPrice(ctx: Context, network: string): Promise<bigint | null> {
  const sender = ctx.chains.get(network)?.sender;
  if (!sender) return null;
  const [row] = await ctx.db.query<{ price: string | null }>(
    `select gas_price_base as price from relay_sender
     where network = $1 and sender = $2 and balance_base >= charge_cost_base
       and balance_at > clock_timestamp() - $3 * interval '1 millisecond'`,
    [network, sender.address, MAX_AGE_MS],
    { name: "relay_gas_price" },
  );
  const price = row?.price === undefined || row.price === null ? null : BigInt(row.price);
  return price !== null && price <= ctx.policy.maxGasPriceBase ? price : null;
}
