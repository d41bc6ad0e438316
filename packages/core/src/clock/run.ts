import type { ServiceContext } from "../context.ts";
import { createBell, runLoop } from "../loop.ts";
import { nextDueAt } from "./parts.ts";
import { type ChainTime, ClockHeldError, moveChain, type Patience, patience, type Standing, settle } from "./stand.ts";
import { endAdvance, readClock, storeMove, tellMoved } from "./store.ts";
import type { TestClock } from "./test-clock.ts";

const IDLE_MS = 2_000;

export interface RunClockOptions {
  /** The one behind ctx.clock. */
  readonly clock: TestClock;
  readonly chain: ChainTime;
  readonly signal: AbortSignal;
  readonly patience?: Partial<Patience>;
}

/** An advance as this process carries it out. */
interface Walk extends Standing {
  readonly clock: TestClock;
  readonly startedAt: Date;
  readonly beganMs: number;
  stops: number;
}

function startWalk({ clock, chain, signal, patience: given }: RunClockOptions, startedAt: Date): Walk {
  const own = { ...patience, ...given };
  const standing = { chain, signal, patience: own, answersLeftMs: own.answersMs };
  return { ...standing, clock, startedAt, beganMs: performance.now(), stops: 0 };
}

/**
 * Carries out advances until the signal aborts: from one due instant to the next, each time until everything that was
 * due then is done, so that it happens at its own time and in order. All of it is stored, so a restart goes on. One that
 * cannot go on ends where it is, with a sentence why. One process runs it: the one that has the local chain.
 */
export async function runClock(ctx: ServiceContext, options: RunClockOptions): Promise<void> {
  const bell = createBell();
  const stop = await ctx.db.listen("clock_moved", () => bell.ring());
  let walk: Walk | null = null;
  async function step(): Promise<number> {
    const { advance, billingUntil } = await readClock(ctx.db);
    if (advance === null) return IDLE_MS;
    const { startedAt, targetAt } = advance;
    if (walk?.startedAt.getTime() !== startedAt.getTime()) walk = startWalk(options, startedAt);
    // What was due before, and waited because test mode bills nothing by itself, comes first.
    const position = billingUntil === null || billingUntil < startedAt ? startedAt : billingUntil;
    try {
      await walkOn(ctx, walk, { position, targetAt });
    } catch (error) {
      if (!(error instanceof ClockHeldError)) throw error;
      ctx.log.error({ at: ctx.clock.now(), reason: error.message }, "The test clock was stopped");
      await endAdvance(ctx.db, error.message);
      walk = null;
    }
    return 0;
  }
  try {
    await runLoop({ name: "moving the clock", log: ctx.log, signal: options.signal, bell, step });
  } finally {
    await stop().catch(() => undefined);
  }
}

/** One move, and what follows from it. */
async function walkOn(
  ctx: ServiceContext,
  walk: Walk,
  { position, targetAt }: { readonly position: Date; readonly targetAt: Date },
): Promise<void> {
  const { startedAt, signal } = walk;
  if (position === startedAt) await move(ctx, walk, startedAt);
  await settle(ctx, walk);
  if (signal.aborted) return;
  const next = position < targetAt ? await nextDueAt(ctx, position) : null;
  if (next !== null && next < targetAt) {
    await move(ctx, walk, next);
    return;
  }
  await move(ctx, walk, targetAt);
  await settle(ctx, walk);
  if (signal.aborted) return;
  await endAdvance(ctx.db);
  const { stops, beganMs } = walk;
  ctx.log.info(
    { from: startedAt, to: targetAt, stops, ms: Math.round(performance.now() - beganMs) },
    "The test clock was moved",
  );
}

/** The chain first: what becomes due by our clock must be due by the chain's, too. */
async function move(ctx: ServiceContext, walk: Walk, at: Date): Promise<void> {
  const { clock, signal } = walk;
  const offsetMs = Math.max(clock.offsetMs(), at.getTime() - (clock.now().getTime() - clock.offsetMs()));
  if (offsetMs > clock.offsetMs()) await moveChain(ctx, walk, offsetMs);
  if (signal.aborted) return;
  walk.stops += 1;
  await storeMove(ctx.db, { offsetMs, billingUntil: at });
  clock.follow({ offsetMs, billingUntil: at });
  // Last: whoever is woken asks this clock at once, and would find nothing due by the time before.
  await tellMoved(ctx.db);
}
