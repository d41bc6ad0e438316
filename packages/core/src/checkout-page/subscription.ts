import type { CheckoutSubscription } from "@qbitflow/api";
import { microsToJsonNumber } from "@qbitflow/money";
import { type CheckoutSession, durationOf, type SessionOptions } from "../checkout-session/index.ts";
import type { Context } from "../context.ts";
import { findMandatesOf } from "../mandate/index.ts";
import { portalUrl } from "../portal/link.ts";

/** Why the last try did not go through, while it can be tried again. */
async function failureOf(ctx: Context, session: CheckoutSession): Promise<Pick<CheckoutSubscription, "failure">> {
  if (session.status !== "created" || session.statusSequence === 0) return {};
  const failed = (await findMandatesOf(ctx.db, session.uuid)).filter(({ failureCode }) => failureCode !== null);
  const last = failed.sort((a, b) => Number(b.signedAt) - Number(a.signedAt))[0];
  if (!last?.failureCode || !last.failureMessage) return {};
  return { failure: { code: last.failureCode, message: last.failureMessage } };
}

async function portalOf(
  ctx: Context,
  { session, isOwned }: { readonly session: CheckoutSession; readonly isOwned: boolean },
): Promise<Pick<CheckoutSubscription, "portalUrl">> {
  // The session's uuid is public once it is on chain: the link is for the browser that subscribed, and for no other.
  if (!isOwned || session.browserTokenHash === null || session.status !== "completed") return {};
  const url = await portalUrl(ctx, session.uuid);
  return url === null ? {} : { portalUrl: url };
}

/** What the page says of a subscription, besides what every session has. */
export async function subscriptionShown(
  ctx: Context,
  of: { readonly session: CheckoutSession; readonly options: SessionOptions; readonly isOwned: boolean },
): Promise<CheckoutSubscription> {
  const { kind, frequency, trial, freeCreditsMicros, minPeriods } = of.options;
  return {
    kind,
    frequency: durationOf(frequency),
    ...(trial === undefined ? {} : { trial: durationOf(trial) }),
    ...(freeCreditsMicros === undefined ? {} : { freeCredits: microsToJsonNumber(BigInt(freeCreditsMicros)) }),
    ...(minPeriods === undefined ? {} : { minPeriods }),
    canAuthoriseLater: trial !== undefined,
    ...(await failureOf(ctx, of.session)),
    ...(await portalOf(ctx, of)),
  };
}
