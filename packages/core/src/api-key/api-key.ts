import type { ApiKey as WireApiKey } from "@qbitflow/api";
import type { Role } from "../user/index.ts";

export interface ApiKey {
  readonly id: bigint;
  readonly organizationId: bigint;
  readonly userId: bigint;
  readonly role: Role;
  readonly name: string;
  readonly test: boolean;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
}

export function apiKeyResource(apiKey: ApiKey): WireApiKey {
  return {
    id: Number(apiKey.id),
    name: apiKey.name,
    organizationId: Number(apiKey.organizationId),
    userId: Number(apiKey.userId),
    createdAt: apiKey.createdAt.toISOString(),
    ...(apiKey.expiresAt ? { expiresAt: apiKey.expiresAt.toISOString() } : {}),
    role: apiKey.role,
    test: apiKey.test,
  };
}
