import type { ServiceContext } from "../context.ts";
import { createBell, pause, runLoop } from "../loop.ts";
import { busyPart, nextDueAt } from "./parts.ts";
import { endAdvance, readClock, storeMove } from "./store.ts";
import type { TestClock } from "./test-clock.ts";

const IDLE_MS = 2_000;
const LOOK_AGAIN_MS = 25;
const MINE_EVERY_MS = 200;
/** A part that is not done by then (an endpoint that hangs, a chain that does not answer) is not waited for any longer. */
const PATIENCE_MS = 60_000;

/** The local chain's side of the clock. */
export interface ChainTime {
  /** Moves the chain's time to at least this far ahead of the machine's, and mines a block that has it. Never back. */
  move(offsetMs: number): Promise<void>;
  mine(): Promise<void>;
}

export interface RunClockOptions {
  /** The one behind ctx.clock. */
  readonly clock: TestClock;
  readonly chain: ChainTime;
  readonly signal: AbortSignal;
  readonly patienceMs?: number;
}

/**
 * Carries out advances until the signal aborts: from one due instant to the next, each time until everything that was
 * due then is done, so that it happens at its own time and in order. All of it is stored, so a restart goes on. One
 * process runs it: the one that has the local chain.
 */
export async function runClock(ctx: ServiceContext, options: RunClockOptions): Promise<void> {
  const bell = createBell();
  const stop = await ctx.db.listen("clock_moved", () => bell.ring());
  const step = () => clockStep(ctx, options);
  try {
    await runLoop({ name: "moving the clock", log: ctx.log, signal: options.signal, bell, step });
  } finally {
    await stop().catch(() => undefined);
  }
}

/** One move, and what follows from it; answers how long to rest. */
async function clockStep(ctx: ServiceContext, options: RunClockOptions): Promise<number> {
  const { advance, billingUntil } = await readClock(ctx.db);
  if (advance === null) return IDLE_MS;
  const { startedAt, targetAt } = advance;
  // What was due before, and waited because test mode bills nothing by itself, comes first.
  const position = billingUntil === null || billingUntil < startedAt ? startedAt : billingUntil;
  if (position === startedAt) await move(ctx, options, startedAt);
  await settle(ctx, options);
  if (options.signal.aborted) return 0;
  const next = position < targetAt ? await nextDueAt(ctx, position) : null;
  if (next !== null && next < targetAt) {
    await move(ctx, options, next);
    return 0;
  }
  await move(ctx, options, targetAt);
  await settle(ctx, options);
  if (options.signal.aborted) return 0;
  await endAdvance(ctx.db);
  ctx.log.info({ from: startedAt, to: targetAt }, "The test clock was moved");
  return 0;
}

/** The chain first: what becomes due by our clock must be due by the chain's, too. */
async function move(ctx: ServiceContext, { clock, chain }: RunClockOptions, at: Date): Promise<void> {
  const offsetMs = Math.max(clock.offsetMs(), at.getTime() - (clock.now().getTime() - clock.offsetMs()));
  if (offsetMs > clock.offsetMs()) await chain.move(offsetMs);
  await storeMove(ctx.db, { offsetMs, billingUntil: at });
  clock.follow({ offsetMs, billingUntil: at });
}

/** Returns when nothing is due any more and nothing is under way, two looks in a row. Blocks are mined meanwhile. */
async function settle(
  ctx: ServiceContext,
  { chain, signal, patienceMs = PATIENCE_MS }: RunClockOptions,
): Promise<void> {
  const beganMs = performance.now();
  let minedMs = beganMs;
  for (let quietLooks = 0; quietLooks < 2 && !signal.aborted; ) {
    const part = await busyPart(ctx);
    quietLooks = part === null ? quietLooks + 1 : 0;
    const nowMs = performance.now();
    if (part !== null && nowMs - beganMs > patienceMs) {
      ctx.log.warn({ part }, "The test clock goes on although a part is not done");
      return;
    }
    if (part !== null && nowMs - minedMs > MINE_EVERY_MS) {
      await chain.mine();
      minedMs = nowMs;
    }
    await pause(LOOK_AGAIN_MS, signal);
  }
}
