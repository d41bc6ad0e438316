import type { TransactionStatus } from "@qbitflow/api";
import type { Context, Principal } from "../context.ts";
import { DomainError } from "../errors.ts";
import { relayCalls } from "../relay/index.ts";
import { loadBooks, putBill } from "../subscription/book.ts";
import { billsOf, getSubscription } from "../subscription/index.ts";
import { openBill } from "../subscription/open-bill.ts";
import { saveBooks } from "../subscription/save-books.ts";

const notDue = () =>
  new DomainError("conflict", "payment_not_due", "Nothing is due for this subscription now. Read nextBillingDate.");

export interface Execution {
  readonly message: string;
}

/**
 * Bills a test subscription now, if anything is due: by the clock that statuses go by, not the test clock's limit. Twice at
 * once is once. How it ends is read with the status type executeSubscription. Throws `forbidden` (live keys),
 * `not_found`, `payment_not_due`.
 */
export async function executeBilling(ctx: Context, principal: Principal, uuid: string): Promise<Execution> {
  if (!principal.test) {
    throw new DomainError(
      "forbidden",
      "forbidden",
      "Billing is executed with test keys only: live subscriptions bill themselves.",
    );
  }
  const { uuid: own } = await getSubscription(ctx, principal, uuid);
  return ctx.db.transaction(async (tx) => {
    const txCtx = { ...ctx, db: tx };
    const [book] = await loadBooks(txCtx, [own]);
    const now = ctx.clock.now();
    if (!book || book.subscription.status === "cancelled") throw notDue();
    if (book.bill?.status === "charging") return { message: "The bill is being charged already." };
    const { nextBillAt } = book.subscription;
    const isDue = nextBillAt !== null && nextBillAt <= now;
    if (!book.bill && !isDue) throw notDue();
    if (isDue) openBill(book, { now, dustLimitMicros: ctx.policy.dustLimitMicros, newUuid: ctx.ids.uuid });
    if (book.bill) putBill(book, { ...book.bill, isUrgent: true, nextAttemptAt: now });
    await saveBooks(txCtx, [book]);
    await tx.query("select pg_notify('bill_due', '')");
    return { message: book.bill ? "The bill is being charged." : "The period had nothing to pay." };
  });
}

/** The newest bill as a transaction's status. Throws `not_found`. */
export async function executionStatus(ctx: Context, principal: Principal, uuid: string): Promise<TransactionStatus> {
  const subscription = await getSubscription(ctx, principal, uuid);
  const [newest] = await billsOf(ctx, subscription.uuid, 1);
  const type = "executeSubscription";
  if (!newest) return { type, status: "created" };
  const { bill, attempt } = newest;
  const hash = attempt?.transactionHash ?? null;
  const told = { type, ...(hash === null ? {} : { txHash: hash }) } as const;
  if (bill.status === "paid") return { ...told, status: "completed" };
  if (bill.status === "void")
    return { ...told, status: "cancelled", message: "The subscription ended before it was paid." };
  if (bill.status === "nothing_due") return { ...told, status: "completed", message: "The period had nothing to pay." };
  if (bill.status === "forgiven")
    return { ...told, status: "failed", message: "The period was missed, and is not charged." };
  if (bill.status === "open") {
    if (!attempt || bill.isUrgent) return { type, status: "created" };
    return { ...told, status: "failed", ...(attempt.message === null ? {} : { message: attempt.message }) };
  }
  const call = attempt?.relayCallUuid
    ? (await relayCalls(ctx, [attempt.relayCallUuid])).get(attempt.relayCallUuid)
    : undefined;
  const sent = call?.transactionHash ?? hash;
  const status = call?.state === "mined" ? "waitingConfirmation" : call?.state === "sent" ? "pending" : "created";
  return { type, status, ...(sent === null ? {} : { txHash: sent }) };
}
