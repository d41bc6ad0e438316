import type { LeftOut } from "./rate.ts";
import type { Clock, Quote, RateSource } from "./source.ts";

const MAX_COOLDOWN_FACTOR = 8;

export interface AskLimits {
  readonly timeoutMs: number;
  readonly cooldownMs: number;
}

export interface GuardedSource {
  readonly source: RateSource;
  /** Quotes, or why there are none. Never rejects, never takes longer than the timeout. */
  ask(symbols: readonly string[]): Promise<{ quotes: readonly Quote[] } | { left: LeftOut }>;
}

/** Rejects when the signal fires, so that a source that ignores its signal delays nobody. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

/** Bounds one source: a timeout per request and, after a failure, a rest that doubles while it keeps failing. */
export function guardSource(source: RateSource, clock: Clock, limits: AskLimits): GuardedSource {
  let failures = 0;
  let restsUntilMs = 0;

  async function ask(symbols: readonly string[]): Promise<{ quotes: readonly Quote[] } | { left: LeftOut }> {
    const nowMs = clock.now().getTime();
    if (nowMs < restsUntilMs) return { left: { name: source.name, why: "it failed a moment ago" } };
    const signal = AbortSignal.timeout(limits.timeoutMs);
    try {
      const quotes = await orAborted(source.fetch(symbols, signal), signal);
      failures = 0;
      return { quotes };
    } catch (error) {
      restsUntilMs = nowMs + limits.cooldownMs * Math.min(2 ** failures, MAX_COOLDOWN_FACTOR);
      failures += 1;
      const why = signal.aborted
        ? `no answer within ${limits.timeoutMs} ms`
        : String((error as Error)?.message ?? error);
      return { left: { name: source.name, why } };
    }
  }

  return { source, ask };
}
