import type { Context } from "../context.ts";
import { getQuotesById } from "../quote/index.ts";
import { subjectCalls } from "../relay/index.ts";
import { findPaymentsOf } from "./store.ts";

/**
 * What the payer added for sending, in the currency, by the hash of the transaction that took it; empty where nobody sent
 * anything for him.
 */
export async function relayFeesOf(ctx: Context, sessionUuid: string): Promise<ReadonlyMap<string, string>> {
  const payments = await findPaymentsOf(ctx.db, sessionUuid);
  if (payments.length === 0) return new Map();
  const [calls, quotes] = await Promise.all([
    subjectCalls(ctx, { subjectUuid: sessionUuid, purposes: ["payment"] }),
    getQuotesById(
      ctx,
      payments.map(({ quoteId }) => quoteId),
    ),
  ]);
  const hashOf = new Map(calls.map(({ uuid, transactionHash }) => [uuid, transactionHash]));
  const feeOf = new Map(quotes.map(({ id, gasless }) => [id, gasless?.relayFee]));
  return new Map(
    payments.flatMap(({ callUuid, quoteId }) => {
      const hash = hashOf.get(callUuid);
      const fee = feeOf.get(quoteId);
      return hash && fee ? [[hash.toLowerCase(), fee] as const] : [];
    }),
  );
}
