import type { TransactionStatus } from "@qbitflow/api";
import type { Context } from "../context.ts";
import { deriveStatus, type SessionStatusFields } from "./status.ts";

interface ConfirmationRow {
  readonly network: string;
  readonly have: bigint;
}

/** Of the payment that pays it or, for a subscription, of the transaction that activates it. */
function confirmationsOf(ctx: Context, session: SessionStatusFields): Promise<ConfirmationRow[]> {
  if (session.transactionType === "payment") {
    return ctx.db.query(
      `select p.network, c.scanned_number - p.block_number + 1 as have
       from payment p join chain_cursor c on c.network = p.network
       where p.session_uuid = $1 and p.pays_session and p.orphaned_at is null`,
      [session.uuid],
      { name: "session_confirmations" },
    );
  }
  return ctx.db.query(
    `select e.network, c.scanned_number - e.block_number + 1 as have
     from mandate_event e join chain_cursor c on c.network = e.network
     where e.uuid = $1 and e.transaction_hash = $2 and e.orphaned_at is null limit 1`,
    [session.uuid, session.transactionHash],
    { name: "session_activation_confirmations" },
  );
}

/** The session's status as it is now: expired by the clock, confirmations counted up to the last block that was read. */
export async function statusOf(ctx: Context, session: SessionStatusFields): Promise<TransactionStatus> {
  const now = ctx.clock.now();
  if (session.status !== "waitingConfirmation") return deriveStatus(session, { now });
  const [row] = await confirmationsOf(ctx, session);
  const needed = row && ctx.chains.get(row.network)?.network.confirmations;
  if (!row || needed === undefined) return deriveStatus(session, { now });
  return deriveStatus(session, { now, confirmations: { have: Number(row.have), needed } });
}
