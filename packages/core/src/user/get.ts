import type { Context, Principal } from "../context.ts";
import { isId, notFound } from "../tenant.ts";
import { findFeeBps, findUsers } from "./store.ts";
import type { User } from "./user.ts";

/** For a plain user's key there is nobody but that user. Throws `not_found`. */
export async function getUser(ctx: Context, principal: Principal, id: bigint): Promise<User> {
  const visible = isId(id) && (principal.role !== "user" || principal.userId === id);
  const [user] = visible ? await findUsers(ctx.db, principal.organizationId, id) : [];
  if (!user) throw notFound("user");
  return user;
}

/** What the organization keeps of this user's payments; sessions of a removed user still know it. Throws `not_found`. */
export async function organizationFeeBpsOf(
  ctx: Context,
  user: { readonly organizationId: bigint; readonly userId: bigint },
): Promise<number> {
  const feeBps = await findFeeBps(ctx.db, user);
  if (feeBps === undefined) throw notFound("user");
  return feeBps;
}

/** All users of the organization, oldest first; a plain user's key sees its own alone. */
export async function listUsers(ctx: Context, principal: Principal): Promise<User[]> {
  return findUsers(ctx.db, principal.organizationId, principal.role === "user" ? principal.userId : null);
}
