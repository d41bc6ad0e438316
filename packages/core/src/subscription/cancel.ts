import type { Context, Principal } from "../context.ts";
import { DomainError } from "../errors.ts";
import { notFound } from "../tenant.ts";
import { isUuid } from "../uuid.ts";
import { type Book, changeSubscription, loadBooks } from "./book.ts";
import { boundUntil, endNow, stop } from "./ending.ts";
import { saveBooks } from "./save-books.ts";
import type { Subscription } from "./subscription.ts";
import { wireTime } from "./wire.ts";

export const subscriptionOver = () =>
  new DomainError("conflict", "subscription_cancelled", "The subscription is over. The customer can subscribe anew.");

async function change(ctx: Context, uuid: string, work: (book: Book) => void): Promise<Subscription> {
  return ctx.db.transaction(async (tx) => {
    const txCtx = { ...ctx, db: tx };
    const [book] = isUuid(uuid) ? await loadBooks(txCtx, [uuid]) : [];
    if (!book) throw notFound("subscription");
    work(book);
    await saveBooks(txCtx, [book]);
    return book.subscription;
  });
}

function end(ctx: Context, book: Book): void {
  const now = ctx.clock.now();
  const { status, stopped } = book.subscription;
  if (status === "cancelled") throw subscriptionOver();
  if (stopped) return;
  const until = boundUntil(book.subscription, now);
  if (until !== null) {
    const message = `The subscription runs at least until ${wireTime(until)}. It can be cancelled from then on.`;
    throw new DomainError("conflict", "minimum_period", message);
  }
  const reason = "cancelled_by_customer";
  stop(book, { now, reason });
  if (book.subscription.stopped) book.events.push({ type: "subscription.stopped", data: { reason } });
}

/**
 * The customer ends it: a fixed one at the end of what is paid, a pay-as-you-go after its last bill. Doing it again
 * changes nothing. Throws `not_found`, `minimum_period`, `subscription_cancelled`.
 */
export async function stopByCustomer(ctx: Context, uuid: string): Promise<Subscription> {
  return change(ctx, uuid, (book) => end(ctx, book));
}

/** The same: neither takes anything away that was paid for, nor a last bill that is owed. */
export const cancelByCustomer = stopByCustomer;

/**
 * The merchant ends it at once; a bill that waits is void, one whose charge is under way is settled by the chain. The
 * mandate is cancelled on chain. Throws `not_found`, `subscription_cancelled`.
 */
export async function forceCancel(ctx: Context, principal: Principal, uuid: string): Promise<Subscription> {
  return change(ctx, uuid, (book) => {
    const { organizationId, test, status } = book.subscription;
    if (organizationId !== principal.organizationId || test !== principal.test) throw notFound("subscription");
    if (status === "cancelled") throw subscriptionOver();
    endNow(book, { now: ctx.clock.now(), reason: "cancelled_by_merchant" });
  });
}

/** Revokes every portal link given out so far. Returns the new version. */
export async function revokePortalLinks(ctx: Context, uuid: string): Promise<number> {
  const subscription = await change(ctx, uuid, (book) =>
    changeSubscription(book, { portalVersion: book.subscription.portalVersion + 1 }),
  );
  // Pages that are open with an old link close.
  await ctx.db.query("select pg_notify('subscription_status', $1)", [subscription.uuid]);
  return subscription.portalVersion;
}
