import type { SessionCreate } from "@qbitflow/api";
import {
  createdResource,
  createSession,
  expireSession,
  getSession,
  prepareSession,
  sessionReadResource,
} from "@qbitflow/core";
import { creating } from "../idempotent.ts";
import { uuidId } from "../path-ids.ts";
import type { Handlers } from "../register-routes.ts";

const OPTION_NAMES = ["subscriptionType", "frequency", "trialPeriod", "freeCredits", "minPeriods"];

/** Some 1.x clients send the options flat in the body. */
function withOptions(body: unknown, url: string): unknown {
  const given = body as Record<string, unknown>;
  const flat = OPTION_NAMES.filter((name) => given[name] !== undefined);
  const isSubscription = url.endsWith("/new/subscription");
  if (given.options !== undefined || (flat.length === 0 && !isSubscription)) return body;
  const options = Object.fromEntries(flat.map((name) => [name, given[name]]));
  const rest = Object.entries(given).filter(([name]) => !OPTION_NAMES.includes(name));
  return { ...Object.fromEntries(rest), options: { subscriptionType: "subscription", ...options } };
}

/** Beside a productId an empty description is what an older client sends for none. */
function sessionInput(body: unknown): unknown {
  const { description, ...rest } = body as SessionCreate;
  return rest.productId !== undefined && description === "" ? rest : body;
}

export const sessionHandlers = {
  createSession: async (call) => {
    const input = sessionInput(withOptions(call.body, call.request.routeOptions.url ?? ""));
    await prepareSession(call.server.core, call.principal, input);
    return creating(call, async (ctx) => createdResource(ctx, await createSession(ctx, call.principal, input)));
  },
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
