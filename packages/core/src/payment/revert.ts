import type { TransactionStatusName } from "@qbitflow/api";
import { EXPIRED_MESSAGE } from "../checkout-session/status.ts";
import { type StatusChange, setTransactionHash, transition } from "../checkout-session/transition.ts";
import type { Context } from "../context.ts";
import { appendEvents } from "../event/index.ts";
import { isLate } from "./match.ts";
import { lockSessions, type PayableSession } from "./store.ts";

interface Reverted {
  readonly session_uuid: string;
  readonly organization_id: bigint;
  readonly test: boolean;
  readonly transaction_hash: string;
  readonly log_index: number;
  readonly block_number: bigint;
  readonly match: string;
  readonly pays_session: boolean;
  readonly was_completed: boolean;
}

interface Substitute {
  readonly id: bigint;
  readonly session_uuid: string;
  readonly transaction_hash: string;
  readonly mined_at: Date;
  readonly is_completed: boolean;
}

const REPLACED_MESSAGE = "The payment's block was replaced; the transaction waits to be mined again.";
const FAILED_MESSAGE =
  "A reorganisation of the chain removed the payment after it was confirmed. If it is mined again, it counts again.";
const CANCELLED_MESSAGE = "The session was cancelled, and the late payment's block was replaced.";

/** What is not on a network's chain (any more): everything above a block, or these rows. */
export type Reverting = { readonly network: string } & (
  | { readonly above: number; readonly ids?: undefined }
  | { readonly ids: readonly bigint[]; readonly above?: undefined }
);

const REVERTED = "network = $1 and (block_number > $2::bigint or id = any($3::bigint[])) and orphaned_at is null";

/**
 * Orphans a network's payments above a block (or just those that reconciling did not find on the chain), and lets the
 * statuses of their sessions follow: back to unpaid, or to `failed` after `completed`, unless a duplicate that still
 * stands pays instead. In the transaction that holds the cursor. Returns how many payments were orphaned.
 */
export async function revertPayments(ctx: Context, reverting: Reverting): Promise<number> {
  const { network, above = null, ids = [] } = reverting;
  const affected = await ctx.db.query<{ session_uuid: string }>(
    `select distinct session_uuid from payment where ${REVERTED}`,
    [network, above, ids],
  );
  if (affected.length === 0) return 0;
  const sessions = await lockSessions(
    ctx.db,
    affected.map((row) => row.session_uuid),
  );
  const reverted = await ctx.db.query<Reverted>(
    `update payment set orphaned_at = $4 where ${REVERTED}
     returning session_uuid, organization_id, test, transaction_hash, log_index, block_number, match, pays_session,
       completed_at is not null as was_completed`,
    [network, above, ids, ctx.clock.now()],
  );
  await appendEvents(
    ctx,
    reverted.map((row) => revertedEvent(row, network)),
  );
  const lost = reverted.filter((row) => row.pays_session);
  const substitutes = await electSubstitutes(
    ctx,
    lost.map((row) => row.session_uuid),
    sessions,
  );
  await applySubstitutes(ctx, [...substitutes.values()], sessions);
  const unpaid = lost.filter((row) => !substitutes.has(row.session_uuid));
  const changes = unpaid.flatMap((row) => changeBack(ctx, row, sessions.get(row.session_uuid)));
  await transition(ctx, changes);
  // They may well be waiting to be mined again: the chain is asked about them like about any hint.
  const pending = new Set(changes.filter((change) => change.to === "pending").map((change) => change.uuid));
  await keepAsHints(
    ctx,
    network,
    unpaid.filter((row) => pending.has(row.session_uuid)),
  );
  return reverted.length;
}

function revertedEvent(row: Reverted, network: string) {
  return {
    organizationId: row.organization_id,
    test: row.test,
    type: "payment.reverted",
    subjectUuid: row.session_uuid,
    data: {
      network,
      transactionHash: row.transaction_hash,
      logIndex: row.log_index,
      blockNumber: Number(row.block_number),
      match: row.match,
      paidSession: row.pays_session,
      wasCompleted: row.was_completed,
    },
  };
}

function changeBack(ctx: Context, row: Reverted, session: PayableSession | undefined): StatusChange[] {
  if (!session) return [];
  const { session_uuid: uuid, transaction_hash: transactionHash } = row;
  const from: TransactionStatusName = session.status;
  if (from === "completed") return [{ uuid, from, to: "failed", message: FAILED_MESSAGE, transactionHash }];
  if (from !== "waitingConfirmation") return [];
  if (session.expiresAt.getTime() <= ctx.clock.now().getTime()) {
    return [{ uuid, from, to: "expired", message: EXPIRED_MESSAGE, transactionHash: null }];
  }
  // Late although its time is not over: it had been cancelled.
  if (row.match === "late") return [{ uuid, from, to: "cancelled", message: CANCELLED_MESSAGE, transactionHash: null }];
  return [{ uuid, from, to: "pending", message: REPLACED_MESSAGE, transactionHash }];
}

/** The first duplicate that still stands, per session: it had the exact terms, so now it is the one that pays. */
async function electSubstitutes(
  ctx: Context,
  uuids: readonly string[],
  sessions: ReadonlyMap<string, PayableSession>,
): Promise<Map<string, Substitute>> {
  if (uuids.length === 0) return new Map();
  const rows = await ctx.db.query<Substitute>(
    `select distinct on (session_uuid) id, session_uuid, transaction_hash, mined_at, completed_at is not null as is_completed
     from payment where session_uuid = any($1::uuid[]) and match = 'duplicate' and orphaned_at is null
     order by session_uuid, mined_at, block_number, log_index`,
    [uuids],
  );
  const elected = rows.map((row) => {
    const session = sessions.get(row.session_uuid);
    const late = session !== undefined && isLate({ ...session, minedAt: row.mined_at });
    return { id: String(row.id), match: late ? "late" : "exact" };
  });
  await ctx.db.query(
    `update payment p set pays_session = true, difference_base = 0, match = e.match
     from json_to_recordset($1::json) as e(id bigint, match text) where p.id = e.id`,
    [JSON.stringify(elected)],
  );
  return new Map(rows.map((row) => [row.session_uuid, row]));
}

async function applySubstitutes(
  ctx: Context,
  substitutes: readonly Substitute[],
  sessions: ReadonlyMap<string, PayableSession>,
): Promise<void> {
  const same: { uuid: string; transactionHash: string }[] = [];
  const changes: StatusChange[] = [];
  for (const { session_uuid: uuid, transaction_hash: transactionHash, is_completed } of substitutes) {
    const from = sessions.get(uuid)?.status;
    if (from !== "completed" && from !== "waitingConfirmation") continue;
    const to = is_completed ? "completed" : "waitingConfirmation";
    if (from === to) same.push({ uuid, transactionHash });
    else changes.push({ uuid, from, to, transactionHash });
  }
  await setTransactionHash(ctx, same);
  await transition(ctx, changes);
}

async function keepAsHints(ctx: Context, network: string, rows: readonly Reverted[]): Promise<void> {
  if (rows.length === 0) return;
  await ctx.db.query(
    `insert into transaction_hint (session_uuid, network, transaction_hash, state, created_at, seen_at)
     select h.uuid, $2, h.hash, 'pending', $3, $3 from json_to_recordset($1::json) as h(uuid uuid, hash text)
     on conflict (session_uuid, network, transaction_hash) do update set state = 'pending', created_at = $3, seen_at = $3`,
    [
      JSON.stringify(rows.map((row) => ({ uuid: row.session_uuid, hash: row.transaction_hash }))),
      network,
      ctx.clock.now(),
    ],
  );
}
