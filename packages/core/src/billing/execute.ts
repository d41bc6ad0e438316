import type { Context, Principal } from "../context.ts";
import { DomainError } from "../errors.ts";
import { loadBooks, putBill } from "../subscription/book.ts";
import { getSubscription } from "../subscription/index.ts";
import { openBill } from "../subscription/open-bill.ts";
import { saveBooks } from "../subscription/save-books.ts";
import { statusEnds } from "../subscription/status-ends.ts";

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
    // What was used in a trial is free, though no worker has ended it yet.
    if (book.subscription.status === "trial") statusEnds(book, now);
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
