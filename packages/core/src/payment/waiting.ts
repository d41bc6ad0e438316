import type { Context } from "../context.ts";
import type { TimedPart } from "../timed-part.ts";

/** Whether a payment on this chain waits for confirmations: the local chain mines only then. */
export async function hasWaitingPayments(ctx: Context, network: string): Promise<boolean> {
  const [row] = await ctx.db.query<{ waiting: boolean }>(
    `select exists (select 1 from payment where network = $1 and completed_at is null and orphaned_at is null) as waiting`,
    [network],
  );
  return row?.waiting ?? false;
}

/** Payments that wait for confirmations. Nothing of theirs is due at a time: blocks move them. */
export const timedPayments: TimedPart = {
  name: "confirmations",
  nextDueAt: async () => null,
  isQuiet: async (ctx) => {
    for (const network of ctx.chains.keys()) if (await hasWaitingPayments(ctx, network)) return false;
    return true;
  },
};
