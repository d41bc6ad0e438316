import type { TransactionStatusName } from "@qbitflow/api";
import { type ChainAdapter, ChainUnavailableError, type Hex, type TransactionHint } from "@qbitflow/chains";
import { transition } from "../checkout-session/transition.ts";
import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import { lockSessions } from "./store.ts";

const MAX_HINTS_PER_SESSION = 20;
const BATCH = 100;
/** So many of them are asked about at once: blocks wait to be read meanwhile. */
const AT_ONCE = 10;
// A transaction nobody heard of by then was never sent; one that was known and is no more was dropped or replaced.
const UNKNOWN_AFTER_MS = 30 * 60_000;
const VANISHED_AFTER_MS = 3 * 60_000;

const REVERTED_MESSAGE = "That transaction failed on the chain: nothing was paid. You can pay again.";
const FOREIGN_MESSAGE = "That transaction does not pay this session.";
const VANISHED_MESSAGE = "The transaction disappeared before it was mined: nothing was paid. You can pay again.";
const SHORT_MESSAGE = "The transaction did not bring what was asked for. The session is still open.";

export interface HintInput {
  readonly uuid: string;
  readonly network: string;
  readonly transactionHash: string;
}

interface Hint {
  readonly session_uuid: string;
  readonly transaction_hash: Hex;
  readonly state: "unverified" | "pending";
  readonly created_at: Date;
  readonly seen_at: Date | null;
}

/**
 * Keeps what a browser says its wallet sent, and asks the chain about it once. It shortens waiting and completes nothing:
 * the session is `pending` only if the chain shows that transaction paying one of the session's quotes.
 * Throws DomainError: not_found (no such session or network), rate_limited `too_many_hints`, unprocessable
 * `transaction_not_ours` or `transaction_reverted`. A chain that does not answer is no error: it is asked again later.
 */
export async function recordHint(ctx: Context, input: HintInput): Promise<void> {
  const adapter = ctx.chains.get(input.network);
  if (!adapter) throw new DomainError("not_found", "network_not_found", "This server does not know that network.");
  const transactionHash = input.transactionHash.toLowerCase() as Hex;
  const hint = await ctx.db.transaction((tx) => keep({ ...ctx, db: tx }, { ...input, transactionHash }));
  if (!hint) return;
  let seen: TransactionHint;
  try {
    seen = await adapter.transaction(transactionHash);
  } catch (error) {
    if (error instanceof ChainUnavailableError) return;
    throw error;
  }
  const verdict = await judge(ctx, adapter, { hint, seen });
  if (verdict === "foreign") throw new DomainError("unprocessable", "transaction_not_ours", FOREIGN_MESSAGE);
  if (verdict === "reverted") throw new DomainError("unprocessable", "transaction_reverted", REVERTED_MESSAGE);
}

/** Stores the hint; null when the session waits for none. */
async function keep(ctx: Context, input: HintInput & { transactionHash: Hex }): Promise<Hint | null> {
  const session = (await lockSessions(ctx.db, [input.uuid])).get(input.uuid);
  if (!session) throw new DomainError("not_found", "session_not_found", "There is no such session.");
  if (session.status !== "created" && session.status !== "pending") return null;
  const [count] = await ctx.db.query<{ hints: bigint }>(
    "select count(*) as hints from transaction_hint where session_uuid = $1 and transaction_hash <> $2",
    [input.uuid, input.transactionHash],
  );
  if ((count?.hints ?? 0n) >= BigInt(MAX_HINTS_PER_SESSION)) {
    const message = "Too many transactions were named for this session. What the chain shows counts without it.";
    throw new DomainError("rate_limited", "too_many_hints", message);
  }
  const rows = await ctx.db.query<Hint>(
    `insert into transaction_hint as h (session_uuid, network, transaction_hash, state, created_at)
     values ($1, $2, $3, 'unverified', $4)
     on conflict (session_uuid, network, transaction_hash) do update set state = h.state
     returning session_uuid, transaction_hash, state, created_at, seen_at`,
    [input.uuid, input.network, input.transactionHash, ctx.clock.now()],
  );
  return rows[0] ?? null;
}

/**
 * Asks the chain about open hints, the longest unasked first; the watcher calls it at each head. An old one is asked about
 * less and less often, a minute apart at last: anybody may name transactions that nobody will ever see, and questions cost.
 * Returns how many were asked about.
 */
export async function checkHints(ctx: Context, network: string): Promise<number> {
  const adapter = ctx.chains.get(network);
  if (!adapter) throw new Error(`No chain is called ${network}.`);
  const hints = await ctx.db.query<Hint & { readonly is_due: boolean }>(
    `select session_uuid, transaction_hash, state, created_at, seen_at, due.is_due from transaction_hint h,
       lateral (select checked_at is null or
         checked_at <= $3::timestamptz - least(($3::timestamptz - created_at) / 4, interval '1 minute') as is_due) as due
     where network = $1 and state <> 'rejected' order by due.is_due desc, checked_at nulls first, created_at limit $2`,
    [network, BATCH, ctx.clock.now()],
    { name: "hints_open" },
  );
  if (hints.length === 0) return 0;
  const settled = await dropSettled(ctx, network);
  const open = hints.filter((hint) => hint.is_due && !settled.has(hint.transaction_hash));
  for (let begin = 0; begin < open.length; begin += AT_ONCE) {
    const some = open.slice(begin, begin + AT_ONCE);
    const seen = await Promise.all(some.map((hint) => adapter.transaction(hint.transaction_hash)));
    for (const [index, hint] of some.entries())
      await judge(ctx, adapter, { hint, seen: seen[index] as TransactionHint });
  }
  return open.length;
}

/** Hints whose transaction was read are done. One that brought too little leaves its session as payable as before. */
async function dropSettled(ctx: Context, network: string): Promise<ReadonlySet<string>> {
  return ctx.db.transaction(async (tx) => {
    const settled = await tx.query<{ session_uuid: string; transaction_hash: string }>(
      `select session_uuid, transaction_hash from transaction_hint h where h.network = $1 and h.state <> 'rejected'
         and exists (
           select 1 from payment p
           where p.network = h.network and p.transaction_hash = h.transaction_hash and p.orphaned_at is null)
       limit $2`,
      [network, BATCH],
      { name: "hints_settled" },
    );
    const hashes = new Set(settled.map((row) => row.transaction_hash));
    if (settled.length === 0) return hashes;
    const txCtx = { ...ctx, db: tx };
    // Sessions first, then their hints: the order in which everybody locks them.
    const uuids = settled.map((row) => row.session_uuid);
    const sessions = await lockSessions(tx, uuids);
    await tx.query(
      "delete from transaction_hint where network = $1 and session_uuid = any($2::uuid[]) and transaction_hash = any($3::text[])",
      [network, uuids, [...hashes]],
      { name: "hints_drop" },
    );
    const pending = [...sessions].filter(([, session]) => session.status === "pending").map(([uuid]) => uuid);
    const waiting = await tx.query<{ session_uuid: string }>(
      "select session_uuid from transaction_hint where session_uuid = any($1::uuid[]) and state = 'pending'",
      [pending],
    );
    const still = new Set(waiting.map((row) => row.session_uuid));
    const changes = pending
      .filter((uuid) => !still.has(uuid))
      .map((uuid) => ({
        uuid,
        from: "pending" as const,
        to: "created" as const,
        message: SHORT_MESSAGE,
        transactionHash: null,
      }));
    await transition(txCtx, changes);
    return hashes;
  });
}

type Verdict = "ours" | "open" | "foreign" | "reverted" | "vanished";

async function judge(
  ctx: Context,
  adapter: ChainAdapter,
  { hint, seen }: { readonly hint: Hint; readonly seen: TransactionHint },
): Promise<Verdict> {
  const network = adapter.network.slug;
  return ctx.db.transaction(async (tx) => {
    const txCtx = { ...ctx, db: tx };
    const session = (await lockSessions(tx, [hint.session_uuid])).get(hint.session_uuid);
    const verdict = await verdictOf(txCtx, network, { hint, seen });
    const state = verdict === "ours" ? "pending" : verdict === "open" ? hint.state : "rejected";
    await tx.query(
      `update transaction_hint set state = $4, checked_at = $5, seen_at = case when $6 then $5 else seen_at end
       where session_uuid = $1 and network = $2 and transaction_hash = $3`,
      [hint.session_uuid, network, hint.transaction_hash, state, ctx.clock.now(), verdict === "ours"],
      { name: "hint_judge" },
    );
    if (session) await follow(txCtx, { hint, status: session.status, expiresAt: session.expiresAt, verdict });
    return verdict;
  });
}

async function verdictOf(
  ctx: Context,
  network: string,
  { hint, seen }: { readonly hint: Hint; readonly seen: TransactionHint },
): Promise<Verdict> {
  const nowMs = ctx.clock.now().getTime();
  if (seen.state === "unknown") {
    if (hint.seen_at && nowMs - hint.seen_at.getTime() > VANISHED_AFTER_MS) return "vanished";
    return nowMs - hint.created_at.getTime() > UNKNOWN_AFTER_MS ? "vanished" : "open";
  }
  // Nothing to compare: a wallet contract may call ours inside. What the chain logs decides.
  if (seen.termsHash === null && seen.state === "pending") return "open";
  const [quote] =
    seen.termsHash === null || seen.uuid !== hint.session_uuid
      ? []
      : await ctx.db.query("select 1 from quote where session_uuid = $1 and network = $2 and terms_hash = $3", [
          hint.session_uuid,
          network,
          seen.termsHash,
        ]);
  if (seen.state === "reverted") return "reverted";
  if (quote) return "ours";
  return seen.termsHash === null ? "open" : "foreign";
}

/** Lets the status of an unpaid session follow what became of the hint. */
async function follow(
  ctx: Context,
  at: {
    readonly hint: Hint;
    readonly status: TransactionStatusName;
    readonly expiresAt: Date;
    readonly verdict: Verdict;
  },
): Promise<void> {
  const { hint, status, verdict } = at;
  const uuid = hint.session_uuid;
  if (at.expiresAt.getTime() <= ctx.clock.now().getTime()) return;
  if (verdict === "ours" && status === "created") {
    await transition(ctx, [{ uuid, from: status, to: "pending", transactionHash: hint.transaction_hash }]);
    return;
  }
  const ended = verdict === "reverted" || verdict === "vanished" || verdict === "foreign";
  if (!ended || status !== "pending" || hint.state !== "pending") return;
  const [other] = await ctx.db.query<{ transaction_hash: string }>(
    "select transaction_hash from transaction_hint where session_uuid = $1 and state = 'pending' limit 1",
    [uuid],
  );
  if (other) return;
  const message = verdict === "reverted" ? REVERTED_MESSAGE : VANISHED_MESSAGE;
  await transition(ctx, [{ uuid, from: status, to: "created", message, transactionHash: null }]);
}
