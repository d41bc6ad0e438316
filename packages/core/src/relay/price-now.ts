import type { Context } from "../context.ts";

/** Whoever sends looks every half minute: what is older says that nobody sends. */
const MAX_AGE_MS = 5 * 60_000;

/** What sending costs, in base units of the native coin. */
export interface RelayPrice {
  /** Of a unit of gas. */
  readonly gasPriceBase: bigint;
  /** Of publishing one transaction, on top of its gas. */
  readonly dataFeeBase: bigint;
}

/**
 * What sending cost when this network's sender looked last; null where nobody sends now, there is no coin to send with, or
 * a part of the price could not be told. Read from the database: a slow chain must not hold up a page.
 */
export async function relayPrice(ctx: Context, network: string): Promise<RelayPrice | null> {
  const sender = ctx.chains.get(network)?.sender;
  if (!sender) return null;
  const [row] = await ctx.db.query<{ price: string; data_fee: string }>(
    `select gas_price_base as price, data_fee_base as data_fee from relay_sender
     where network = $1 and sender = $2 and balance_base >= charge_cost_base
       and gas_price_base is not null and data_fee_base is not null
       and balance_at > clock_timestamp() - $3 * interval '1 millisecond'`,
    [network, sender.address, MAX_AGE_MS],
    { name: "relay_gas_price" },
  );
  if (!row || BigInt(row.price) > ctx.policy.maxGasPriceBase) return null;
  return { gasPriceBase: BigInt(row.price), dataFeeBase: BigInt(row.data_fee) };
}
