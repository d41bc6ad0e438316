import type { ApiKeyCreated, ApiKey as WireApiKey } from "@qbitflow/api";
import { type Role, wireRole } from "../user/index.ts";

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
    role: wireRole(apiKey.role),
    test: apiKey.test,
  };
}

/** The one answer with the key in it. `id` and `prefix` are where 1.x clients look for them. */
export function createdKeyResource({ key, apiKey }: { key: string; apiKey: ApiKey }): ApiKeyCreated {
  const data = apiKeyResource(apiKey);
  return { data, key, id: data.id, prefix: `sk_${data.id}_${data.test ? "test" : "live"}` };
}
