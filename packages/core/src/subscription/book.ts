import { type Bill, type BillAttempt, findLatestAttempts, findUnsettledBills } from "../bill/index.ts";
import type { Context } from "../context.ts";
import { lockFreeSubscriptions, lockSubscriptions } from "./store.ts";
import type { Subscription } from "./subscription.ts";

/** A webhook about a bill or about usage; statuses have theirs by themselves. */
export type Notice =
  | {
      readonly about: "bill";
      readonly status: "completed" | "failed";
      readonly txHash?: string;
      readonly message?: string;
    }
  | { readonly about: "usage"; readonly percent: 80 | 100 };

export interface BookEvent {
  readonly type: string;
  /** Plain JSON; amounts are decimal texts. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The merchant is told by webhook, too. */
  readonly notice?: Notice;
}

/**
 * A locked subscription with its unsettled bill and that bill's newest attempt. What happens to it is worked out here,
 * in memory and purely; `saveBooks` writes what changed, tells of it, and refuses what the table of statuses does not know.
 */
export interface Book {
  readonly before: Subscription;
  subscription: Subscription;
  bill: Bill | null;
  attempt: BillAttempt | null;
  /** Bills and attempts to write, each as it is in the end; a bill that is settled comes before one that is new. */
  readonly bills: Map<string, Bill>;
  readonly attempts: Map<string, BillAttempt>;
  readonly events: BookEvent[];
  /** The mandate is to be cancelled on chain. */
  cancelsMandate: boolean;
}

export function bookOf(subscription: Subscription, bill: Bill | null = null, attempt: BillAttempt | null = null): Book {
  return {
    before: subscription,
    subscription,
    bill,
    attempt,
    bills: new Map(),
    attempts: new Map(),
    events: [],
    cancelsMandate: false,
  };
}

export function changeSubscription(book: Book, change: Partial<Subscription>): void {
  book.subscription = { ...book.subscription, ...change };
}

/** Writes down how a bill is now; one that is settled is no longer the book's. */
export function putBill(book: Book, bill: Bill): Bill {
  book.bills.delete(bill.uuid);
  book.bills.set(bill.uuid, bill);
  const isUnsettled = bill.status === "open" || bill.status === "charging";
  if (isUnsettled) book.bill = bill;
  else if (book.bill?.uuid === bill.uuid) book.bill = null;
  return bill;
}

export function putAttempt(book: Book, attempt: BillAttempt): void {
  book.attempts.set(attempt.uuid, attempt);
  if (book.bill?.uuid === attempt.billUuid) book.attempt = attempt;
}

export interface LoadOptions {
  /** Leave out those that somebody else holds. */
  readonly skipLocked?: boolean;
}

/** Locks subscriptions until the transaction ends and loads what is unsettled of them, in the order of their uuids. */
export async function loadBooks(ctx: Context, uuids: readonly string[], options: LoadOptions = {}): Promise<Book[]> {
  if (uuids.length === 0) return [];
  const lock = options.skipLocked ? lockFreeSubscriptions : lockSubscriptions;
  const subscriptions = await lock(ctx.db, uuids);
  const bills = await findUnsettledBills(
    ctx.db,
    subscriptions.map(({ uuid }) => uuid),
  );
  const attempts = await findLatestAttempts(
    ctx.db,
    bills.map(({ uuid }) => uuid),
  );
  const billOf = new Map(bills.map((bill) => [bill.subscriptionUuid, bill]));
  const attemptOf = new Map(attempts.map((attempt) => [attempt.billUuid, attempt]));
  return subscriptions.map((subscription) => {
    const bill = billOf.get(subscription.uuid) ?? null;
    return bookOf(subscription, bill, bill === null ? null : (attemptOf.get(bill.uuid) ?? null));
  });
}
