import { createHmac, timingSafeEqual } from "node:crypto";
import { canonicalJson } from "./canonical-json.ts";

const USER_AGENT = "QBitFlow-Webhook/1";
const SECRET_PREFIX = "whsec_";
export const SIGNATURE_PREFIX = "sha256=";

export interface WebhookSecretPair {
  readonly current: string;
  /** Signs beside the current one while a rotation overlaps. */
  readonly previous: string | null;
}

export interface SignInput {
  readonly secrets: WebhookSecretPair;
  /** The delivery's id: the same over all attempts. */
  readonly id: string;
  /** Unix seconds of this attempt, by the wall clock. */
  readonly timestamp: number;
  readonly sequence: number;
  /** The body as it is sent. */
  readonly body: string;
}

/** Hex HMAC-SHA256 of `timestamp.canonicalBody`, keyed with the secret's whole text (`whsec_…` as it is shown). */
export function signCanonical(secret: string, timestamp: string | number, canonicalBody: string): string {
  return createHmac("sha256", secret).update(`${timestamp}.${canonicalBody}`).digest("hex");
}

/** `v1,<base64>` of Standard Webhooks, over the raw body, keyed with the bytes that the secret's base64 stands for. */
export function signStandard(secret: string, input: Pick<SignInput, "id" | "timestamp" | "body">): string {
  const encoded = secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret;
  const key = Buffer.from(encoded, "base64");
  const signed = `${input.id}.${input.timestamp}.${input.body}`;
  return `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
}

/** The headers that prove who sent a webhook: ours (API-V1.md) and those of Standard Webhooks. */
export function signWebhook(input: SignInput): Record<string, string> {
  const { id, timestamp, sequence, secrets } = input;
  const canonical = canonicalJson(JSON.parse(input.body));
  const signing = secrets.previous === null ? [secrets.current] : [secrets.current, secrets.previous];
  return {
    "X-Webhook-ID": id,
    "X-Webhook-Timestamp": String(timestamp),
    "X-Webhook-Sequence": String(sequence),
    "X-Webhook-Signature-256": `${SIGNATURE_PREFIX}${signCanonical(secrets.current, timestamp, canonical)}`,
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signing.map((secret) => signStandard(secret, input)).join(" "),
  };
}

/** Everything that a webhook's request says besides its body. */
export function deliveryHeaders(input: SignInput): Record<string, string> {
  return { "Content-Type": "application/json", "User-Agent": USER_AGENT, ...signWebhook(input) };
}

/** Compares in constant time. */
export function sameSignature(expected: string, received: string): boolean {
  const a = Buffer.from(expected);
  const b = Buffer.from(received);
  return a.length === b.length && timingSafeEqual(a, b);
}
