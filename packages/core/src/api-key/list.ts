import type { Context, Principal } from "../context.ts";
import { isId, notFound } from "../tenant.ts";
import { getUser, requireMayManage } from "../user/index.ts";
import type { ApiKey } from "./api-key.ts";
import { findKeys, type KeyScope, markRevoked } from "./store.ts";

/** What a key may see: a plain user's the keys of that user, a test key those of its mode. */
const scopeOf = ({ organizationId, userId, role, test }: Principal): KeyScope => ({
  organizationId,
  userId: role === "user" ? userId : null,
  testOnly: test,
});

/** Keys in force, oldest first, of the user named or of all that the key may see. Throws `not_found` (no such user). */
export async function listKeys(
  ctx: Context,
  principal: Principal,
  filter: { readonly userId?: bigint } = {},
): Promise<ApiKey[]> {
  const scope = scopeOf(principal);
  if (filter.userId === undefined) return findKeys(ctx.db, scope);
  const { id: userId } = await getUser(ctx, principal, filter.userId);
  return findKeys(ctx.db, { ...scope, userId });
}

/**
 * It stops working in every process within moments. Throws `not_found`, for a plain user also for others' keys, and
 * `forbidden` for an owner's key unless an owner asks.
 */
export async function revokeKey(ctx: Context, principal: Principal, id: bigint): Promise<void> {
  const [apiKey] = isId(id) ? await findKeys(ctx.db, { ...scopeOf(principal), id }) : [];
  if (!apiKey) throw notFound("API key");
  requireMayManage(principal, apiKey);
  if (!(await markRevoked(ctx.db, { ...apiKey, at: ctx.clock.now() }))) throw notFound("API key");
  await ctx.db.query("select pg_notify('key_changed', $1)", [String(id)]);
  ctx.cache.forget(`key:${id}:`);
}
