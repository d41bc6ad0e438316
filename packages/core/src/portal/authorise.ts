import type { MandateOffer } from "@qbitflow/api";
import type { ChainAdapter } from "@qbitflow/chains";
import { findUnsettledBills } from "../bill/index.ts";
import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import { offerExpired, offerMandate, readMandateRequest, type Signatures, takeSignature } from "../mandate/index.ts";
import { loadMerchant } from "../merchant/index.ts";
import { type Subscription, subscriptionOver, subscriptionView } from "../subscription/index.ts";
import { lockSubscriptions } from "../subscription/store.ts";
import { authorisedDates, isStillDue } from "./mandate-dates.ts";

/** Nothing is charged any more: nothing is to be authorised for it. */
function requireGoingOn({ status, stopped, kind }: Subscription): void {
  if (status === "cancelled") throw subscriptionOver();
  if (stopped && kind === "subscription") {
    const message = "The subscription was stopped and is not charged any more. There is nothing to authorise.";
    throw new DomainError("conflict", "conflict", message);
  }
}

/**
 * The mandate that the customer would sign: the first one after a trial, or another wallet, currency or number of periods
 * in place of the present one. Nothing is charged with it; the bill that waits, or the next one, is its first. Throws
 * `not_found`, `subscription_cancelled`, `conflict` (stopped), `validation_failed`, `currency_unavailable`.
 */
export async function offerAuthorisation(
  ctx: Context,
  input: { readonly uuid: string; readonly request: unknown },
): Promise<MandateOffer> {
  const subscription = await subscriptionView(ctx, input.uuid);
  requireGoingOn(subscription);
  const { uuid, kind, frequency, priceMicros } = subscription;
  const asked = readMandateRequest(input.request, kind);
  const [bill = null] = await findUnsettledBills(ctx.db, [uuid]);
  const dates = async (chain: ChainAdapter) =>
    authorisedDates(subscription, { bill, now: ctx.clock.now(), head: await chain.head() });
  return offerMandate(ctx, {
    subject: { uuid, priceMicros, options: { kind, frequency } },
    merchant: await loadMerchant(ctx, subscription),
    asked,
    dates,
    isStillDue: ({ terms }) => isStillDue(subscription, bill, terms.firstChargeAt),
    chargesAtOnce: false,
  });
}

/**
 * The customer signed: checked, and on its way to the chain, which ends the mandate there was once the new one counts. A
 * repeat changes nothing. Throws what `takeSignature` does (`offer_expired` also when the bill that it would pay first
 * was paid since), `subscription_cancelled`, `conflict` (stopped).
 */
export async function signAuthorisation(
  ctx: Context,
  { uuid, signatures }: { readonly uuid: string; readonly signatures: Signatures },
): Promise<void> {
  requireGoingOn(await subscriptionView(ctx, uuid));
  await takeSignature(ctx, {
    uuid,
    signatures,
    chargesAtOnce: false,
    together: async (txCtx, { terms }) => {
      const [subscription] = await lockSubscriptions(txCtx.db, [uuid]);
      if (!subscription) throw new Error(`The subscription ${uuid} is gone.`);
      requireGoingOn(subscription);
      const [bill = null] = await findUnsettledBills(txCtx.db, [uuid]);
      if (!isStillDue(subscription, bill, terms.firstChargeAt)) throw offerExpired();
      await txCtx.db.query("select pg_notify('subscription_status', $1)", [uuid]);
    },
  });
}
