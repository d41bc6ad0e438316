import type { User as WireUser } from "@qbitflow/api";

export type Role = WireUser["role"];

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
    role: user.role,
    organizationFeeBps: user.organizationFeeBps,
  };
}
