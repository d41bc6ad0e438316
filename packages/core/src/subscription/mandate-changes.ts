import type { Context } from "../context.ts";
import { changeSubscription, loadBooks, putBill } from "./book.ts";
import { endNow, stop } from "./ending.ts";
import { saveBooks } from "./save-books.ts";

export interface MandateEnd {
  readonly uuid: string;
  readonly network: string;
  readonly hash: string;
  readonly how: "stopped" | "cancelled";
  /** The address that did it, as the chain shows it. */
  readonly by: string;
  /** Did the subscriber himself? Only then what is paid for runs on. Absent = yes. */
  readonly byCustomer?: boolean;
}

/**
 * The chain says that a mandate ended. The subscriber's own end is as in the portal, but pay-as-you-go that is cancelled
 * on chain can take no last bill and ends at once; so does what the merchant cancelled. A mandate that was replaced
 * since is nothing to us, nor is what we cancelled ourselves.
 */
export async function mandateEnded(ctx: Context, end: MandateEnd): Promise<void> {
  const [book] = await loadBooks(ctx, [end.uuid]);
  const isCurrent = book?.subscription.network === end.network && book.subscription.mandateHash === end.hash;
  if (!book || !isCurrent || book.subscription.status === "cancelled") return;
  const now = ctx.clock.now();
  const { how, by, byCustomer = true } = end;
  book.events.push({ type: `subscription.mandate_${how}`, data: { network: end.network, mandateHash: end.hash, by } });
  const reason = byCustomer ? "cancelled_by_customer" : "cancelled_by_merchant";
  const isCancelled = how === "cancelled";
  const ending = { now, reason, cancelsMandate: !isCancelled };
  const endsAtOnce = isCancelled && (!byCustomer || book.subscription.kind === "payAsYouGo");
  if (endsAtOnce) endNow(book, ending);
  else stop(book, ending);
  await saveBooks(ctx, [book]);
}

export interface CapChange {
  readonly uuid: string;
  readonly maximumBase: bigint;
  /** What the customer asked for in USD; null when the change was not offered here. */
  readonly askedMicros: bigint | null;
}

/**
 * The subscriber changed the most that one period may take: a bill that waits for it is tried at once. For pay-as-you-go
 * what was asked for is the most that one bill may ask from now on; a higher one is told of anew at 80 and 100 percent.
 */
export async function capChanged(ctx: Context, { uuid, maximumBase, askedMicros }: CapChange): Promise<void> {
  const [book] = await loadBooks(ctx, [uuid]);
  if (!book || book.subscription.status === "cancelled") return;
  book.events.push({ type: "subscription.maximum_changed", data: { maximumBase: String(maximumBase) } });
  const { kind, maxSpendingMicros, usageToldPercent } = book.subscription;
  if (kind === "payAsYouGo" && askedMicros !== null) {
    const isRaised = maxSpendingMicros !== null && askedMicros > maxSpendingMicros;
    changeSubscription(book, {
      maxSpendingMicros: askedMicros,
      usageToldPercent: isRaised ? 0 : usageToldPercent,
    });
  }
  const now = ctx.clock.now();
  const { bill } = book;
  if (bill?.status === "open" && book.subscription.status === "pending") {
    putBill(book, { ...bill, isUrgent: true, nextAttemptAt: now });
  }
  changeSubscription(book, { fundsCheckAt: now });
  await saveBooks(ctx, [book]);
  await ctx.db.query("select pg_notify('bill_due', '')");
}

/** Somebody says that funds or an allowance came: the chain is asked now, and a bill that they cover is tried at once. */
export async function fundsMayHaveCome(ctx: Context, uuid: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const txCtx = { ...ctx, db: tx };
    const [book] = await loadBooks(txCtx, [uuid]);
    if (!book || book.subscription.status === "cancelled" || book.subscription.mandateHash === null) return;
    changeSubscription(book, { fundsCheckAt: ctx.clock.now() });
    await saveBooks(txCtx, [book]);
    await tx.query("select pg_notify('bill_due', '')");
  });
}
