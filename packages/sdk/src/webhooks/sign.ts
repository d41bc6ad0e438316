import { webCrypto } from "../webcrypto.ts";
import { canonicalJson } from "./canonical-json.ts";
import { decodedSecret, hmac, refusal, toBase64, toHex, utf8 } from "./hmac.ts";

export interface SignOptions {
  /** Stable over retries; `X-Webhook-ID`. Random unless set. */
  id?: string | undefined;
  /** Unix seconds of the attempt; now unless set. */
  timestamp?: number | undefined;
  /** Counts a session's statuses from 1. 1 unless set. */
  sequence?: number | undefined;
}

/** A delivery as the server would send it: POST `body` with `headers`. */
export interface SignedWebhook {
  body: string;
  headers: Record<string, string>;
}

/** Makes what a delivery carries, for tests of a webhook receiver. Of several secrets the first is the newest. */
export async function signWebhook(
  payload: string | object,
  { secret, ...options }: SignOptions & { secret: string | readonly string[] },
): Promise<SignedWebhook> {
  const secrets = typeof secret === "string" ? [secret] : secret;
  const newest = secrets[0];
  if (newest === undefined) throw refusal("secret_missing", "Pass the secret to sign with: it starts with whsec_.");
  const body = typeof payload === "string" ? payload : JSON.stringify(payload);
  const id = options.id ?? `msg_${(await webCrypto()).randomUUID()}`;
  const timestamp = String(options.timestamp ?? Math.floor(Date.now() / 1000));
  const standard: string[] = [];
  for (const each of secrets) {
    standard.push(`v1,${toBase64(await hmac(decodedSecret(each), `${id}.${timestamp}.${body}`))}`);
  }
  const canonical = `${timestamp}.${canonicalJson(JSON.parse(body))}`;
  return {
    body,
    headers: {
      "Content-Type": "application/json",
      "X-Webhook-ID": id,
      "X-Webhook-Timestamp": timestamp,
      "X-Webhook-Sequence": String(options.sequence ?? 1),
      "X-Webhook-Signature-256": `sha256=${toHex(await hmac(utf8(newest), canonical))}`,
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": standard.join(" "),
    },
  };
}
