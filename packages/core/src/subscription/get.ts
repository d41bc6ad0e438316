import { type Bill, type BillAttempt, findBillsOf, findBillsOfPeriods, findLatestAttempts } from "../bill/index.ts";
import type { Context, Principal } from "../context.ts";
import { type Page, type PageQuery, pageOf, readPage } from "../page.ts";
import { notFound } from "../tenant.ts";
import { isUuid } from "../uuid.ts";
import { findSubscriptionPage, findSubscriptions } from "./store.ts";
import type { Subscription } from "./subscription.ts";

/** For whoever holds a portal link, and for other parts of core. Throws `not_found`. */
export async function subscriptionView(ctx: Context, uuid: string): Promise<Subscription> {
  const [subscription] = isUuid(uuid) ? await findSubscriptions(ctx.db, [uuid.toLowerCase()]) : [];
  if (!subscription) throw notFound("subscription");
  return subscription;
}

/** The organization's own. Throws `not_found`. */
export async function getSubscription(ctx: Context, principal: Principal, uuid: string): Promise<Subscription> {
  const subscription = await subscriptionView(ctx, uuid);
  const isOwn = subscription.organizationId === principal.organizationId && subscription.test === principal.test;
  if (!isOwn) throw notFound("subscription");
  return subscription;
}

/** Newest first, of one kind or both. Throws `invalid_cursor`, `validation_failed`. */
export async function listSubscriptions(
  ctx: Context,
  principal: Principal,
  query: PageQuery & { readonly kind?: Subscription["kind"] },
): Promise<Page<Subscription>> {
  const { limit, after } = readPage(query, [isUuid]);
  const rows = await findSubscriptionPage(ctx.db, principal, {
    kind: query.kind ?? null,
    limit: limit + 1,
    after: after?.[0] ?? null,
  });
  return pageOf(rows, limit, ({ uuid }) => [uuid]);
}

/** A bill with its newest attempt: what was taken, or why nothing was. */
export interface TriedBill {
  readonly bill: Bill;
  readonly attempt: BillAttempt | null;
}

/** A subscription's bills, the newest period first. */
export async function billsOf(ctx: Context, uuid: string, limit: number): Promise<TriedBill[]> {
  const bills = await findBillsOf(ctx.db, uuid, limit);
  const attempts = await findLatestAttempts(
    ctx.db,
    bills.map((bill) => bill.uuid),
  );
  const attemptOf = new Map(attempts.map((attempt) => [attempt.billUuid, attempt]));
  return bills.map((bill) => ({ bill, attempt: attemptOf.get(bill.uuid) ?? null }));
}

/** What paid the first period; null while it is not paid. */
export async function firstPaymentOf(
  ctx: Context,
  uuid: string,
): Promise<{ readonly bill: Bill; readonly attempt: BillAttempt } | null> {
  const [bill] = await findBillsOfPeriods(ctx.db, uuid, [0]);
  const [attempt] = bill?.status === "paid" ? await findLatestAttempts(ctx.db, [bill.uuid]) : [];
  return bill && attempt ? { bill, attempt } : null;
}
