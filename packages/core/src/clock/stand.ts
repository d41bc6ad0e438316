import type { ServiceContext } from "../context.ts";
import { describe, pause } from "../loop.ts";
import type { TimedPart } from "../timed-part.ts";
import { busyPart, catchUp } from "./parts.ts";
import { storeWaiting } from "./store.ts";

const LOOK_AGAIN_MS = 20;
const MINE_EVERY_MS = 60;
/** Whoever asks is told what the clock stands for after so long. */
const TELL_AFTER_MS = 1_000;
/** What is left of the others' answers gets so long at each further instant. */
const MOMENT_MS = 250;

/** The local chain's side of the clock. */
export interface ChainTime {
  /** Moves the chain's time to at least this far ahead of the machine's, and mines a block that has it. Never back. */
  move(offsetMs: number): Promise<void>;
  mine(): Promise<void>;
}

/** How long an advance waits, by the machine's time. */
export interface Patience {
  /** At one instant, for what is ours to do. */
  readonly workMs: number;
  /** For a chain that does not answer. */
  readonly silenceMs: number;
  /** In all, for endpoints that do not answer. */
  readonly answersMs: number;
}

export const patience: Patience = { workMs: 5 * 60_000, silenceMs: 60_000, answersMs: 15_000 };

/** What is due now cannot be done, so time may not go on: the advance ends here. The message is for whoever moved it. */
export class ClockHeldError extends Error {
  override readonly name = "ClockHeldError";
}

export interface Standing {
  readonly chain: ChainTime;
  readonly signal: AbortSignal;
  readonly patience: Patience;
  /** What is left of `patience.answersMs`. */
  answersLeftMs: number;
}

/** Moves the chain's time, as soon as the chain answers. @throws ClockHeldError */
export function moveChain(ctx: ServiceContext, standing: Standing, offsetMs: number): Promise<void> {
  return insist(ctx, standing, () => standing.chain.move(offsetMs));
}

/** Returns once every chain answers, as the parts ask it. @throws ClockHeldError */
function chainsAnswer(ctx: ServiceContext, standing: Standing): Promise<void> {
  return insist(ctx, standing, async () => {
    for (const chain of ctx.chains.values()) await chain.head();
  });
}

async function insist(ctx: ServiceContext, standing: Standing, ask: () => Promise<void>): Promise<void> {
  const beganMs = performance.now();
  while (!standing.signal.aborted) {
    try {
      await ask();
      return;
    } catch (error) {
      await noteSilence(ctx, standing, { sinceMs: beganMs, error });
    }
    await pause(LOOK_AGAIN_MS, standing.signal);
  }
}

interface Silence {
  readonly sinceMs: number;
  readonly error: unknown;
}

async function noteSilence(ctx: ServiceContext, { patience }: Standing, { sinceMs, error }: Silence): Promise<void> {
  const forMs = performance.now() - sinceMs;
  if (forMs > TELL_AFTER_MS) await storeWaiting(ctx.db, "the local chain");
  if (forMs <= patience.silenceMs) return;
  ctx.log.debug({ error: describe(error) }, "the local chain does not answer");
  throw new ClockHeldError(
    `The local chain has not answered for ${seconds(patience.silenceMs)}. Time stands; advance again once it does.`,
  );
}

const seconds = (ms: number): string => `${Math.ceil(ms / 1_000)} seconds`;

/** Returns when time may go on: all that is due is done, and nothing was put off for a chain that was away. @throws ClockHeldError */
export async function settle(ctx: ServiceContext, standing: Standing): Promise<void> {
  await becomeQuiet(ctx, standing);
  if (standing.signal.aborted) return;
  await chainsAnswer(ctx, standing);
  if ((await catchUp(ctx)) > 0) await becomeQuiet(ctx, standing);
}

/**
 * Returns when nothing is due any more and nothing is under way, two looks in a row. Blocks are mined
 * meanwhile. Only others' answers may be left behind. @throws ClockHeldError
 */
async function becomeQuiet(ctx: ServiceContext, standing: Standing): Promise<void> {
  const { chain, signal } = standing;
  const beganMs = performance.now();
  const stoodMs: Record<string, number> = {};
  let part: TimedPart | null = null;
  let [lookedMs, minedMs, answeredMs, told] = [beganMs, beganMs, beganMs, ""];
  for (let quietLooks = 0; quietLooks < 2 && !signal.aborted; ) {
    // While one is busy, only that one is asked.
    if (part === null || (await part.isQuiet(ctx))) part = await busyPart(ctx);
    quietLooks = part === null ? quietLooks + 1 : 0;
    const nowMs = performance.now();
    if (part !== null) {
      stoodMs[part.name] = (stoodMs[part.name] ?? 0) + (nowMs - lookedMs);
      if (nowMs - beganMs > TELL_AFTER_MS && told !== part.name) await storeWaiting(ctx.db, part.name);
      if (nowMs - beganMs > TELL_AFTER_MS) told = part.name;
      if (isOver(standing, { part, forMs: nowMs - beganMs, sinceMs: nowMs - lookedMs })) break;
    }
    if (part !== null && !part.isUpToOthers && nowMs - minedMs > MINE_EVERY_MS) {
      minedMs = nowMs;
      try {
        await chain.mine();
        answeredMs = nowMs;
      } catch (error) {
        await noteSilence(ctx, standing, { sinceMs: answeredMs, error });
      }
    }
    lookedMs = nowMs;
    await pause(LOOK_AGAIN_MS, signal);
  }
  ctx.log.debug({ at: ctx.clock.now(), ms: Math.round(performance.now() - beganMs), stoodMs }, "The test clock stood");
}

/** Whether a part is not waited for any longer. @throws ClockHeldError for one that must be. */
function isOver(
  standing: Standing,
  { part, forMs, sinceMs }: { readonly part: TimedPart; readonly forMs: number; readonly sinceMs: number },
): boolean {
  const { workMs } = standing.patience;
  if (!part.isUpToOthers) {
    if (forMs <= workMs) return false;
    throw new ClockHeldError(
      `What is due now was not done within ${seconds(workMs)}: ${part.name}. Time stands; advance again to go on.`,
    );
  }
  standing.answersLeftMs -= sinceMs;
  return standing.answersLeftMs < 0 && forMs > MOMENT_MS;
}
