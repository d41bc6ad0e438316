import { isUniqueViolation } from "@qbitflow/db";
import type { Context, Principal } from "../context.ts";
import { DomainError } from "../errors.ts";
import { readFields } from "../fields.ts";
import { merchantChanged, notFound } from "../tenant.ts";
import { emailTaken, MIN_PASSWORD_LENGTH } from "./create.ts";
import { getUser } from "./get.ts";
import { hashPassword } from "./password.ts";
import { requireMayManage } from "./rank.ts";
import { markUserDeleted, updateUserRow } from "./store.ts";
import type { User } from "./user.ts";

/**
 * Changes what is given. The fee is ignored unless the key is an admin's or owner's; no password = unchanged. Throws
 * `not_found`, `forbidden`, `validation_failed`, `email_taken`.
 */
export async function updateUser(
  ctx: Context,
  principal: Principal,
  input: { readonly id: bigint; readonly change: unknown },
): Promise<User> {
  const user = await getUser(ctx, principal, input.id);
  requireMayManage(principal, { userId: user.id, role: user.role });
  const fields = readFields(input.change);
  const password = fields.optionalText("password", { max: 200 });
  if (password !== null && password.length < MIN_PASSWORD_LENGTH) {
    fields.problem("password", `must have at least ${MIN_PASSWORD_LENGTH} characters`);
  }
  const feeBps = fields.optionalInteger("organizationFeeBps", { min: 0, max: 1000 });
  const change = {
    name: fields.optionalText("name", { max: 100, name: true }),
    lastName: fields.optionalText("lastName", { max: 100, name: true }),
    email: fields.has("email") ? fields.email("email") : null,
    organizationFeeBps: principal.role === "user" ? null : feeBps,
    updatedAt: ctx.clock.now(),
  };
  fields.done();
  const passwordHash = password === null ? null : await hashPassword(password);
  try {
    const changed = await updateUserRow(ctx.db, user, { ...change, passwordHash });
    if (!changed) throw notFound("user");
    await merchantChanged(ctx, user.organizationId);
    return changed;
  } catch (error) {
    if (isUniqueViolation(error, "app_user_email")) throw emailTaken();
    throw error;
  }
}

/** The user's keys stop working with it. Owners stay. Throws `not_found`, `forbidden`. */
export async function removeUser(ctx: Context, principal: Principal, id: bigint): Promise<void> {
  const user = await getUser(ctx, principal, id);
  requireMayManage(principal, { userId: user.id, role: user.role });
  if (principal.role === "user" || user.role === "owner") {
    throw new DomainError(
      "forbidden",
      "forbidden",
      "An owner stays; other users are removed by an admin's or owner's key.",
    );
  }
  if (!(await markUserDeleted(ctx.db, user, ctx.clock.now()))) throw notFound("user");
  await ctx.db.query("select pg_notify('key_changed', '')");
  ctx.cache.forget("key:");
}
