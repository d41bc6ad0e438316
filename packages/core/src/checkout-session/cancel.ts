import type { Context, Principal } from "../context.ts";
import { DomainError } from "../errors.ts";
import { getOwnSession, getPublicSession } from "./get.ts";
import { requireNothingOnItsWay, requireOpen } from "./open.ts";
import { isOwner, notOwner } from "./owner.ts";
import type { CheckoutSession } from "./session.ts";
import { EXPIRED_MESSAGE } from "./status.ts";
import { transition } from "./transition.ts";

async function end(ctx: Context, session: CheckoutSession, to: "cancelled" | "expired"): Promise<CheckoutSession> {
  const message = to === "cancelled" ? "Cancelled by the customer." : EXPIRED_MESSAGE;
  const change = { uuid: session.uuid, from: session.status, to, message };
  const [changed] = await ctx.db.transaction((tx) => transition({ ...ctx, db: tx }, [change]));
  const now = await getPublicSession(ctx, session.uuid);
  if (changed !== undefined) return now;
  requireOpen(ctx, now);
  throw new DomainError("conflict", "conflict", "The session changed at this very moment. Read it again.");
}

/**
 * By the customer: the browser that typed the data, or any while none has. Throws `not_found`, `not_session_owner`,
 * `session_expired`, `session_final`, `conflict` (a payment is on its way).
 */
export async function cancelSession(
  ctx: Context,
  input: { readonly uuid: string; readonly browserToken?: string | undefined },
): Promise<CheckoutSession> {
  const session = await getPublicSession(ctx, input.uuid);
  if (!isOwner(session, input.browserToken)) throw notOwner();
  if (session.status === "cancelled") return session;
  requireOpen(ctx, session);
  requireNothingOnItsWay(session);
  return end(ctx, session, "cancelled");
}

/** By the merchant, before its time. Throws `not_found`, `session_expired`, `session_final`. */
export async function expireSession(ctx: Context, principal: Principal, uuid: string): Promise<CheckoutSession> {
  const session = await getOwnSession(ctx, principal, uuid);
  requireOpen(ctx, session);
  return end(ctx, session, "expired");
}
