import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import type { SecretBox } from "@qbitflow/core";

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const OTHER_KEY =
  "A stored webhook secret was sealed with another SECRET_KEY. Start with that key again, or make a new secret: webhooks secret --rotate.";

/** AES-256-GCM: version, nonce, tag, text; HMAC-SHA256 with a key of its own, derived from the same secret. @throws Error when opened with another key or changed */
export function createSecretBox(key: Uint8Array): SecretBox {
  const macKey = Buffer.from(hkdfSync("sha256", key, "", "qbitflow mac", 32));
  return {
    mac: (text) => createHmac("sha256", macKey).update(text).digest("base64url"),
    seal(text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), sealed]);
    },
    open(sealed) {
      const bytes = Buffer.from(sealed);
      if (bytes[0] !== VERSION || bytes.length < 1 + NONCE_BYTES + TAG_BYTES)
        throw new Error("This is not a sealed secret.");
      const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
      const tag = bytes.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
      const decipher = createDecipheriv("aes-256-gcm", key, nonce);
      decipher.setAuthTag(tag);
      try {
        const text = Buffer.concat([decipher.update(bytes.subarray(1 + NONCE_BYTES + TAG_BYTES)), decipher.final()]);
        return text.toString("utf8");
      } catch (cause) {
        throw new Error(OTHER_KEY, { cause });
      }
    },
  };
}
