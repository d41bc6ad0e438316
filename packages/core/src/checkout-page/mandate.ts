import type { MandateOffer } from "@qbitflow/api";
import type { ChainAdapter } from "@qbitflow/chains";
import {
  type CheckoutSession,
  getPublicSession,
  requireNothingOnItsWay,
  requireOpen,
  type SessionOptions,
  transition,
} from "../checkout-session/index.ts";
import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import { datesOf, offerMandate, readMandateRequest, takeSignature, trialEnd, underWay } from "../mandate/index.ts";
import { loadMerchant } from "../merchant/index.ts";
import { startSubscription } from "../subscription/index.ts";

type SubscriptionSession = CheckoutSession & { readonly options: SessionOptions };

const impossible = (message: string) => new DomainError("unprocessable", "unprocessable", message);

function withOptions(session: CheckoutSession): SubscriptionSession {
  const { options } = session;
  if (options === null) throw impossible("This session is paid once; there is nothing to authorise.");
  return { ...session, options };
}

/** The customer's own session, still to be authorised. */
function requireReady(ctx: Context, session: CheckoutSession): SubscriptionSession {
  const subscription = withOptions(session);
  requireOpen(ctx, session);
  requireNothingOnItsWay(session);
  if (session.customerUuid === null) {
    throw new DomainError("unprocessable", "customer_needed", "Type name and email first.");
  }
  return subscription;
}

/** The first charge rides with the activation: a fixed price, and no trial before it. */
const chargesAtOnce = ({ kind, trial }: SessionOptions): boolean => kind === "subscription" && trial === undefined;

/**
 * The mandate that this session's customer would sign. Throws `not_found`, `unprocessable` (no subscription),
 * `session_expired`, `session_final`, `conflict` (one is on its way), `customer_needed`, `validation_failed`, `currency_unavailable`.
 */
export async function offerCheckoutMandate(
  ctx: Context,
  input: { readonly uuid: string; readonly request: unknown },
): Promise<MandateOffer> {
  const session = requireReady(ctx, await getPublicSession(ctx, input.uuid));
  const { options } = session;
  const asked = readMandateRequest(input.request, options.kind);
  const merchant = await loadMerchant(ctx, session);
  const dates = async (chain: ChainAdapter) => datesOf(options, { now: ctx.clock.now(), head: await chain.head() });
  return offerMandate(ctx, {
    subject: session,
    merchant,
    asked,
    dates,
    chargesAtOnce: chargesAtOnce(options),
    notAfter: session.expiresAt,
  });
}

/**
 * The customer signed: checked, and the activation is on its way with the first charge. The session is `pending` until the
 * chain has decided. A repeat changes nothing. Throws what `takeSignature` does, and as `offerCheckoutMandate`.
 */
export async function signCheckoutMandate(
  ctx: Context,
  input: {
    readonly uuid: string;
    readonly signatures: {
      readonly mandateHash: string;
      readonly signature: string;
      readonly permitSignature?: string;
    };
  },
): Promise<void> {
  const session = withOptions(await getPublicSession(ctx, input.uuid));
  // A second click after the first was taken is answered by what became of it, not by a refusal.
  if (session.status !== "pending" && session.status !== "waitingConfirmation" && session.status !== "completed") {
    requireReady(ctx, session);
  }
  await takeSignature(ctx, {
    uuid: session.uuid,
    signatures: input.signatures,
    chargesAtOnce: chargesAtOnce(session.options),
    together: async (txCtx) => {
      // Guarded by the status: of two pages that sign, one gets it.
      const changed = await transition(txCtx, [{ uuid: session.uuid, from: "created", to: "pending" }]);
      if (changed.length === 0) throw underWay();
    },
  });
}

/**
 * The trial begins without a signature; it ends in `trial_expired` unless the customer authorises meanwhile. Throws
 * `not_found`, `unprocessable` (no trial), `session_expired`, `session_final`, `conflict`, `customer_needed`.
 */
export async function authoriseLater(ctx: Context, uuid: string): Promise<void> {
  const session = requireReady(ctx, await getPublicSession(ctx, uuid));
  const { trial } = session.options;
  if (trial === undefined) throw impossible("Without a trial it begins by being authorised.");
  const now = ctx.clock.now();
  const trialEndsAt = new Date(trialEnd(Math.floor(now.getTime() / 1_000), trial) * 1_000);
  await ctx.db.transaction(async (tx) => {
    const txCtx = { ...ctx, db: tx };
    const changed = await transition(txCtx, [{ uuid: session.uuid, from: "created", to: "completed" }]);
    if (changed.length === 0) throw underWay();
    await startSubscription(txCtx, { session, mandate: null, startedAt: now, trialEndsAt, firstCharge: null });
  });
}
