import type { Context } from "../context.ts";
import type { Quote } from "./quote.ts";
import { findQuoteByTermsHash } from "./store.ts";

/** The session's own promise of these terms, or null: only such a payment can pay it. */
export async function getQuoteByTermsHash(
  ctx: Context,
  of: { readonly sessionUuid: string; readonly termsHash: string },
): Promise<Quote | null> {
  return (await findQuoteByTermsHash(ctx.db, of)) ?? null;
}
