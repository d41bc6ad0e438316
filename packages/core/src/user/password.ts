import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";

const COST: ScryptOptions = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const HASH_BYTES = 32;

function derive(password: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // NFC, so that one password typed on two keyboards is one password.
    scrypt(password.normalize("NFC"), salt, HASH_BYTES, COST, (error, hash) => (error ? reject(error) : resolve(hash)));
  });
}

/** `scrypt$<salt>$<hash>`, base64url; about 50 ms of work. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString("base64url")}$${(await derive(password, salt)).toString("base64url")}`;
}

/** The same for the same password and salt, and as slow to guess as the hash: for comparing requests that carry one. */
export async function passwordDigest(password: string, salt: string): Promise<string> {
  return (await derive(password, Buffer.from(salt))).toString("base64url");
}

/** False for a wrong password and for a hash that `hashPassword` did not make. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [scheme, salt, hash] = stored.split("$");
  if (scheme !== "scrypt" || !salt || !hash) return false;
  const expected = Buffer.from(hash, "base64url");
  const actual = await derive(password, Buffer.from(salt, "base64url"));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
