import type { Network, ScanResult, Transfer } from "@qbitflow/chains";
import type { Context } from "../context.ts";
import { appendEvents } from "../event/index.ts";
import { revertPayments } from "./revert.ts";
import { correctPayments, lockSessions } from "./store.ts";
import { takeTransfers } from "./take.ts";

/** How the books of a scanned range differ from it. */
export interface PaymentRepair {
  /** On the chain and not in the books. */
  readonly missing: readonly Transfer[];
  readonly different: readonly { readonly id: bigint; readonly transfer: Transfer }[];
  /** In the books and not on the chain. */
  readonly foreign: readonly bigint[];
}

/**
 * Makes the rows of a scanned range what the chain says: lost ones come back, false ones are orphaned like after a
 * reorganisation, others are corrected. Sessions that heard of a payment are not told again. In the transaction that
 * holds the cursor; doing it twice changes nothing.
 */
export async function restorePayments(
  ctx: Context,
  range: { readonly network: Network; readonly scan: ScanResult },
  { missing, different, foreign }: PaymentRepair,
): Promise<void> {
  const network = range.network.slug;
  if (foreign.length > 0) await revertPayments(ctx, { network, ids: foreign });
  await correctPayments(ctx.db, different);
  if (missing.length > 0) await takeTransfers(ctx, range);
  const restored = [...missing, ...different.map(({ transfer }) => transfer)];
  const sessions = await lockSessions(ctx.db, [...new Set(restored.map(({ uuid }) => uuid))]);
  await appendEvents(
    ctx,
    restored.flatMap(({ uuid, transactionHash, logIndex, blockNumber, amountBase }) => {
      const session = sessions.get(uuid);
      if (!session) return [];
      const { organizationId, test } = session;
      const data = { network, transactionHash, logIndex, blockNumber, amountBase: String(amountBase) };
      return [{ organizationId, test, type: "payment.restored", subjectUuid: uuid, data }];
    }),
  );
}
