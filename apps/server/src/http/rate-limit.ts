import { DomainError } from "@qbitflow/core";

interface Bucket {
  tokens: number;
  at: number;
}

/** Buckets kept at most; when more callers come, the full ones (they have no history) are forgotten. */
const MAX_BUCKETS = 50_000;

/** Refused for now: the answer's Retry-After says for how long. */
export class RateLimitedError extends DomainError {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super("rate_limited", "rate_limited", `Too many requests: wait ${retryAfterSeconds} s and try again.`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * Who asks from this address: in IPv6 the whole /64, which is what one connection to the Internet has; an IPv4 address
 * as it is, also where it is written as IPv6.
 */
export function callerOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(":")) return mapped ?? address;
  const [head = "", tail = ""] = address.split("::");
  const groups = head.split(":").filter((group) => group !== "");
  const last = tail.split(":").filter((group) => group !== "");
  while (groups.length + last.length < 8) groups.push("0");
  return [...groups, ...last].slice(0, 4).join(":");
}

/** Token buckets by caller: `perMinute` at once, refilled evenly. In memory: each process counts for itself. */
export class RateLimit {
  readonly #capacity: number;
  readonly #buckets = new Map<string, Bucket>();
  readonly #nowMs: () => number;

  constructor(perMinute: number, nowMs: () => number = () => performance.now()) {
    this.#capacity = perMinute;
    this.#nowMs = nowMs;
  }

  /** @throws RateLimitedError when the caller has none left */
  take(caller: string): void {
    const now = this.#nowMs();
    const bucket = this.#buckets.get(caller);
    if (bucket === undefined) {
      if (this.#buckets.size >= MAX_BUCKETS) this.#forget(now);
      this.#buckets.set(caller, { tokens: this.#capacity - 1, at: now });
      return;
    }
    bucket.tokens = this.#refilled(bucket, now);
    bucket.at = now;
    if (bucket.tokens < 1) {
      throw new RateLimitedError(Math.max(1, Math.ceil(((1 - bucket.tokens) * 60) / this.#capacity)));
    }
    bucket.tokens -= 1;
  }

  #refilled(bucket: Bucket, now: number): number {
    return Math.min(this.#capacity, bucket.tokens + ((now - bucket.at) * this.#capacity) / 60_000);
  }

  #forget(now: number): void {
    for (const [caller, bucket] of this.#buckets) {
      if (this.#refilled(bucket, now) >= this.#capacity) this.#buckets.delete(caller);
    }
    // All of them are busy: an attack from very many addresses. Forgetting everyone is better than growing.
    if (this.#buckets.size >= MAX_BUCKETS) this.#buckets.clear();
  }
}
