import type { Context, Principal } from "./context.ts";
import { DomainError } from "./errors.ts";

/** One organization in one mode: what every tenant's row belongs to. */
export interface Tenant {
  readonly organizationId: bigint;
  readonly test: boolean;
}

/** Unknown, deleted, another organization's or another mode's: the same words for all, so that none can be told apart. */
export function notFound(thing: string, code = "not_found"): DomainError {
  return new DomainError("not_found", code, `There is no such ${thing} in this organization and mode.`);
}

/** Throws `forbidden` unless the key's user runs the organization. */
export function requireAdmin(principal: Principal): void {
  if (principal.role !== "user") return;
  throw new DomainError("forbidden", "forbidden", "Only an owner's or admin's key may do this.");
}

/** Tells every process, this one at once, that what is remembered of a merchant (of all, without an id) is outdated. */
export async function merchantChanged(ctx: Context, organizationId: bigint | null): Promise<void> {
  const payload = organizationId === null ? "" : String(organizationId);
  await ctx.db.query("select pg_notify('merchant_changed', $1)", [payload]);
  ctx.cache.forget(organizationId === null ? "merchant:" : `merchant:${organizationId}:`);
}

const MAX_ID = 2n ** 63n - 1n;

/** An id that the database's type can hold; anything else is simply not found. */
export const isId = (id: bigint): boolean => id > 0n && id <= MAX_ID;
