import type { Clock, Context, Principal } from "../context.ts";
import { DomainError } from "../errors.ts";
import { webhookSecrets } from "../organization/index.ts";
import { CanonicalJsonError, canonicalJson, MAX_DEPTH } from "./canonical-json.ts";
import { SIGNATURE_PREFIX, sameSignature, signCanonical } from "./sign.ts";

const TOLERANCE_S = 300;
const TIMESTAMP = /^[0-9]{1,12}$/;

export interface VerifyInput {
  /** The webhook's body: an object (re-encoded is fine, with nulls for what was absent, too), or its raw text. */
  readonly payload: unknown;
  /** With or without `sha256=`. */
  readonly receivedSignature: string;
  readonly receivedTimestamp: string | number;
  /** The machine's time where ctx.clock is a test clock that may be moved: timestamps are always wall time. */
  readonly wallClock?: Clock;
}

/**
 * Returns when a webhook was signed by us for this organization and mode, with the present secret or with the previous
 * one while it still signs. Throws DomainError invalid: `webhook_timestamp_invalid`, `webhook_timestamp_too_old`,
 * `webhook_payload_invalid`, `webhook_signature_invalid`.
 */
export async function verifyWebhook(ctx: Context, principal: Principal, input: VerifyInput): Promise<void> {
  const timestamp = String(input.receivedTimestamp).trim();
  if (!TIMESTAMP.test(timestamp)) throw invalid("webhook_timestamp_invalid", "The timestamp must be unix seconds.");
  const nowS = (input.wallClock ?? ctx.clock).now().getTime() / 1000;
  if (Math.abs(nowS - Number(timestamp)) > TOLERANCE_S) {
    throw invalid("webhook_timestamp_too_old", `The timestamp is more than ${TOLERANCE_S} seconds off.`);
  }
  const canonical = canonicalPayload(input.payload);
  const secrets = await webhookSecrets(ctx, principal);
  const received = input.receivedSignature.trim();
  const hex = (
    received.startsWith(SIGNATURE_PREFIX) ? received.slice(SIGNATURE_PREFIX.length) : received
  ).toLowerCase();
  const candidates = secrets.previous === null ? [secrets.current] : [secrets.current, secrets.previous];
  const genuine = candidates.map((secret) => sameSignature(signCanonical(secret, timestamp, canonical), hex));
  if (!genuine.includes(true)) {
    throw invalid(
      "webhook_signature_invalid",
      "The signature does not belong to this payload, timestamp and organization.",
    );
  }
}

function canonicalPayload(payload: unknown): string {
  try {
    return canonicalJson(withoutNulls(typeof payload === "string" ? JSON.parse(payload) : payload));
  } catch (cause) {
    if (!(cause instanceof CanonicalJsonError) && !(cause instanceof SyntaxError)) throw cause;
    throw new DomainError("invalid", "webhook_payload_invalid", "The payload is not JSON that we would send.", {
      cause,
    });
  }
}

/** Typed 1.x clients write fields that were left out as null. What we sign has no null, so here it means absent, too. */
function withoutNulls(value: unknown, depth = 0): unknown {
  // What is deeper is refused by canonicalJson; not walking it keeps hostile input off the stack.
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item, depth + 1));
  const given = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(given.map(([name, item]) => [name, withoutNulls(item, depth + 1)]));
}

const invalid = (code: string, message: string): DomainError => new DomainError("invalid", code, message);
