import type { User as WireUser } from "@qbitflow/api";

export type Role = "owner" | "admin" | "user";

/** Decoders of 1.x clients know no `owner`: one is answered as `admin`. */
export const wireRole = (role: Role): WireUser["role"] => (role === "owner" ? "admin" : role);

export interface User {
  readonly id: bigint;
  readonly organizationId: bigint;
  readonly name: string;
  readonly lastName: string;
  readonly email: string;
  readonly role: Role;
  /** The organization's part of what this user is paid, after the platform fee. */
  readonly organizationFeeBps: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export function userResource(user: User): WireUser {
  return {
    id: Number(user.id),
    name: user.name,
    lastName: user.lastName,
    email: user.email,
    createdAt: user.createdAt.toISOString(),
    updatedAt: user.updatedAt.toISOString(),
    updateAt: user.updatedAt.toISOString(),
    organizationId: Number(user.organizationId),
    role: wireRole(user.role),
    isOwner: user.role === "owner",
    organizationFeeBps: user.organizationFeeBps,
  };
}
