import Type from "typebox";
import { ApiKey, ApiKeyCreate, ApiKeyCreated } from "../api-key.ts";
import { examples } from "../examples.ts";
import { Message } from "../message.ts";
import type { Route } from "../route.ts";

const tag = "API keys";

export const apiKeyRoutes = [
  {
    id: "createApiKey",
    method: "POST",
    path: "/v1/api-key",
    auth: "key",
    tag,
    summary: "Create an API key",
    description:
      "`key` is in this answer alone and stored nowhere: a repetition with the same Idempotency-Key answers 409. Of your own user, or with an admin's or owner's key of another; an owner's keys are made by owners. A test key makes test keys only.",
    body: ApiKeyCreate,
    answer: ApiKeyCreated,
    creates: true,
    errors: ["forbidden", "not_found", "key_already_shown"],
    example: {
      body: { name: "shop server", userId: 2, expiresAt: "2027-01-15T10:00:00Z", test: true },
      answer: {
        data: { ...examples.apiKey, expiresAt: "2027-01-15T10:00:00Z" },
        key: "sk_12_test_q3Jm0Zx2b8yqk1c5m3n7v9w1x2y3z4a5b6c7d8e9f0g",
        id: 12,
        prefix: "sk_12_test",
      },
    },
  },
  {
    id: "listApiKeys",
    method: "GET",
    path: "/v1/api-key",
    auth: "key",
    tag,
    summary: "Your own user's keys, as a bare array",
    description: "Keys in force; a test key sees test keys only.",
    answer: Type.Array(ApiKey),
    errors: [],
    example: { answer: [examples.apiKey] },
  },
  {
    id: "listApiKeysOfUser",
    method: "GET",
    path: "/v1/api-key/user/:id",
    auth: "key",
    tag,
    summary: "A user's keys, as a bare array",
    description: "Another user's need an admin's or owner's key.",
    answer: Type.Array(ApiKey),
    errors: ["not_found"],
    example: { answer: [examples.apiKey] },
  },
  {
    id: "deleteApiKey",
    method: "DELETE",
    path: "/v1/api-key/:id",
    auth: "key",
    tag,
    summary: "Revoke an API key",
    description: "It stops working at once.",
    answer: Message,
    errors: ["forbidden", "not_found"],
    example: { answer: { message: "API key 12 is revoked." } },
  },
] as const satisfies readonly Route[];
