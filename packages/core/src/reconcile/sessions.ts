import type { Context } from "../context.ts";
import type { Quote } from "../quote/index.ts";
import { findQuotesById } from "../quote/store.ts";
import { type Difference, differingFields } from "./difference.ts";
import { type PartResult, type PartStep, partResult } from "./part.ts";
import { type CompletedRow, findCompleted, findUnpaidCompleted } from "./store.ts";

const ROWS_AT_ONCE = 500;

/** The hash of what the quote says now: its terms with all parties, amounts and fees. */
function hashOf({ adapter }: PartStep, quote: Quote): string {
  const { sessionUuid: uuid, expiresAt, ...terms } = quote;
  return adapter.termsHash({ ...terms, uuid, deadline: Math.floor(expiresAt.getTime() / 1_000) });
}

function compareOne(step: PartStep, row: CompletedRow, quote: Quote | undefined): Difference[] {
  const { uuid, transactionHash, status } = row;
  const network = step.adapter.network.slug;
  const blockNumber = Number(row.blockNumber);
  const about = { network, uuid, transactionHash, blockNumber, what: "different", restored: false } as const;
  const differences: Difference[] = [];
  const kept = {
    amountBase: row.amountBase,
    merchant: row.merchant,
    token: row.token,
    termsHash: row.termsHash,
    termsHashOfItsFields: row.termsHash,
  };
  const promised = quote && {
    amountBase: String(quote.amountBase),
    merchant: quote.merchant,
    token: quote.token,
    termsHash: quote.termsHash,
    termsHashOfItsFields: hashOf(step, quote),
  };
  const fields = differingFields(promised ?? {}, kept);
  if (fields.length > 0) differences.push({ ...about, about: "quote", fields });
  const statuses = differingFields({ status }, { status: "completed" });
  if (statuses.length > 0) differences.push({ ...about, about: "session", fields: statuses });
  return differences;
}

/** A payment that completed must have completed its session, and kept the promise of its quote. `after` is a payment's id. */
export async function compareCompleted(ctx: Context, step: PartStep): Promise<PartResult> {
  const { adapter, after } = step;
  const rows = await findCompleted(ctx.db, { network: adapter.network.slug, after, limit: ROWS_AT_ONCE });
  const ids = rows.flatMap(({ quoteId }) => (quoteId === null ? [] : [quoteId]));
  const quotes = new Map((await findQuotesById(ctx.db, ids)).map((quote) => [quote.id, quote]));
  const differences = rows.flatMap((row) =>
    compareOne(step, row, row.quoteId === null ? undefined : quotes.get(row.quoteId)),
  );
  const next = rows.length === ROWS_AT_ONCE ? String(rows.at(-1)?.id) : null;
  return partResult({ differences, next });
}

/** A one-time session that is completed must have been paid, on whatever chain. `after` is a session's uuid. */
export async function compareUnpaid(ctx: Context, after: string): Promise<PartResult> {
  const rows = await findUnpaidCompleted(ctx.db, { after, limit: ROWS_AT_ONCE });
  const differences = rows.map(({ uuid, transactionHash }): Difference => {
    const named = transactionHash === null ? {} : { transactionHash };
    const message = "The session is completed, and no payment in the books pays it.";
    return { about: "session", what: "not_on_chain", network: null, uuid, ...named, message, restored: false };
  });
  const next = rows.length === ROWS_AT_ONCE ? (rows.at(-1)?.uuid ?? null) : null;
  return partResult({ differences, next });
}
