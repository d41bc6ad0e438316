import type { Context } from "../context.ts";
import { PERMIT_SLACK_SECONDS } from "../mandate/index.ts";

/** When an offer made now has to be signed, and the deadline in what is signed: later, so that it can still be mined. Unix seconds. */
export function offerTimes(ctx: Context): { readonly expiresAt: number; readonly deadline: number } {
  const expiresAt = Math.floor((ctx.clock.now().getTime() + ctx.policy.quoteMs) / 1_000);
  return { expiresAt, deadline: expiresAt + PERMIT_SLACK_SECONDS };
}

/** True for a deadline that an offer of ours can have, while that may still be signed. */
export function isOffered(ctx: Context, deadline: number): boolean {
  const nowSeconds = Math.floor(ctx.clock.now().getTime() / 1_000);
  return deadline - PERMIT_SLACK_SECONDS > nowSeconds && deadline <= offerTimes(ctx).deadline;
}
