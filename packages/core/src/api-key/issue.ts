import { hash } from "node:crypto";
import type { Context, Principal } from "../context.ts";
import { DomainError } from "../errors.ts";
import { readFields } from "../fields.ts";
import { readInstant } from "../instant.ts";
import { isId, notFound } from "../tenant.ts";
import { getUser, requireMayManage } from "../user/index.ts";
import type { ApiKey } from "./api-key.ts";
import { insertKey } from "./store.ts";

const SECRET_BYTES = 32;

/** The secret has 256 random bits, so a fast hash is as good as a slow one. */
export const hashSecret = (secret: string): Buffer => hash("sha256", secret, "buffer");

export interface IssuedKey {
  /** `sk_<id>_<test|live>_<secret>`; it exists here and nowhere else. */
  readonly key: string;
  readonly apiKey: ApiKey;
}

/** A new key of a user. Throws `validation_failed`, `not_found` (no such user). */
export async function issueKey(
  ctx: Context,
  input: { organizationId: bigint; userId: bigint; name: string; test: boolean; expiresAt?: Date | null },
): Promise<IssuedKey> {
  const fields = readFields(input);
  const name = fields.text("name", { max: 100, name: true });
  fields.done();
  const secret = ctx.ids.token(SECRET_BYTES);
  const { organizationId, userId, test, expiresAt = null } = input;
  const row = {
    organizationId,
    userId,
    name,
    test,
    secretHash: hashSecret(secret),
    createdAt: ctx.clock.now(),
    expiresAt,
  };
  const apiKey = isId(userId) ? await insertKey(ctx.db, row) : undefined;
  if (!apiKey) throw notFound("user");
  return { key: `sk_${apiKey.id}_${test ? "test" : "live"}_${secret}`, apiKey };
}

function readExpiry(value: unknown, now: Date): Date | null | string {
  if (value === undefined) return null;
  const at = readInstant(value);
  if (at === null) return "must be a time like 2027-01-31T12:00:00Z";
  return at > now ? at : "must be in the future";
}

/**
 * A key for a user of the organization: one's own by anybody, another's by an admin or owner, an owner's by an owner.
 * A test key makes test keys only: it must not open what is live. Throws `validation_failed`, `forbidden`, `not_found`.
 */
export async function createKey(ctx: Context, principal: Principal, input: unknown): Promise<IssuedKey> {
  const fields = readFields(input);
  const name = fields.text("name", { max: 100, name: true });
  const userId = BigInt(fields.integer("userId", { min: 1, max: Number.MAX_SAFE_INTEGER }));
  const test = fields.raw("test");
  if (typeof test !== "boolean") fields.problem("test", "must be true or false");
  const expiresAt = readExpiry(fields.raw("expiresAt"), ctx.clock.now());
  if (typeof expiresAt === "string") fields.problem("expiresAt", expiresAt);
  fields.done();
  if (principal.test && test !== true) {
    throw new DomainError("forbidden", "forbidden", "A test key makes test keys only: use a live key for this.");
  }
  const { role } = await getUser(ctx, principal, userId);
  requireMayManage(principal, { userId, role });
  const { organizationId } = principal;
  return issueKey(ctx, { organizationId, userId, name, test: test === true, expiresAt: expiresAt as Date | null });
}
