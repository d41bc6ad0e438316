import type { UserCreate } from "@qbitflow/api";
import { createUser, getUser, listUsers, passwordDigest, removeUser, updateUser, userResource } from "@qbitflow/core";
import { creating } from "../idempotent.ts";
import { numberId } from "../path-ids.ts";
import type { Call, Handlers } from "../register-routes.ts";

/** The record of an Idempotency-Key has a fast hash of the request, from which a password could be guessed. */
async function withoutPassword({ request, body, principal }: Call): Promise<unknown> {
  const salt = `${principal.organizationId} ${request.headers["idempotency-key"]}`;
  const { password, ...rest } = body as UserCreate;
  return { ...rest, password: await passwordDigest(password, salt) };
}

export const userHandlers = {
  createUser: async (call) => {
    const isRepeatable = call.request.headers["idempotency-key"] !== undefined;
    const creation = isRepeatable ? { ...call, compared: await withoutPassword(call) } : call;
    return creating(creation, async (ctx) => userResource(await createUser(ctx, call.principal, call.body)));
  },
  getOwnUser: async ({ server, principal }) => userResource(await getUser(server.core, principal, principal.userId)),
  listUsers: async ({ server, principal }) => (await listUsers(server.core, principal)).map(userResource),
  getUser: async ({ server, principal, params }) =>
    userResource(await getUser(server.core, principal, numberId(params.id ?? "", "user"))),
  updateUser: async ({ server, principal, params, body }) =>
    userResource(await updateUser(server.core, principal, { id: numberId(params.id ?? "", "user"), change: body })),
  deleteUser: async ({ server, principal, params }) => {
    await removeUser(server.core, principal, numberId(params.id ?? "", "user"));
    return { message: `User ${params.id} is removed.` };
  },
} satisfies Partial<Handlers>;
