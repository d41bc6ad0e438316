import type { ChainAdapter } from "@qbitflow/chains";
import type { Context, ServiceContext } from "../context.ts";
import { createBell, describe, runLoop } from "../loop.ts";
import { confirmMandateEvents } from "../mandate-scan/confirm.ts";
import { confirmPayments } from "../payment/confirm.ts";
import { checkHints } from "../payment/hint.ts";
import { type AdvanceResult, advance } from "./advance.ts";
import { catchUp } from "./catch-up.ts";
import { coverContracts } from "./contracts.ts";
import { haltCursor } from "./cursor.ts";
import { acquireLease, releaseLease } from "./lease.ts";
import { ReorganisationTooDeepError } from "./rewind.ts";
import { startScan } from "./start.ts";

const LEASE_MS = 30_000;
const NO_CONTRACT_MS = 60_000;
const HALTED_MS = 30_000;
const MOVED_MS = 100;
const MIN_BLOCKS = 1;
const MAX_BLOCKS = 2_000;
/** A range that brings more than this is followed by a shorter one: a transaction stays small. */
const MANY_TRANSFERS = 4_000;
const FEW_TRANSFERS = 1_000;

export interface WatchOptions {
  readonly signal: AbortSignal;
  /** Longest wait for a head that nobody announces. */
  readonly pollMs?: number;
  readonly leaseMs?: number;
}

interface Watch {
  readonly adapter: ChainAdapter;
  readonly network: string;
  readonly owner: string;
  readonly leaseMs: number;
  readonly pollMs: number;
  maxBlocks: number;
  started: boolean;
  /** False until the contracts were compared with what was read, and again when somebody else may have read. */
  covered: boolean;
  /** By the machine's monotonic clock; null when the lease is not ours, as far as is known. */
  renewedAtMs: number | null;
}

/**
 * Reads one chain until the signal aborts: every range, then confirmations and hints, woken by each head. One watcher
 * per chain over all processes: the others wait for its lease. Errors are logged and tried again, never thrown; a
 * reorganisation deeper than finality stands in `scanStates` until the chain shows the known branch again.
 */
export async function watchChain(ctx: ServiceContext, network: string, options: WatchOptions): Promise<void> {
  const adapter = ctx.chains.get(network);
  if (!adapter) throw new Error(`No chain is called ${network}.`);
  const watch: Watch = {
    adapter,
    network,
    owner: ctx.ids.token(12),
    leaseMs: options.leaseMs ?? LEASE_MS,
    pollMs: options.pollMs ?? Math.min(Math.max(adapter.network.blockTimeMs, 500), 15_000),
    maxBlocks: 500,
    started: false,
    covered: false,
    renewedAtMs: null,
  };
  const bell = createBell();
  const stop = adapter.onHead(() => bell.ring());
  try {
    const step = () => watchStep(ctx, watch);
    await runLoop({ name: `chain ${network}`, log: ctx.log, signal: options.signal, bell, step });
  } finally {
    stop();
    await releaseLease(ctx, watch).catch((error: unknown) =>
      ctx.log.warn({ network, error: describe(error) }, "the chain's lease was not given back; it runs out by itself"),
    );
  }
}

/** One step of the loop; answers how long it may rest. */
async function watchStep(ctx: Context, watch: Watch): Promise<number> {
  const { adapter, network } = watch;
  watch.started ||= await startScan(ctx, adapter);
  if (!watch.started) return NO_CONTRACT_MS;
  if (!(await holdLease(ctx, watch))) return watch.leaseMs / 3;
  if (!watch.covered) await coverContracts(ctx, adapter.network);
  watch.covered = true;
  let result: AdvanceResult;
  try {
    const caughtUp = await catchUp(ctx, watch);
    if (caughtUp === "advanced") return 0;
    result = await advance(ctx, watch);
  } catch (error) {
    // It may have been too much at once: too slow to read, or to store. The chain grows meanwhile, so less is tried.
    watch.maxBlocks = Math.max(MIN_BLOCKS, Math.floor(watch.maxBlocks / 4));
    if (!(error instanceof ReorganisationTooDeepError)) throw error;
    ctx.log.error({ network, error: error.message }, "reading this chain is halted");
    await haltCursor(ctx, network, error.message);
    return HALTED_MS;
  }
  if (result.state === "moved") return MOVED_MS;
  if (result.state === "rewound") return 0;
  if (result.state === "not_leader") {
    // A local chain may have begun anew, without a cursor.
    watch.started = false;
    watch.renewedAtMs = null;
    return MOVED_MS;
  }
  const completed = await confirmPayments(ctx, network);
  await confirmMandateEvents(ctx, network);
  if (result.state === "advanced") {
    watch.maxBlocks = nextMaxBlocks(watch.maxBlocks, result.transfers);
    if (result.payments > 0 || completed > 0) {
      ctx.log.info({ network, to: result.to, payments: result.payments, completed }, "payments read");
    }
    return 0;
  }
  if (result.behind) ctx.log.warn({ network }, "the chain's head is behind what was read");
  await checkHints(ctx, network);
  return watch.pollMs;
}

/** Takes the lease, or renews it well before it runs out. */
async function holdLease(ctx: Context, watch: Watch): Promise<boolean> {
  const nowMs = performance.now();
  if (watch.renewedAtMs !== null && nowMs - watch.renewedAtMs < watch.leaseMs / 3) return true;
  const held = await acquireLease(ctx, watch);
  if (!held || watch.renewedAtMs === null) watch.covered = false;
  watch.renewedAtMs = held ? nowMs : null;
  return held;
}

function nextMaxBlocks(maxBlocks: number, transfers: number): number {
  if (transfers > MANY_TRANSFERS) return Math.max(MIN_BLOCKS, Math.floor(maxBlocks / 2));
  if (transfers < FEW_TRANSFERS) return Math.min(MAX_BLOCKS, maxBlocks * 2);
  return maxBlocks;
}
