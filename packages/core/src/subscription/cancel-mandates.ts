import type { Context } from "../context.ts";
import { loadMandates } from "../mandate/index.ts";
import { enqueueCalls, type NewRelayCall } from "../relay/index.ts";
import type { Book } from "./book.ts";

/**
 * Puts the cancellation of ended subscriptions' mandates to the relay, in the transaction that ended them. One that the
 * chain ended already has nothing left to cancel; on a chain that is no longer served, the customer's own exit remains.
 */
export async function cancelMandates(ctx: Context, books: readonly Book[]): Promise<void> {
  const keys = books.flatMap(({ cancelsMandate, subscription: { network, mandateHash } }) =>
    cancelsMandate && network !== null && mandateHash !== null ? [{ network, hash: mandateHash as `0x${string}` }] : [],
  );
  if (keys.length === 0) return;
  const calls: NewRelayCall[] = [];
  for (const { network, state, terms, uuid } of (await loadMandates(ctx, keys)).values()) {
    const chain = ctx.chains.get(network)?.mandates;
    if (!chain || state === "cancelled") continue;
    const call = chain.cancelCall(terms);
    calls.push({ uuid: ctx.ids.uuid(), network, purpose: "cancel", subjectUuid: uuid, call });
  }
  await enqueueCalls(ctx, calls);
}
