import type { PortalState } from "@qbitflow/api";
import { microsToJsonNumber, tokenAmountToText } from "@qbitflow/money";
import { findUnsettledBills } from "../bill/index.ts";
import { checkoutCurrencies, subscriptionCurrencies } from "../checkout-page/currencies.ts";
import { durationOf, unixSeconds } from "../checkout-session/index.ts";
import type { Context } from "../context.ts";
import { loadMerchant } from "../merchant/index.ts";
import {
  boundUntil,
  endIfStopped,
  nextBillOf,
  type Subscription,
  subscriptionView,
  usageSoFarMicros,
  wireTime,
} from "../subscription/index.ts";
import { portalBills } from "./bills.ts";
import { billBase, type Paying, payingOf, portalMandate } from "./paying.ts";
import { callsUnderWay } from "./under-way.ts";

const timeOf = <Name extends string>(name: Name, at: Date | null) =>
  (at === null ? {} : { [name]: wireTime(at) }) as { [K in Name]?: string };

function usageOf(subscription: Subscription): Pick<PortalState, "usage"> {
  if (subscription.kind !== "payAsYouGo") return {};
  return {
    usage: {
      units: microsToJsonNumber(subscription.unitsCurrentMicros),
      amountUsd: microsToJsonNumber(usageSoFarMicros(subscription)),
      freeCredits: microsToJsonNumber(subscription.freeCreditsMicros),
      carriedUsd: microsToJsonNumber(subscription.carriedMicros),
      maxSpendingPerPeriod: microsToJsonNumber(subscription.maxSpendingMicros ?? 0n),
    },
  };
}

async function nextBill(ctx: Context, uuid: string, paying: Paying | null) {
  const next = await nextBillOf(ctx, uuid);
  if (!next) return {};
  const { dueAt, amountMicros } = next;
  const tokens =
    paying === null
      ? {}
      : {
          amount: tokenAmountToText(billBase(paying, amountMicros), paying.currency.decimals),
          symbol: paying.currency.symbol,
        };
  return { nextBillAt: wireTime(dueAt), nextBill: { amountUsd: microsToJsonNumber(amountMicros), ...tokens } };
}

/** Whether the customer can end it here now, and when it would be over, or will be. */
async function endingOf(ctx: Context, subscription: Subscription) {
  const now = ctx.clock.now();
  const { status, stopped, minimumCancellationAt } = subscription;
  const canCancel = status !== "cancelled" && !stopped && boundUntil(subscription, now) === null;
  const [bill = null] = await findUnsettledBills(ctx.db, [subscription.uuid]);
  // Of one that is stopped already this is when it ends as it is.
  const endsAt = canCancel || (stopped && status !== "cancelled") ? endIfStopped(subscription, bill, now) : null;
  return { ...timeOf("minimumCancellationDate", minimumCancellationAt), canCancel, ...timeOf("endsAt", endsAt) };
}

/**
 * Everything the customer's portal shows. Nothing of the customer's own data: whoever has the link sees what is paid, not
 * who pays. `rpcUrl` and `walletConnectProjectId` are the server's to add. Throws `not_found`.
 */
export async function portalState(ctx: Context, uuid: string): Promise<PortalState> {
  const subscription = await subscriptionView(ctx, uuid);
  const merchant = await loadMerchant(ctx, subscription);
  const paying = await payingOf(ctx, subscription);
  const mandate = paying && (await portalMandate(ctx, subscription, paying));
  const { status, statusReason, statusMessage } = subscription;
  return {
    uuid: subscription.uuid,
    mode: subscription.test ? "test" : "live",
    organizationName: merchant.organizationName,
    ...(merchant.supportEmail === null ? {} : { supportEmail: merchant.supportEmail }),
    productName: subscription.productName,
    description: subscription.description,
    kind: subscription.kind,
    price: microsToJsonNumber(subscription.priceMicros),
    frequency: durationOf(subscription.frequency),
    status,
    ...(statusReason === null ? {} : { reason: statusReason }),
    ...(statusMessage === null ? {} : { message: statusMessage }),
    stopped: subscription.stopped,
    createdAt: wireTime(subscription.createdAt),
    ...timeOf("trialEndsAt", subscription.trialEndsAt),
    ...timeOf("statusEndsAt", subscription.statusEndsAt),
    ...(await nextBill(ctx, subscription.uuid, paying)),
    ...(await endingOf(ctx, subscription)),
    ...usageOf(subscription),
    ...(mandate ? { mandate } : {}),
    underWay: await callsUnderWay(ctx, subscription),
    currencies: await checkoutCurrencies(ctx, merchant, await subscriptionCurrencies(ctx, merchant)),
    bills: await portalBills(ctx, subscription.uuid),
    fixedPrices: ctx.rates.fixed,
    serverTime: unixSeconds(ctx.clock.now()),
  };
}
