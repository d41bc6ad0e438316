import { timingSafeEqual } from "node:crypto";
import type { Context, Principal } from "../context.ts";
import { DomainError } from "../errors.ts";
import { isId } from "../tenant.ts";
import { hashSecret } from "./issue.ts";
import { findStoredKey, type StoredKey } from "./store.ts";

const KEY = /^sk_([1-9]\d{0,18})_(test|live)_([A-Za-z0-9_-]{16,128})$/;

const refused = (code: string, message: string) => new DomainError("unauthenticated", code, message);

interface KnownKey {
  readonly secretHash: Uint8Array;
  readonly expiresAt: Date | null;
  readonly principal: Principal;
}

async function knownKey(ctx: Context, id: bigint): Promise<KnownKey | undefined> {
  const cacheKey = `key:${id}:`;
  const remembered = ctx.cache.get<KnownKey>(cacheKey);
  if (remembered) return remembered;
  const stored: StoredKey | undefined = isId(id) ? await findStoredKey(ctx.db, id) : undefined;
  if (!stored) return undefined;
  const { secretHash, expiresAt, ...principal } = stored;
  const known = { secretHash, expiresAt, principal };
  ctx.cache.set(cacheKey, known);
  return known;
}

/**
 * Whose key this is. Keys are remembered for seconds; a revoked one is forgotten at once. Throws `key_missing`,
 * `key_invalid` (malformed, unknown, revoked, wrong secret: the same words for all) or `key_expired`.
 */
export async function authenticate(ctx: Context, keyText: string | undefined): Promise<Principal> {
  if (!keyText) throw refused("key_missing", "The request has no API key. Send it in the header X-API-Key.");
  const [, id, mode, secret] = KEY.exec(keyText) ?? [];
  const known = id === undefined ? undefined : await knownKey(ctx, BigInt(id));
  const fits =
    known !== undefined &&
    timingSafeEqual(known.secretHash, hashSecret(secret ?? "")) &&
    known.principal.test === (mode === "test");
  if (!fits)
    throw refused("key_invalid", "The API key is not known here or was revoked. Check that all of it was copied.");
  if (known.expiresAt && known.expiresAt <= ctx.clock.now()) {
    throw refused("key_expired", "The API key has expired. Create a new one.");
  }
  return known.principal;
}
