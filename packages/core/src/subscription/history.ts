import type { CombinedPayment, SubscriptionHistory } from "@qbitflow/api";
import { microsToJsonNumber } from "@qbitflow/money";
import { type Bill, findLatestAttempts, findPaidBills } from "../bill/index.ts";
import type { Context, Principal } from "../context.ts";
import { currencyResources } from "../currency/index.ts";
import { loadMandates, type StoredMandate } from "../mandate/index.ts";
import { cursorOf, type Page, type PageQuery, readPage } from "../page.ts";
import { listPayments } from "../payment/index.ts";
import { isUuid } from "../uuid.ts";
import { getSubscription } from "./get.ts";
import { findSubscriptions } from "./store.ts";
import { wireTime } from "./wire.ts";

const MOST = 1_000;

/** The wire's lines of these paid bills, in their order. */
async function historyResources(ctx: Context, bills: readonly Bill[]): Promise<SubscriptionHistory[]> {
  const subscriptions = await findSubscriptions(ctx.db, [...new Set(bills.map((bill) => bill.subscriptionUuid))]);
  const attempts = await findLatestAttempts(
    ctx.db,
    bills.map(({ uuid }) => uuid),
  );
  const subscriptionOf = new Map(subscriptions.map((subscription) => [subscription.uuid, subscription]));
  const attemptOf = new Map(attempts.map((attempt) => [attempt.billUuid, attempt]));
  const keys = attempts.flatMap(({ network, mandateHash }) =>
    network === null || mandateHash === null ? [] : [{ network, hash: mandateHash as StoredMandate["hash"] }],
  );
  const mandates: ReadonlyMap<string, StoredMandate> = await loadMandates(ctx, keys);
  const currencies = await currencyResources(ctx, [...new Set([...mandates.values()].map((one) => one.currencyId))]);
  return bills.map((bill) => {
    const subscription = subscriptionOf.get(bill.subscriptionUuid);
    const attempt = attemptOf.get(bill.uuid);
    const mandate = mandates.get(attempt?.mandateHash ?? "");
    const currency = mandate && currencies.get(mandate.currencyId);
    if (!subscription || !attempt || !mandate || !currency) throw new Error(`What paid the bill ${bill.uuid} is gone.`);
    const { reference, metadata } = subscription;
    return {
      uuid: bill.uuid,
      subscriptionUUID: bill.subscriptionUuid,
      createdAt: wireTime(bill.settledAt ?? bill.createdAt),
      from: mandate.terms.subscriber,
      to: mandate.terms.merchant,
      name: subscription.productName,
      description: subscription.description,
      amount: microsToJsonNumber(bill.amountMicros),
      currencyId: currency.id,
      currency,
      test: bill.test,
      productId: Number(subscription.productId),
      transactionHash: attempt.transactionHash ?? "",
      customerUUID: subscription.customerUuid,
      ...(reference === null ? {} : { reference }),
      ...(metadata === null ? {} : { metadata: { ...metadata } }),
    };
  });
}

/** What a subscription paid, the newest first; at most 1000. Throws `not_found`. */
export async function subscriptionHistory(
  ctx: Context,
  principal: Principal,
  uuid: string,
): Promise<SubscriptionHistory[]> {
  const { organizationId, test, uuid: subscriptionUuid } = await getSubscription(ctx, principal, uuid);
  const page = { organizationId, test, subscriptionUuid, after: null, limit: MOST };
  return historyResources(ctx, await findPaidBills(ctx.db, page));
}

/**
 * One-time payments and paid bills in one list, newest uuid first: a payment has its session's, a bill its own. Throws
 * `invalid_cursor`, `validation_failed`.
 */
export async function listCombinedPayments(
  ctx: Context,
  principal: Principal,
  query: PageQuery,
): Promise<Page<CombinedPayment>> {
  const { limit, after } = readPage(query, [isUuid]);
  const { organizationId, test } = principal;
  const [payments, bills] = await Promise.all([
    listPayments(ctx, principal, query),
    findPaidBills(ctx.db, {
      organizationId,
      test,
      subscriptionUuid: null,
      after: after?.[0] ?? null,
      limit: limit + 1,
    }),
  ]);
  const lines = await historyResources(ctx, bills);
  const all: CombinedPayment[] = [
    ...payments.items.map((payment) => ({ ...payment, source: "payment" as const })),
    ...lines.map((line) => ({ ...line, source: "subscription_history" as const })),
  ].sort((a, b) => (a.uuid < b.uuid ? 1 : -1));
  const items = all.slice(0, limit);
  const last = items.at(-1);
  const hasMore = payments.nextCursor !== null || all.length > limit;
  return { items, nextCursor: hasMore && last ? cursorOf([last.uuid]) : null };
}
