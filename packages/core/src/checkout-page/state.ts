import type { CheckoutState } from "@qbitflow/api";
import { microsToJsonNumber } from "@qbitflow/money";
import { type CheckoutSession, getPublicSession, isOwner, unixSeconds } from "../checkout-session/index.ts";
import type { Context } from "../context.ts";
import { loadMerchant } from "../merchant/index.ts";
import { replacePlaceholders } from "../placeholders.ts";
import { quoteResource, standingQuote } from "../quote/index.ts";
import { checkoutCurrencies, subscriptionCurrencies } from "./currencies.ts";
import { checkoutProgress } from "./progress.ts";
import { subscriptionShown } from "./subscription.ts";

type Links = Pick<CheckoutState, "hasSuccessUrl" | "hasCancelUrl" | "successUrl" | "cancelUrl">;

/** A URL is shown when it is the way to go on: success once paid, cancel for whoever may cancel or did. */
function linksOf(
  session: CheckoutSession,
  shown: { status: CheckoutState["status"]["status"]; isOwner: boolean },
): Links {
  const filled = (url: string) => replacePlaceholders(url, session);
  const { successUrl, cancelUrl } = session;
  const mayCancel = shown.isOwner || shown.status === "cancelled";
  return {
    hasSuccessUrl: successUrl !== null,
    hasCancelUrl: cancelUrl !== null,
    ...(successUrl !== null && shown.status === "completed" ? { successUrl: filled(successUrl) } : {}),
    ...(cancelUrl !== null && mayCancel ? { cancelUrl: filled(cancelUrl) } : {}),
  };
}

async function quoteFor(ctx: Context, session: CheckoutSession): Promise<Pick<CheckoutState, "quote">> {
  const quote = await standingQuote(ctx, session.uuid);
  const resource = quote && quoteResource(ctx, { quote, priceMicros: session.priceMicros });
  return resource ? { quote: resource } : {};
}

/**
 * Everything the customer's page shows of a session. Nothing of the customer's data: the uuid is public once it was paid.
 * `rpcUrl` and `walletConnectProjectId` are the server's to add. Throws `not_found`.
 */
export async function checkoutState(ctx: Context, uuid: string, browserToken?: string): Promise<CheckoutState> {
  const session = await getPublicSession(ctx, uuid);
  const merchant = await loadMerchant(ctx, session);
  const { options } = session;
  const offered = options === null ? merchant.currencies : await subscriptionCurrencies(ctx, merchant);
  const [{ status, payments }, currencies] = await Promise.all([
    checkoutProgress(ctx, session),
    checkoutCurrencies(ctx, merchant, offered),
  ]);
  const isPayable = status.status === "created" || status.status === "pending";
  const isOwned = isOwner(session, browserToken);
  return {
    uuid: session.uuid,
    mode: session.test ? "test" : "live",
    productName: session.productName,
    description: session.description,
    price: microsToJsonNumber(session.priceMicros),
    organizationName: merchant.organizationName,
    ...(merchant.supportEmail === null ? {} : { supportEmail: merchant.supportEmail }),
    createdAt: session.createdAt.toISOString(),
    expiresAt: unixSeconds(session.expiresAt),
    serverTime: unixSeconds(ctx.clock.now()),
    status,
    needsCustomer: session.customerUuid === null,
    isOwner: isOwned,
    currencies,
    ...(isPayable && options === null ? await quoteFor(ctx, session) : {}),
    ...(options === null ? {} : { subscription: await subscriptionShown(ctx, { session, options, isOwned }) }),
    payments,
    ...linksOf(session, { status: status.status, isOwner: isOwned }),
    fixedPrices: ctx.rates.fixed,
  };
}
