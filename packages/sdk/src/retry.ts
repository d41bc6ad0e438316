import { ConnectionError, type QBitFlowError, RateLimitError, ServerError, TimeoutError } from "./errors.ts";

/**
 * What a second try would do:
 * `always` changes nothing more (reads, full replacements, creations under an Idempotency-Key);
 * `refused` is tried again only when the server said that it did nothing (429).
 */
export type Replay = "always" | "refused";

const longestBackoffMs = 8_000;
/** A server that asks for more patience than this is not waited for: the caller gets the error and `retryAfterMs`. */
export const longestRetryAfterMs = 60_000;

/** Retry-After in milliseconds: delta seconds or an HTTP date (RFC 9110, 10.2.3); undefined when absent or unreadable. */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

/** Whether the failure may pass, and a second try is harmless. */
export function isRetryable(error: QBitFlowError, replay: Replay): boolean {
  if ((error.retryAfterMs ?? 0) > longestRetryAfterMs) return false;
  if (error instanceof RateLimitError) return true;
  if (replay === "refused") return false;
  if (error.code === "invalid_response") return false;
  return (
    error instanceof ConnectionError ||
    error instanceof TimeoutError ||
    error instanceof ServerError ||
    error.status === 408
  );
}

/** Milliseconds before the next try: doubling, at most 8 s, half of it random so that clients do not return in step. */
export function backoffMs(attempt: number, firstDelayMs: number): number {
  const ceilingMs = Math.min(longestBackoffMs, firstDelayMs * 2 ** attempt);
  return ceilingMs / 2 + (Math.random() * ceilingMs) / 2;
}

/** Resolves after `delayMs`; rejects with the signal's reason as soon as it aborts. */
export function sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, delayMs);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
