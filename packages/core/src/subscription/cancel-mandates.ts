import type { Context } from "../context.ts";
import { cancelOnChain } from "../mandate/index.ts";
import type { Book } from "./book.ts";

/** Puts the cancellation of ended subscriptions' mandates to the relay, in the transaction that ended them. */
export async function cancelMandates(ctx: Context, books: readonly Book[]): Promise<void> {
  const keys = books.flatMap(({ cancelsMandate, subscription: { network, mandateHash } }) =>
    cancelsMandate && network !== null && mandateHash !== null ? [{ network, hash: mandateHash as `0x${string}` }] : [],
  );
  if (keys.length > 0) await cancelOnChain(ctx, keys);
}
