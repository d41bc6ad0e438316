import { MAX_FEE_BPS } from "@qbitflow/money";
import type { Context } from "../context.ts";
import { NATIVE_ADDRESS } from "../currency/index.ts";
import { readFields } from "../fields.ts";
import { merchantChanged } from "../tenant.ts";

/** What the operator takes of each payment on one network. */
export interface PlatformFee {
  readonly network: string;
  readonly feeBps: number;
  readonly recipient: string;
}

/** For quotes from now on. Throws `validation_failed`. */
export async function setPlatformFee(ctx: Context, input: PlatformFee): Promise<PlatformFee> {
  const fields = readFields(input);
  const feeBps = fields.integer("feeBps", { min: 0, max: MAX_FEE_BPS });
  const chain = ctx.chains.get(input.network);
  if (!chain) fields.problem("network", `must be a network of this server: ${[...ctx.chains.keys()].join(", ")}`);
  const recipient = chain?.parseAddress(String(input.recipient)) ?? null;
  if (chain && (recipient === null || recipient === NATIVE_ADDRESS)) {
    fields.problem("recipient", `must be an address on ${chain.network.name}`);
  }
  fields.done();
  const fee = { network: input.network, feeBps, recipient: recipient as string };
  await ctx.db.query(
    `insert into platform_fee (network, fee_bps, recipient, updated_at) values ($1, $2, $3, $4)
     on conflict (network) do update set fee_bps = excluded.fee_bps, recipient = excluded.recipient, updated_at = excluded.updated_at`,
    [fee.network, fee.feeBps, fee.recipient, ctx.clock.now()],
  );
  await merchantChanged(ctx, null);
  return fee;
}

/** A network that is not among them is free of charge. */
export async function listPlatformFees(ctx: Context): Promise<PlatformFee[]> {
  return ctx.db.query(`select network, fee_bps as "feeBps", recipient from platform_fee order by network`);
}
