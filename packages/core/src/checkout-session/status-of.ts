import type { TransactionStatus } from "@qbitflow/api";
import type { Context } from "../context.ts";
import { deriveStatus, type SessionStatusFields } from "./status.ts";

/** The session's status as it is now: expired by the clock, confirmations counted up to the last block that was read. */
export async function statusOf(ctx: Context, session: SessionStatusFields): Promise<TransactionStatus> {
  const now = ctx.clock.now();
  if (session.status !== "waitingConfirmation") return deriveStatus(session, { now });
  const [row] = await ctx.db.query<{ network: string; have: bigint }>(
    `select p.network, c.scanned_number - p.block_number + 1 as have
     from payment p join chain_cursor c on c.network = p.network
     where p.session_uuid = $1 and p.pays_session and p.orphaned_at is null`,
    [session.uuid],
    { name: "session_confirmations" },
  );
  const needed = row && ctx.chains.get(row.network)?.network.confirmations;
  if (!row || needed === undefined) return deriveStatus(session, { now });
  return deriveStatus(session, { now, confirmations: { have: Number(row.have), needed } });
}
