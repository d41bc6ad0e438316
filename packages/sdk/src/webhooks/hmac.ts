import { WebhookVerificationError, type WebhookVerificationReason } from "../errors.ts";
import { webCrypto } from "../webcrypto.ts";

export type Bytes = Uint8Array<ArrayBuffer>;

/** The bytes of a text in UTF-8. */
export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}

/** The bytes behind `whsec_<base64>`. */
export function decodedSecret(secret: string): Bytes {
  const bytes = fromBase64(secret.replace(/^whsec_/, ""));
  if (bytes !== undefined && bytes.length > 0) return bytes;
  throw refusal("secret_malformed", "The webhook secret is whsec_ and base64: copy it whole.");
}

export async function hmacKey(bytes: Bytes, use: "sign" | "verify"): Promise<CryptoKey> {
  if (bytes.length === 0) throw refusal("secret_missing", "The webhook secret is empty.");
  const { subtle } = await webCrypto();
  return subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, [use]);
}

export async function hmac(keyBytes: Bytes, text: string): Promise<Bytes> {
  const { subtle } = await webCrypto();
  return new Uint8Array(await subtle.sign("HMAC", await hmacKey(keyBytes, "sign"), utf8(text)));
}

/** `sha256=<64 hex>`, or the bare hex. */
export function fromHex(text: string): Bytes | undefined {
  const hex = text.replace(/^sha256=/, "");
  if (!/^[0-9a-fA-F]{64}$/.test(hex)) return undefined;
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function fromBase64(text: string): Bytes | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

export function refusal(reason: WebhookVerificationReason, message: string, cause?: unknown): WebhookVerificationError {
  return new WebhookVerificationError(message, reason, cause);
}
