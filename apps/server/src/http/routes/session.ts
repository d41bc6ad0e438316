import type { SessionCreate } from "@qbitflow/api";
import { createdResource, createSession, expireSession, getSession, sessionReadResource } from "@qbitflow/core";
import { creating } from "../idempotent.ts";
import { uuidId } from "../path-ids.ts";
import type { Handlers } from "../register-routes.ts";

/** Beside a productId an empty description is what an older client sends for none. */
function sessionInput(body: unknown): unknown {
  const { description, ...rest } = body as SessionCreate;
  return rest.productId !== undefined && description === "" ? rest : body;
}

export const sessionHandlers = {
  createSession: (call) =>
    creating(call, async (ctx) =>
      createdResource(ctx, await createSession(ctx, call.principal, sessionInput(call.body))),
    ),
  getSession: async ({ server, principal, params, query }) => {
    const closeToExpireError = query.closeToExpireError !== false;
    const session = await getSession(server.core, principal, {
      uuid: uuidId(params.uuid ?? "", "session"),
      closeToExpireError,
    });
    return sessionReadResource(server.core, session);
  },
  expireSession: async ({ server, principal, params }) => {
    await expireSession(server.core, principal, uuidId(params.uuid ?? "", "session"));
    return { message: "The session is expired." };
  },
} satisfies Partial<Handlers>;
