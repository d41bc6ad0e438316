import type { Context, Principal } from "../context.ts";
import { isId, notFound } from "../tenant.ts";
import type { ApiKey } from "./api-key.ts";
import { findKeys, markRevoked } from "./store.ts";

/** Keys in force, oldest first; a plain user sees his own alone. */
export async function listKeys(
  ctx: Context,
  principal: Principal,
  filter: { readonly userId?: bigint } = {},
): Promise<ApiKey[]> {
  const wanted = filter.userId ?? null;
  const userId = principal.role === "user" ? principal.userId : wanted;
  if (wanted !== null && (wanted !== userId || !isId(wanted))) return [];
  return findKeys(ctx.db, { organizationId: principal.organizationId, userId });
}

/** It stops working in every process within moments. Throws `not_found`, for a plain user also for others' keys. */
export async function revokeKey(ctx: Context, principal: Principal, id: bigint): Promise<void> {
  const userId = principal.role === "user" ? principal.userId : null;
  const key = { organizationId: principal.organizationId, id, userId, at: ctx.clock.now() };
  if (!isId(id) || !(await markRevoked(ctx.db, key))) throw notFound("API key");
  await ctx.db.query("select pg_notify('key_changed', $1)", [String(id)]);
  ctx.cache.forget(`key:${id}:`);
}
