import type { CheckoutCustomer } from "@qbitflow/api";
import type { Context } from "../context.ts";
import { correctCustomer, findTypedCustomer, forgetTyped, keepTyped, knowCustomer } from "../customer/index.ts";
import { DomainError } from "../errors.ts";
import { notFound } from "../tenant.ts";
import { getPublicSession } from "./get.ts";
import { requireOpen } from "./open.ts";
import { hashBrowserToken, isIssuedToken, isOwner, newBrowserToken, notOwner } from "./owner.ts";
import type { CheckoutSession } from "./session.ts";
import { isCustomerShared, updateCustomerTyped } from "./store.ts";

/** The customer this browser made and nobody else has by now: the one it may correct. */
async function correctable(ctx: Context, session: CheckoutSession): Promise<string | null> {
  const { uuid, customerUuid } = session;
  if (customerUuid === null || !session.customerMadeHere) return null;
  return (await isCustomerShared(ctx.db, { uuid, customerUuid })) ? null : customerUuid;
}

/** In the transaction of the session: a customer nobody got is taken back with it. */
async function typeCustomer(
  ctx: Context,
  session: CheckoutSession,
  input: { readonly customer: unknown; readonly browserToken: string },
): Promise<CheckoutSession> {
  const own = await correctable(ctx, session);
  const corrected = own !== null && (await correctCustomer(ctx, session, { uuid: own, change: input.customer }));
  const known = corrected ? { uuid: own, isNew: true } : await knowCustomer(ctx, session, input.customer);
  const typed = await updateCustomerTyped(ctx.db, {
    uuid: session.uuid,
    customerUuid: known.uuid,
    madeHere: known.isNew,
    browserTokenHash: hashBrowserToken(input.browserToken),
  });
  if (typed) {
    await keepTyped(ctx, { sessionUuid: session.uuid, customerUuid: known.uuid, customer: input.customer });
    if (own !== null && own !== known.uuid) await forgetTyped(ctx, session, own);
    return typed;
  }
  // Between our look and our write it ended, or another browser was first; the transaction takes the customer back.
  requireOpen(ctx, await getPublicSession(ctx, session.uuid));
  throw notOwner();
}

/**
 * What a person typed on the page, who from then on owns the session: `browserToken` goes into the browser's cookie. A
 * known customer's email means that customer, whose data is neither shown nor changed. Throws `not_found`,
 * `validation_failed`, `not_session_owner`, `conflict` (the merchant named the customer), `session_expired`, `session_final`.
 */
export async function setCustomer(
  ctx: Context,
  input: { readonly uuid: string; readonly customer: unknown; readonly browserToken?: string | undefined },
): Promise<{ session: CheckoutSession; browserToken: string }> {
  const session = await getPublicSession(ctx, input.uuid);
  requireOpen(ctx, session);
  if (!isOwner(session, input.browserToken)) throw notOwner();
  if (session.browserTokenHash === null && session.customerUuid !== null) {
    throw new DomainError("conflict", "conflict", "The seller knows this customer already; nothing has to be typed.");
  }
  // A browser keeps the token it was given with the page, so that it is still the owner when the answer to its first
  // try was lost. One that is not of our making is not ours to trust.
  const isOwned = session.browserTokenHash !== null && input.browserToken !== undefined;
  const isIssued = isOwned || isIssuedToken(ctx, { uuid: input.uuid, token: input.browserToken });
  const browserToken = isIssued ? (input.browserToken as string) : newBrowserToken(ctx, input.uuid);
  const typed = await ctx.db.transaction((tx) =>
    typeCustomer({ ...ctx, db: tx }, session, { customer: input.customer, browserToken }),
  );
  return { session: typed, browserToken };
}

/** What this browser typed, for it alone: its own words even where they meant a known customer. Throws `not_found`, `not_session_owner`. */
export async function checkoutCustomer(
  ctx: Context,
  uuid: string,
  browserToken: string | undefined,
): Promise<CheckoutCustomer> {
  const session = await getPublicSession(ctx, uuid);
  if (!isOwner(session, browserToken)) throw notOwner();
  const typed = session.browserTokenHash === null ? undefined : await findTypedCustomer(ctx, uuid);
  if (!typed) throw notFound("customer");
  return typed;
}
