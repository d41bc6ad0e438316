import type { Principal } from "../context.ts";
import { DomainError } from "../errors.ts";
import type { Role } from "./user.ts";

/**
 * Users manage themselves and what is theirs; admins everybody but owners; owners everybody. An admin who could change
 * an owner or make an owner's key would be one. Throws `forbidden`.
 */
export function requireMayManage(principal: Principal, user: { readonly userId: bigint; readonly role: Role }): void {
  if (principal.userId === user.userId || principal.role === "owner") return;
  if (principal.role === "admin" && user.role !== "owner") return;
  throw new DomainError("forbidden", "forbidden", "Only an owner's key may change an owner or an owner's keys.");
}
