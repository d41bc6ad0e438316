import type { Currency, PayAsYouGoSubscription, Subscription as SubscriptionResource } from "@qbitflow/api";
import { MAX_USD_MICROS, microsToJsonNumber, tokenBaseToUsdMicros } from "@qbitflow/money";
import { RateUnavailableError } from "@qbitflow/rates";
import type { Context } from "../context.ts";
import { currencyResource, knownCurrencies, NATIVE_ADDRESS } from "../currency/index.ts";
import { loadMandates, type StoredMandate } from "../mandate/index.ts";
import { loadMerchant, type MerchantKey } from "../merchant/index.ts";
import { soon } from "../soon.ts";
import { periodSeconds } from "./calendar.ts";
import { runningPeriodEndsAt } from "./next-bill.ts";
import type { Subscription } from "./subscription.ts";
import { wireTime } from "./wire.ts";

/** Whom and in what, as far as that is known: before anything is authorised, what would be offered first. */
interface Payee {
  readonly mandate: StoredMandate | null;
  readonly to: string;
  readonly currency: Currency;
  readonly priceSymbol: string;
  readonly decimals: number;
}

async function payeeOf(ctx: Context, subscription: Subscription): Promise<Payee> {
  const { network, mandateHash, test } = subscription;
  const hash = mandateHash as StoredMandate["hash"] | null;
  const mandate =
    network === null || hash === null ? null : ((await loadMandates(ctx, [{ network, hash }])).get(hash) ?? null);
  const known = await knownCurrencies(ctx);
  const merchant = await loadMerchant(ctx, subscription);
  const offered = merchant.currencies.find(({ address }) => address !== NATIVE_ADDRESS) ?? merchant.currencies[0];
  const currency = mandate
    ? known.find(({ id }) => id === mandate.currencyId)
    : (offered ?? known.find((one) => one.test === test));
  if (!currency) throw new Error(`The currency of the subscription ${subscription.uuid} is gone.`);
  return {
    mandate,
    to: mandate?.terms.merchant ?? merchant.payTo.get(currency.network)?.address ?? "",
    currency: currencyResource(currency, new Map(known.map((one) => [one.id, one]))),
    priceSymbol: currency.priceSymbol,
    decimals: currency.decimals,
  };
}

/** In the moment after an authorisation nobody has looked yet, and 0 would be false. */
async function firstLook(ctx: Context, { network, terms }: StoredMandate): Promise<bigint> {
  const { token, subscriber } = terms;
  const look = ctx.chains.get(network)?.mandates?.funds([{ token, owner: subscriber }]);
  const [funds] = (look && (await soon(look))) ?? [];
  return funds?.allowanceBase ?? 0n;
}

/**
 * Asks exchanges for the prices of this tenant's tokens, so that they are remembered, or their silence is: for whoever
 * answers with a subscription out of a transaction, where nobody should wait for them.
 */
export async function lookAtRates(ctx: Context, key: MerchantKey): Promise<void> {
  const { currencies } = await loadMerchant(ctx, key);
  const tokens = currencies.filter(({ address }) => address !== NATIVE_ADDRESS);
  const symbols = new Set(tokens.map(({ priceSymbol }) => priceSymbol));
  await Promise.allSettled([...symbols].map((symbol) => ctx.rates.rate(symbol)));
}

/** What the contract may still take, in USD at the present rate, or at the mandate's where there is none. */
async function allowanceMicros(ctx: Context, subscription: Subscription, payee: Payee): Promise<bigint> {
  if (payee.mandate === null) return 0n;
  const allowanceBase = subscription.allowanceBase ?? (await firstLook(ctx, payee.mandate));
  let rateE18 = payee.mandate.rateE18;
  try {
    rateE18 = (await ctx.rates.rate(payee.priceSymbol)).usdPerTokenE18;
  } catch (error) {
    if (!(error instanceof RateUnavailableError)) throw error;
  }
  const micros = tokenBaseToUsdMicros(allowanceBase, rateE18, payee.decimals);
  const isEndless = micros > MAX_USD_MICROS;
  return isEndless ? MAX_USD_MICROS : micros;
}

/** The wire's Subscription, or PayAsYouGoSubscription. */
export async function subscriptionResource(
  ctx: Context,
  subscription: Subscription,
): Promise<SubscriptionResource | PayAsYouGoSubscription> {
  const { status, lastBilledAt, minimumCancellationAt, nextBillAt, reference, metadata } = subscription;
  const payee = await payeeOf(ctx, subscription);
  const resource: SubscriptionResource = {
    uuid: subscription.uuid,
    from: payee.mandate?.terms.subscriber ?? "",
    to: payee.to,
    productId: Number(subscription.productId),
    subscriptionHash: subscription.mandateHash ?? "",
    currencyId: payee.currency.id,
    currency: payee.currency,
    test: subscription.test,
    customerUUID: subscription.customerUuid,
    frequency: periodSeconds(subscription.frequency),
    allowance: microsToJsonNumber(await allowanceMicros(ctx, subscription, payee)),
    subscriptionStatus: status,
    status,
    stopped: subscription.stopped,
    ...(lastBilledAt === null ? {} : { lastBillingDate: wireTime(lastBilledAt) }),
    // Nothing is to come: the end of what was paid.
    nextBillingDate: wireTime(nextBillAt ?? runningPeriodEndsAt(subscription)),
    ...(minimumCancellationAt === null ? {} : { minimumCancellationDate: wireTime(minimumCancellationAt) }),
    createdAt: wireTime(subscription.createdAt),
    updatedAt: wireTime(subscription.updatedAt),
    ...(reference === null ? {} : { reference }),
    ...(metadata === null ? {} : { metadata: { ...metadata } }),
  };
  if (subscription.kind === "subscription") return resource;
  return {
    ...resource,
    unitsCurrentPeriod: microsToJsonNumber(subscription.unitsCurrentMicros),
    maxSpendingPerPeriod: microsToJsonNumber(subscription.maxSpendingMicros ?? 0n),
    freeCredits: microsToJsonNumber(subscription.freeCreditsMicros),
  };
}
