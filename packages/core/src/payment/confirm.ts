import type { ChainAdapter, Hex } from "@qbitflow/chains";
import { transition } from "../checkout-session/transition.ts";
import type { Context } from "../context.ts";
import { lockSessions } from "./store.ts";

const BATCH = 1_000;
const LARGE_BATCH = 100;

interface LargeRow {
  readonly id: bigint;
  readonly session_uuid: string;
  readonly transaction_hash: Hex;
  readonly block_hash: Hex;
  readonly log_index: number;
  readonly terms_hash: Hex;
}

/**
 * Completes a network's payments whose block has the confirmations, counted up to the last block that was read on a
 * verified branch (a head that lags or jumps confirms nothing), and the sessions they pay. Where several endpoints are
 * configured, a payment of `policy.twoSourceThresholdMicros` or more waits until two of them report it. Call it after
 * each advance; any number of processes may. Returns how many payments were completed.
 */
export async function confirmPayments(ctx: Context, network: string): Promise<number> {
  const adapter = ctx.chains.get(network);
  if (!adapter) throw new Error(`No chain is called ${network}.`);
  const needsTwo = adapter.sourceCount > 1;
  let completed = 0;
  for (let count = BATCH; count === BATCH; ) {
    count = await complete(ctx, adapter, await findReady(ctx, adapter, needsTwo));
    completed += count;
  }
  if (needsTwo) completed += await complete(ctx, adapter, await findWitnessed(ctx, adapter));
  return completed;
}

const READY = `
  from payment p join chain_cursor c on c.network = p.network join checkout_session s on s.uuid = p.session_uuid
  where p.network = $1 and p.completed_at is null and p.orphaned_at is null
    and p.block_number <= c.scanned_number - $2 + 1`;

async function findReady(ctx: Context, adapter: ChainAdapter, needsTwo: boolean): Promise<bigint[]> {
  const { slug, confirmations } = adapter.network;
  const rows = await ctx.db.query<{ id: bigint }>(
    `select p.id ${READY} and not ($3 and p.pays_session and s.price_micros >= $4) order by p.block_number limit $5`,
    [slug, confirmations, needsTwo, ctx.policy.twoSourceThresholdMicros, BATCH],
    { name: "payments_ready" },
  );
  return rows.map((row) => row.id);
}

/** Large payments that two sources report in this very block. */
async function findWitnessed(ctx: Context, adapter: ChainAdapter): Promise<bigint[]> {
  const { slug, confirmations } = adapter.network;
  const rows = await ctx.db.query<LargeRow>(
    `select p.id, p.session_uuid, p.transaction_hash, p.block_hash, p.log_index, p.terms_hash ${READY}
       and p.pays_session and s.price_micros >= $3 order by p.block_number limit $4`,
    [slug, confirmations, ctx.policy.twoSourceThresholdMicros, LARGE_BATCH],
    { name: "payments_large" },
  );
  const ids: bigint[] = [];
  for (const row of rows) {
    const sources = await adapter.confirmTransfer({
      transactionHash: row.transaction_hash,
      blockHash: row.block_hash,
      logIndex: row.log_index,
      termsHash: row.terms_hash,
    });
    if (sources >= 2) ids.push(row.id);
    else
      ctx.log.warn({ network: slug, session: row.session_uuid, sources }, "a large payment waits for a second source");
  }
  return ids;
}

/** Completes those that still stand: the cursor is held, so that no reorganisation comes between. */
async function complete(ctx: Context, adapter: ChainAdapter, ids: readonly bigint[]): Promise<number> {
  if (ids.length === 0) return 0;
  const { slug, confirmations } = adapter.network;
  return ctx.db.transaction(async (tx) => {
    await tx.query("select 1 from chain_cursor where network = $1 for share", [slug]);
    const owners = await tx.query<{ session_uuid: string }>(
      "select distinct session_uuid from payment where id = any($1::bigint[])",
      [ids],
    );
    await lockSessions(
      tx,
      owners.map((row) => row.session_uuid),
    );
    const rows = await tx.query<{ session_uuid: string; pays_session: boolean; transaction_hash: string }>(
      `update payment set completed_at = $4
       where id = any($1::bigint[]) and completed_at is null and orphaned_at is null
         and block_number <= (select scanned_number - $3 + 1 from chain_cursor where network = $2)
       returning session_uuid, pays_session, transaction_hash`,
      [ids, slug, confirmations, ctx.clock.now()],
      { name: "payments_complete" },
    );
    const changes = rows
      .filter((row) => row.pays_session)
      .map((row) => ({
        uuid: row.session_uuid,
        from: "waitingConfirmation" as const,
        to: "completed" as const,
        transactionHash: row.transaction_hash,
      }));
    await transition({ ...ctx, db: tx }, changes);
    return rows.length;
  });
}
