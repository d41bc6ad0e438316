import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "./context.ts";

const BACKOFF_FIRST_MS = 250;
const BACKOFF_MAX_MS = 15_000;

/** Waits; an abort ends the wait at once and is no error. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.max(0, ms), undefined, { signal }).catch(() => undefined);
}

/** A bell that wakes a waiting loop. Rings while nobody waits are kept as one. */
export interface Bell {
  ring(): void;
  /** Resolves at the next ring, after `ms`, or on abort. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export function createBell(): Bell {
  let rung = false;
  let wake: (() => void) | null = null;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    async wait(ms, signal) {
      if (!rung && !signal.aborted && ms > 0) {
        const waiting = new AbortController();
        wake = () => waiting.abort();
        await pause(ms, AbortSignal.any([signal, waiting.signal]));
        wake = null;
      }
      rung = false;
    },
  };
}

/** How long to rest after the `failures`th failure in a row: doubling, bounded, and never two processes in step. */
export function backoffMs(failures: number, random: () => number = Math.random): number {
  const fullMs = Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** Math.min(failures - 1, 20));
  return fullMs / 2 + (fullMs / 2) * random();
}

export interface LoopOptions {
  readonly name: string;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** One bounded piece of work; answers how long to wait before the next when nothing rings. */
  readonly step: () => Promise<number>;
  readonly bell?: Bell;
}

/** Repeats `step` until the signal aborts. An error is logged and followed by a rest that a ring shortens; it never ends the loop. */
export async function runLoop(options: LoopOptions): Promise<void> {
  const { signal, log, name, step } = options;
  const bell = options.bell ?? createBell();
  let failures = 0;
  while (!signal.aborted) {
    try {
      const waitMs = await step();
      failures = 0;
      if (waitMs > 0) await bell.wait(waitMs, signal);
    } catch (error) {
      failures += 1;
      if (signal.aborted) return;
      const restMs = backoffMs(failures);
      log.warn(
        { loop: name, failures, restMs: Math.round(restMs), error: describe(error) },
        `${name} failed; it goes on`,
      );
      // A ring says that something changed, maybe for the better; but a bell gone mad must not make the loop spin.
      await pause(Math.min(restMs, BACKOFF_FIRST_MS), signal);
      await bell.wait(restMs - BACKOFF_FIRST_MS, signal);
    }
  }
}

/** An error as one line for a log. */
export function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
