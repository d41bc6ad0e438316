import type { WebhookEvent } from "../types.ts";
import { webCrypto } from "../webcrypto.ts";
import { canonicalJson } from "./canonical-json.ts";
import { type Bytes, decodedSecret, fromBase64, fromHex, hmacKey, refusal, utf8 } from "./hmac.ts";

/** A webhook's body: best raw, as it came; a parsed object works too, by its canonical form. */
export type WebhookPayload = string | Uint8Array | ArrayBuffer | object;

/** Headers in whatever form the server framework has them, in any case; or just signature and timestamp. */
export type WebhookHeaders =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | { signature: string; timestamp: string | number };

export interface VerifyOptions {
  /** Seconds a timestamp may be off, to either side. 300 unless set. */
  toleranceSeconds?: number | undefined;
  /** The time to compare with, in milliseconds since 1970; now unless set. */
  nowMs?: number | undefined;
}

const longestBody = 1024 * 1024;
const mostSignatures = 10;

/**
 * The event of a genuine webhook; throws WebhookVerificationError otherwise. Both signatures are understood:
 * Standard Webhooks (`webhook-signature`, over the raw body) and `X-Webhook-Signature-256` (over the canonical JSON);
 * one that fits is enough. `secret` may be several while one is being rotated.
 */
export async function verifyWebhook(
  payload: WebhookPayload,
  headers: WebhookHeaders,
  { secret, ...options }: VerifyOptions & { secret: string | readonly string[] },
): Promise<WebhookEvent> {
  const secrets = typeof secret === "string" ? [secret] : secret;
  // Anyone can sign with an empty secret.
  if (secrets.length === 0 || secrets.includes("")) {
    throw refusal(
      "secret_missing",
      "Pass webhookSecret to the client, or the secret to verify: it starts with whsec_.",
    );
  }
  const raw = rawText(payload);
  let failure: unknown;
  for (const read of [standardAttempt, canonicalAttempt]) {
    try {
      const attempt = read({ headers, raw, payload });
      if (attempt === undefined) continue;
      checkTimestamp(attempt.timestamp, options);
      await checkSignature(attempt, secrets);
      return parseEvent(raw, payload);
    } catch (error) {
      failure ??= error;
    }
  }
  failure ??= refusal(
    "headers_missing",
    "The request has no webhook signature. Pass all of its headers: X-Webhook-Signature-256 and X-Webhook-Timestamp, or webhook-id, webhook-timestamp and webhook-signature.",
  );
  throw failure;
}

interface Delivery {
  headers: WebhookHeaders;
  /** The body as it came; undefined when it was parsed before. */
  raw: string | undefined;
  payload: WebhookPayload;
}

/** One of the two ways in which a delivery can be genuine. */
interface Attempt {
  timestamp: string;
  signed: string;
  signatures: Bytes[];
  /** Standard Webhooks keys its HMAC with the decoded bytes, `X-Webhook-Signature-256` with the secret's text. */
  keyOf: (secret: string) => Bytes;
}

function standardAttempt({ headers, raw }: Delivery): Attempt | undefined {
  const id = headerOf(headers, "webhook-id");
  const timestamp = headerOf(headers, "webhook-timestamp");
  const signature = headerOf(headers, "webhook-signature");
  if (raw === undefined || id === undefined || timestamp === undefined || signature === undefined) return undefined;
  const signatures = signature
    .split(" ", mostSignatures)
    .filter((part) => part.startsWith("v1,"))
    .flatMap((part) => fromBase64(part.slice(3)) ?? []);
  return { timestamp, signed: `${id}.${timestamp}.${raw}`, signatures, keyOf: decodedSecret };
}

function canonicalAttempt({ headers, raw, payload }: Delivery): Attempt | undefined {
  const timestamp = headerOf(headers, "x-webhook-timestamp") ?? headerOf(headers, "timestamp");
  const signature = headerOf(headers, "x-webhook-signature-256") ?? headerOf(headers, "signature");
  if (timestamp === undefined || signature === undefined) return undefined;
  let canonical: string;
  try {
    canonical = canonicalJson(raw === undefined ? payload : JSON.parse(raw));
  } catch (cause) {
    throw refusal("payload_malformed", "The webhook's body is not JSON. Pass the body as it came.", cause);
  }
  const signatures = signature.split(",", mostSignatures).flatMap((part) => fromHex(part.trim()) ?? []);
  return { timestamp, signed: `${timestamp}.${canonical}`, signatures, keyOf: (secret) => utf8(secret) };
}

function checkTimestamp(timestamp: string, { toleranceSeconds = 300, nowMs = Date.now() }: VerifyOptions): void {
  if (!/^\d{1,12}$/.test(timestamp)) {
    throw refusal("timestamp_malformed", "The webhook's timestamp is not in unix seconds.");
  }
  const offSeconds = Math.abs(Math.floor(nowMs / 1000) - Number(timestamp));
  if (offSeconds > toleranceSeconds) {
    throw refusal(
      "timestamp_out_of_tolerance",
      `The webhook's timestamp is ${offSeconds} s off. It is an old delivery sent again, or this machine's clock is wrong.`,
    );
  }
}

async function checkSignature(attempt: Attempt, secrets: readonly string[]): Promise<void> {
  if (attempt.signatures.length === 0) {
    throw refusal("signature_malformed", "The webhook's signature is in no known form.");
  }
  const { subtle } = await webCrypto();
  const signed = utf8(attempt.signed);
  let genuine = false;
  for (const secret of secrets) {
    const key = await hmacKey(attempt.keyOf(secret), "verify");
    for (const signature of attempt.signatures) {
      // WebCrypto compares in constant time.
      if (await subtle.verify("HMAC", key, signature, signed)) genuine = true;
    }
  }
  if (genuine) return;
  throw refusal(
    "signature_mismatch",
    "The webhook's signature does not fit. Check that the secret is the one of this organization and mode, and that the body is passed as it came.",
  );
}

function parseEvent(raw: string | undefined, payload: WebhookPayload): WebhookEvent {
  let event: unknown = payload;
  if (raw !== undefined) {
    try {
      event = JSON.parse(raw);
    } catch (cause) {
      throw refusal("payload_malformed", "The webhook's body is not JSON.", cause);
    }
  }
  if (typeof event === "object" && event !== null && !Array.isArray(event)) return event as WebhookEvent;
  throw refusal("payload_malformed", "The webhook's body is not a JSON object.");
}

/** undefined for a body that was parsed before it came here. */
function rawText(payload: WebhookPayload): string | undefined {
  let text: string;
  if (typeof payload === "string") text = payload;
  else if (payload instanceof Uint8Array || payload instanceof ArrayBuffer) text = new TextDecoder().decode(payload);
  else return undefined;
  if (text.length <= longestBody) return text;
  throw refusal("payload_malformed", "The body is larger than any webhook.");
}

/** A header by its lower-case name; a repeated one by its first value. */
export function headerOf(headers: WebhookHeaders, name: string): string | undefined {
  const get = (headers as { get?: unknown }).get;
  if (typeof get === "function") return (get.call(headers, name) as string | null) ?? undefined;
  for (const [key, value] of Object.entries(headers as Record<string, unknown>)) {
    if (key.toLowerCase() !== name) continue;
    const first: unknown = Array.isArray(value) ? value[0] : value;
    if (first !== undefined && first !== null) return String(first);
  }
  return undefined;
}
