import { apiKeyResource, createdKeyResource, createKey, listKeys, revokeKey } from "@qbitflow/core";
import { creating } from "../idempotent.ts";
import { numberId } from "../path-ids.ts";
import type { Handlers } from "../register-routes.ts";

export const apiKeyHandlers = {
  createApiKey: (call) =>
    creating({ ...call, keep: false }, async (ctx) =>
      createdKeyResource(await createKey(ctx, call.principal, call.body)),
    ),
  // One's own, also for an admin: that is what 1.x clients ask for here.
  listApiKeys: async ({ server, principal }) =>
    (await listKeys(server.core, principal, { userId: principal.userId })).map(apiKeyResource),
  listApiKeysOfUser: async ({ server, principal, params }) =>
    (await listKeys(server.core, principal, { userId: numberId(params.id ?? "", "user") })).map(apiKeyResource),
  deleteApiKey: async ({ server, principal, params }) => {
    await revokeKey(server.core, principal, numberId(params.id ?? "", "API key"));
    return { message: `API key ${params.id} is revoked.` };
  },
} satisfies Partial<Handlers>;
