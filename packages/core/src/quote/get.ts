import type { Context } from "../context.ts";
import type { Quote } from "./quote.ts";
import { findQuoteByGaslessHash, findQuoteByTermsHash, findQuotesById } from "./store.ts";

/** The session's own promise of these terms, or null: only such a payment can pay it. */
export async function getQuoteByTermsHash(
  ctx: Context,
  of: { readonly sessionUuid: string; readonly termsHash: string },
): Promise<Quote | null> {
  return (await findQuoteByTermsHash(ctx.db, of)) ?? null;
}

/** The session's own promise that a signature over this hash pays, or null. */
export async function getQuoteByGaslessHash(
  ctx: Context,
  of: { readonly sessionUuid: string; readonly gaslessHash: string },
): Promise<Quote | null> {
  return (await findQuoteByGaslessHash(ctx.db, of)) ?? null;
}

/** In no order; an id that there is not is left out. */
export function getQuotesById(ctx: Context, ids: readonly bigint[]): Promise<Quote[]> {
  return findQuotesById(ctx.db, ids);
}
