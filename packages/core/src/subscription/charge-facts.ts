import { type BillAttempt, type BillFailure, findAttemptsByCharge, findBills } from "../bill/index.ts";
import type { Context } from "../context.ts";
import { type Book, loadBooks, putAttempt, putBill } from "./book.ts";
import { attemptOfFact, type ChargeFact, type ChargeFailureFact } from "./charge-fact.ts";
import { billFailed, billPaid } from "./charge-outcome.ts";
import { openBill } from "./open-bill.ts";
import { saveBooks } from "./save-books.ts";

type Fact = ChargeFact | ChargeFailureFact;

const keyOf = (fact: { network: string | null; transactionHash: string | null; mandateHash: string | null }): string =>
  `${fact.network}:${fact.transactionHash}:${fact.mandateHash}`;

/** An attempt under way for this very mandate. */
function attemptUnderWay(book: Book, fact: Fact): BillAttempt | null {
  const { attempt } = book;
  const isOurs = attempt?.network === fact.network && attempt.mandateHash === fact.mandateHash;
  return attempt && isOurs && attempt.state === "sending" ? attempt : null;
}

function takeCharge(ctx: Context, book: Book, fact: ChargeFact): void {
  const now = ctx.clock.now();
  const { transactionHash } = fact;
  const { nextBillAt, kind } = book.subscription;
  // The merchant may charge by himself, as soon as the chain lets him, which can be before our worker made the bill.
  if (!book.bill && nextBillAt !== null && nextBillAt <= fact.minedAt && kind === "subscription") {
    openBill(book, { now: fact.minedAt, dustLimitMicros: 0n, newUuid: ctx.ids.uuid });
  }
  if (!book.bill) {
    book.events.push({
      type: "bill.unexpected_charge",
      data: {
        network: fact.network,
        transactionHash,
        amountBase: String(fact.amountBase),
        periodIndex: fact.periodIndex,
      },
    });
    return;
  }
  const sent = attemptUnderWay(book, fact);
  if (sent) {
    // The merchant's own charge may have come before ours: what was taken is what the chain says.
    const { amountBase, executionFeeBase } = fact;
    billPaid(book, { ...sent, state: "charged", transactionHash, amountBase, executionFeeBase, settledAt: now }, now);
    return;
  }
  const known = book.attempt?.billUuid === book.bill.uuid ? book.attempt : null;
  // Ours was given up, or a merchant's own charge came first: whatever is still under way has nothing left to charge.
  if (known?.state === "sending") {
    putAttempt(book, {
      ...known,
      state: "failed",
      reason: "not_due",
      message: "Another charge came first.",
      settledAt: now,
    });
  }
  const number = (known?.number ?? 0) + 1;
  billPaid(book, attemptOfFact(fact, { uuid: ctx.ids.uuid(), billUuid: book.bill.uuid, number, now }), now);
}

/** A charge that a reorganisation took is shown again, while a later bill is open. */
async function payVoidBill(ctx: Context, book: Book, attempt: BillAttempt): Promise<void> {
  const [bill] = await findBills(ctx.db, [attempt.billUuid]);
  if (!bill) throw new Error(`The bill ${attempt.billUuid} is gone.`);
  const settledAt = ctx.clock.now();
  putBill(book, { ...bill, status: "paid", settledAt });
  putAttempt(book, { ...attempt, state: "charged", settledAt });
  const { uuid: billUuid, periodIndex } = bill;
  const txHash = attempt.transactionHash === null ? {} : { txHash: attempt.transactionHash };
  book.events.push({
    type: "bill.paid",
    data: { billUuid, periodIndex, transactionHash: attempt.transactionHash },
    notice: { about: "bill", status: "completed", ...txHash },
  });
}

function takeFailure(ctx: Context, book: Book, fact: ChargeFailureFact): void {
  const attempt = attemptUnderWay(book, fact);
  if (!attempt || !book.bill) return;
  const failed = { ...attempt, transactionHash: fact.transactionHash };
  billFailed(book, { now: ctx.clock.now(), reason: fact.reason satisfies BillFailure, attempt: failed });
}

/**
 * What a chain shows of charges, with its confirmations: bills are paid or fail by it, and by nothing else. In the
 * transaction that confirms the events; each fact counts once, however often it is told. Facts of uuids that are no
 * subscription are left alone.
 */
export async function takeChargeFacts(ctx: Context, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return;
  const books = await loadBooks(ctx, [...new Set(facts.map(({ uuid }) => uuid))]);
  const known = await findAttemptsByCharge(ctx.db, facts);
  const bookOfUuid = new Map(books.map((book) => [book.before.uuid, book]));
  const charged = new Set(known.filter(({ state }) => state === "charged").map(keyOf));
  const reverted = new Map(
    known.filter(({ state }) => state === "sending").map((attempt) => [keyOf(attempt), attempt]),
  );
  for (const fact of facts) {
    const book = bookOfUuid.get(fact.uuid);
    if (!book || charged.has(keyOf(fact))) continue;
    const again = reverted.get(keyOf(fact));
    if (fact.type === "charge_failed") takeFailure(ctx, book, fact);
    else if (again && again.billUuid !== book.bill?.uuid) await payVoidBill(ctx, book, again);
    else takeCharge(ctx, book, fact);
    charged.add(keyOf(fact));
  }
  await saveBooks(ctx, books);
}

/**
 * Charges that a reorganisation took after they were confirmed: their bills are being charged again, by the same
 * transaction, until the chain shows it anew or has really lost it; then they are open. In the transaction that rewinds.
 */
export async function revertChargeFacts(ctx: Context, facts: readonly ChargeFact[]): Promise<void> {
  if (facts.length === 0) return;
  const attempts = (await findAttemptsByCharge(ctx.db, facts)).filter(({ state }) => state === "charged");
  const books = await loadBooks(ctx, [...new Set(facts.map(({ uuid }) => uuid))]);
  const bills = await findBills(
    ctx.db,
    attempts.map(({ billUuid }) => billUuid),
  );
  for (const book of books) {
    for (const bill of bills.filter(({ subscriptionUuid }) => subscriptionUuid === book.before.uuid)) {
      const attempt = attempts.find(({ billUuid }) => billUuid === bill.uuid);
      if (!attempt || bill.status !== "paid") continue;
      // A later bill is unsettled: one at a time, so this one waits as void until the chain shows its charge again.
      const isAlone = book.bill === null;
      putBill(book, { ...bill, status: isAlone ? "charging" : "void", settledAt: isAlone ? null : ctx.clock.now() });
      putAttempt(book, { ...attempt, state: "sending", settledAt: null });
      const { uuid: billUuid, periodIndex } = bill;
      const data = { billUuid, periodIndex, transactionHash: attempt.transactionHash, network: attempt.network };
      const message =
        "A reorganisation of the chain removed the charge after it was confirmed. It counts again when it is mined again.";
      const txHash = attempt.transactionHash === null ? {} : { txHash: attempt.transactionHash };
      const notice = { about: "bill", status: "failed", message, ...txHash } as const;
      book.events.push({ type: "bill.reverted", data, notice });
    }
  }
  await saveBooks(ctx, books);
}
