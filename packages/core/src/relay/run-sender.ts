import type { MarketGasPrice } from "@qbitflow/chains";
import type { Context, ServiceContext } from "../context.ts";
import { createBell, describe, runLoop } from "../loop.ts";
import { watchBalance } from "./health.ts";
import { acquireSenderLease, type Lane, releaseSenderLease, takeUpNonce } from "./lane.ts";
import { hasOpenNonces, pendingTransactions } from "./nonce-store.ts";
import { offerPending } from "./offer.ts";
import { replaceStuck } from "./replace.ts";
import { findReceipts, reopenOrphaned, settleMined } from "./settle.ts";
import { signQueued } from "./sign.ts";
import { hasQueuedCalls } from "./store.ts";
import { takeOverAbandoned } from "./take-over.ts";

const LEASE_MS = 15_000;
const BALANCE_MS = 30_000;
const MIN_STUCK_MS = 45_000;
const STUCK_BLOCKS = 4;
const REBROADCAST_MS = 60_000;
/** The local chain mines what it gets: what is in no block then was lost with a node that was started again. */
const LOCAL_REBROADCAST_MS = 1_000;
/** Nodes keep at least as many of one sender in their pools. */
const MAX_UNDER_WAY = 16;
const MIN_POLL_MS = 500;
const MAX_POLL_MS = 5_000;

export interface SenderOptions {
  readonly network: string;
  readonly signal: AbortSignal;
  readonly leaseMs?: number;
  readonly stuckMs?: number;
  readonly rebroadcastMs?: number;
  readonly maxUnderWay?: number;
  /** Longest rest without a notification. */
  readonly pollMs?: number;
}

interface Run {
  readonly lane: Lane;
  readonly pollMs: number;
  /** By the machine's monotonic clock; null when the lease is not ours, as far as is known. */
  renewedAtMs: number | null;
  balanceAtMs: number | null;
  isLow: boolean;
}

function startRun(ctx: Context, options: SenderOptions): Run {
  const adapter = ctx.chains.get(options.network);
  if (!adapter?.sender) throw new Error(`There is no key to send with on ${options.network}.`);
  const { blockTimeMs, local } = adapter.network;
  const lane: Lane = {
    adapter,
    sender: adapter.sender,
    network: options.network,
    owner: ctx.ids.token(12),
    leaseMs: options.leaseMs ?? LEASE_MS,
    stuckMs: options.stuckMs ?? Math.max(MIN_STUCK_MS, blockTimeMs * STUCK_BLOCKS),
    rebroadcastMs: options.rebroadcastMs ?? (local ? LOCAL_REBROADCAST_MS : REBROADCAST_MS),
    maxUnderWay: options.maxUnderWay ?? MAX_UNDER_WAY,
  };
  const pollMs = options.pollMs ?? Math.min(Math.max(blockTimeMs, MIN_POLL_MS), MAX_POLL_MS);
  return { lane, pollMs, renewedAtMs: null, balanceAtMs: null, isLow: false };
}

/**
 * Sends a network's calls until the signal aborts. One process at a time signs with a key: the others wait for its lease.
 * Kill it at any moment: a nonce is taken, signed for and stored in one transaction, what is stored is offered to the
 * network until it is in a block, and only the scanned chain ends a call. Errors are logged and tried again, never thrown.
 * Woken by NOTIFY `relay_queued` and `chain_head`, and by itself now and then.
 */
export async function runSender(ctx: ServiceContext, options: SenderOptions): Promise<void> {
  const run = startRun(ctx, options);
  const { network, signal } = options;
  const bell = createBell();
  const ring = (payload: string) => {
    if (payload === network || payload === "") bell.ring();
  };
  const stops: (() => Promise<void>)[] = [];
  async function step(): Promise<number> {
    if (stops.length === 0) {
      stops.push(await ctx.db.listen("relay_queued", ring));
      stops.push(await ctx.db.listen("chain_head", ring));
    }
    try {
      return await sendStep(ctx, run);
    } catch (error) {
      // Whatever went wrong, the lease is asked for anew: it may be another's by now.
      run.renewedAtMs = null;
      throw error;
    }
  }
  try {
    await runLoop({ name: `relay ${network}`, log: ctx.log, signal, bell, step });
  } finally {
    for (const stop of stops) await stop().catch(() => undefined);
    await releaseSenderLease(ctx, run.lane).catch((error: unknown) =>
      ctx.log.warn({ network, error: describe(error) }, "the relay's lease was not given back; it runs out by itself"),
    );
  }
}

/** One step of the loop; answers how long it may rest. */
async function sendStep(ctx: Context, run: Run): Promise<number> {
  const { lane } = run;
  if (!(await holdLease(ctx, run))) return lane.leaseMs / 3;
  let asked: Promise<MarketGasPrice> | null = null;
  const market = () => {
    asked ??= lane.sender.gasPrice();
    return asked;
  };
  await reopenOrphaned(ctx, lane);
  if (await hasOpenNonces(ctx.db, lane.network)) {
    await findReceipts(ctx, lane);
    await settleMined(ctx, lane);
    await replaceStuck(ctx, lane, market);
    await takeOverAbandoned(ctx, lane);
  }
  const signed = await signSome(ctx, lane, market);
  await offerPending(ctx, lane);
  await lookAtBalance(ctx, run, market);
  return signed > 0 ? 0 : run.pollMs;
}

async function signSome(ctx: Context, lane: Lane, market: () => Promise<MarketGasPrice>): Promise<number> {
  if (!(await hasQueuedCalls(ctx.db, lane.network))) return 0;
  const pending = await pendingTransactions(ctx.db, lane.network);
  return signQueued(ctx, lane, { room: lane.maxUnderWay - pending.length, market: await market() });
}

/** Takes the lease, or renews it well before it runs out. */
async function holdLease(ctx: Context, run: Run): Promise<boolean> {
  const nowMs = performance.now();
  if (run.renewedAtMs !== null && nowMs - run.renewedAtMs < run.lane.leaseMs / 3) return true;
  if (run.renewedAtMs === null) await takeUpNonce(ctx, run.lane);
  const held = await acquireSenderLease(ctx, run.lane);
  run.renewedAtMs = held ? nowMs : null;
  return held;
}

async function lookAtBalance(ctx: Context, run: Run, market: () => Promise<MarketGasPrice>): Promise<void> {
  const nowMs = performance.now();
  if (run.balanceAtMs !== null && nowMs - run.balanceAtMs < BALANCE_MS) return;
  const { nowBase } = await market();
  run.isLow = await watchBalance(ctx, run.lane, { nowBase, wasLow: run.isLow });
  run.balanceAtMs = nowMs;
}
