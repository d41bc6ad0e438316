import { ChainUnavailableError } from "@qbitflow/chains";
import type { Context } from "../context.ts";
import type { Lane } from "./lane.ts";

/** Gas of one charge where the network's subscriptions contract says nothing. */
const CHARGE_GAS = 200_000n;
/** Coin for fewer charges than this at the present price is low. */
const LOW_CHARGES = 100n;

/** How a key that sends stands, as its process wrote it down last. */
export interface RelayHealth {
  readonly network: string;
  readonly sender: string;
  /** Null until it was looked at. */
  readonly balanceBase: bigint | null;
  /** What the balance is enough for at the present price of gas. */
  readonly chargesLeft: bigint | null;
  readonly isLow: boolean;
  /** Calls that are not signed yet, and calls whose end is not settled. */
  readonly queued: number;
  readonly underWay: number;
}

const chargesOf = (balanceBase: bigint, costBase: bigint) => (costBase > 0n ? balanceBase / costBase : LOW_CHARGES);

/** Looks at the key's coin, writes it down and tells a change once; answers whether it is low. */
export async function watchBalance(
  ctx: Context,
  lane: Lane,
  { nowBase, wasLow }: { readonly nowBase: bigint; readonly wasLow: boolean },
): Promise<boolean> {
  const { network, sender } = lane;
  const balanceBase = await sender.balanceBase();
  const dataFeeBase = await dataFeeOf(ctx, lane);
  const costBase = nowBase * (lane.adapter.mandates?.chargeGas ?? CHARGE_GAS) + (dataFeeBase ?? 0n);
  await ctx.db.query(
    `update relay_sender set balance_base = $3, charge_cost_base = $4, gas_price_base = $5,
       data_fee_base = $6, balance_at = clock_timestamp()
     where network = $1 and sender = $2`,
    [network, sender.address, balanceBase, costBase, nowBase, dataFeeBase],
    { name: "relay_balance" },
  );
  const chargesLeft = chargesOf(balanceBase, costBase);
  const isLow = chargesLeft < LOW_CHARGES;
  const fields = {
    network,
    sender: sender.address,
    balanceBase: String(balanceBase),
    chargesLeft: String(chargesLeft),
  };
  if (isLow && !wasLow) ctx.log.warn(fields, "the relay's balance is low");
  if (!isLow && wasLow) ctx.log.info(fields, "the relay's balance is enough again");
  return isLow;
}

/** Null where it cannot be told: then nobody is quoted a price of it, but what is to be sent is sent. */
async function dataFeeOf(ctx: Context, { sender, network }: Lane): Promise<bigint | null> {
  try {
    return await sender.dataFeeBase();
  } catch (error) {
    if (!(error instanceof ChainUnavailableError)) throw error;
    ctx.log.warn({ network, err: error }, "the fee for publishing a transaction cannot be told");
    return null;
  }
}

interface HealthRow {
  readonly network: string;
  readonly sender: string;
  readonly balance_base: string | null;
  readonly charge_cost_base: string | null;
  readonly queued: bigint;
  readonly under_way: bigint;
}

/** The keys that this process is configured with, each as whoever sends with it wrote it down. */
export async function relayHealth(ctx: Context): Promise<RelayHealth[]> {
  const rows = await ctx.db.query<HealthRow>(
    `select s.network, s.sender, s.balance_base, s.charge_cost_base,
       (select count(*) from relay_call c where c.network = s.network and c.state = 'queued') as queued,
       (select count(*) from relay_nonce n where n.network = s.network and n.sender = s.sender and n.settled_at is null)
         as under_way
     from relay_sender s order by s.network, s.sender`,
  );
  const isConfigured = (row: HealthRow) => ctx.chains.get(row.network)?.sender?.address === row.sender;
  return rows.filter(isConfigured).map((row) => {
    const balanceBase = row.balance_base === null ? null : BigInt(row.balance_base);
    const chargesLeft = balanceBase === null ? null : chargesOf(balanceBase, BigInt(row.charge_cost_base ?? "0"));
    return {
      network: row.network,
      sender: row.sender,
      balanceBase,
      chargesLeft,
      isLow: chargesLeft !== null && chargesLeft < LOW_CHARGES,
      queued: Number(row.queued),
      underWay: Number(row.under_way),
    };
  });
}
