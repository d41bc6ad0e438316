import { createHash } from "node:crypto";
import type { Context, Principal } from "../context.ts";
import { DomainError } from "../errors.ts";
import { beginRequest, findRequest, finishRequest, removeRequestsBefore, type StoredRequest } from "./store.ts";

const KEEP_MS = 24 * 60 * 60_000;

export interface Answer {
  readonly status: number;
  /** Plain JSON. */
  readonly answer: unknown;
}

export interface IdempotentRequest {
  readonly principal: Principal;
  /** The Idempotency-Key header. */
  readonly key: string;
  /** Everything that makes it the same request: method, path, canonical body. */
  readonly request: string;
  /** False for what may be shown only once: nothing of the answer is stored. */
  readonly keep?: boolean;
}

function replay(stored: StoredRequest, requestHash: Uint8Array): Answer & { readonly replayed: true } {
  if (Buffer.compare(stored.requestHash, requestHash) !== 0) {
    const message = "This Idempotency-Key was used with another request. Use a new key for each new request.";
    throw new DomainError("conflict", "idempotency_key_reused", message);
  }
  if (stored.answer === null || stored.httpStatus === null) {
    const message = "The key was created by an earlier request with this Idempotency-Key, and is shown only once.";
    throw new DomainError("conflict", "key_already_shown", message);
  }
  return { status: stored.httpStatus, answer: JSON.parse(stored.answer), replayed: true };
}

/**
 * Does `work` once per key within 24 hours; afterwards its answer is given again. One transaction holds the row and the
 * work, so a failure leaves neither and may be tried again, and a second request at the same time waits for the first.
 * `work` gets the context of that transaction. Throws `idempotency_key_reused`, `key_already_shown`, and what `work` throws.
 */
export async function withIdempotency(
  ctx: Context,
  input: IdempotentRequest,
  work: (ctx: Context) => Promise<Answer>,
): Promise<Answer & { readonly replayed: boolean }> {
  const requestHash = createHash("sha256").update(input.request).digest();
  const now = ctx.clock.now();
  const request = {
    ...input.principal,
    key: input.key,
    requestHash,
    at: now,
    keptSince: new Date(now.getTime() - KEEP_MS),
  };
  return ctx.db.transaction(async (tx) => {
    if (!(await beginRequest(tx, request))) {
      const stored = await findRequest(tx, request);
      if (!stored) throw new Error("A row that stood in the way is gone.");
      return replay(stored, requestHash);
    }
    const { status, answer } = await work({ ...ctx, db: tx });
    if (input.keep !== false) await finishRequest(tx, request, { httpStatus: status, answer: JSON.stringify(answer) });
    return { status, answer, replayed: false };
  });
}

/** Forgets what is older than a day; for the sweeper. Returns how many. */
export async function expireIdempotency(ctx: Context): Promise<number> {
  return removeRequestsBefore(ctx.db, new Date(ctx.clock.now().getTime() - KEEP_MS));
}
