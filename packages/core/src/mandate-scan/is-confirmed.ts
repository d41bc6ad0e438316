import type { Context } from "../context.ts";
import { hasConfirmedEvent } from "./store.ts";

/** Whether what a transaction did to a subscription's mandate was confirmed, and has taken effect here. */
export function isConfirmedIn(
  ctx: Context,
  at: { readonly uuid: string; readonly transactionHash: string },
): Promise<boolean> {
  return hasConfirmedEvent(ctx.db, at);
}
