import { isUniqueViolation } from "@qbitflow/db";
import type { Context, Principal } from "../context.ts";
import { DomainError } from "../errors.ts";
import { readFields } from "../fields.ts";
import { requireAdmin } from "../tenant.ts";
import { hashPassword } from "./password.ts";
import { insertUser, type NewUser } from "./store.ts";
import type { User } from "./user.ts";

export const MIN_PASSWORD_LENGTH = 8;
const PERSON = { max: 100, name: true } as const;

export function emailTaken(): DomainError {
  return new DomainError("conflict", "email_taken", "Another user has this email. Choose another one.");
}

async function insert(ctx: Context, user: Omit<NewUser, "createdAt">): Promise<User> {
  try {
    return await insertUser(ctx.db, { ...user, createdAt: ctx.clock.now() });
  } catch (error) {
    if (isUniqueViolation(error, "app_user_email")) throw emailTaken();
    throw error;
  }
}

/** A user of the key's organization. Throws `forbidden` (not an admin's key), `validation_failed`, `email_taken`. */
export async function createUser(ctx: Context, principal: Principal, input: unknown): Promise<User> {
  requireAdmin(principal);
  const fields = readFields(input);
  const user = {
    organizationId: principal.organizationId,
    name: fields.text("name", PERSON),
    lastName: fields.text("lastName", PERSON),
    email: fields.email("email"),
    role: fields.choice("role", ["admin", "user"]),
    organizationFeeBps: fields.optionalInteger("organizationFeeBps", { min: 0, max: 1000 }) ?? 0,
  };
  const password = fields.text("password", { max: 200 });
  if (fields.has("password") && password.length < MIN_PASSWORD_LENGTH) {
    fields.problem("password", `must have at least ${MIN_PASSWORD_LENGTH} characters`);
  }
  fields.done();
  return insert(ctx, { ...user, passwordHash: await hashPassword(password) });
}

/** The first user of an organization, made by the operator. Throws `validation_failed`, `email_taken`. */
export async function addOwner(
  ctx: Context,
  input: { organizationId: bigint; name: string; lastName: string; email: string; password?: string },
): Promise<User> {
  const fields = readFields(input);
  const user = {
    organizationId: input.organizationId,
    name: fields.text("name", PERSON),
    lastName: fields.text("lastName", PERSON),
    email: fields.email("email"),
    role: "owner",
    organizationFeeBps: 0,
  } as const;
  fields.done();
  return insert(ctx, { ...user, passwordHash: input.password ? await hashPassword(input.password) : null });
}
