import { type Route, type RouteId, routes } from "@qbitflow/api";
import type { ListenerBells, Principal } from "@qbitflow/core";
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from "fastify";
import type { ServerContext } from "../server-context.ts";
import { principalOf, type RateLimits } from "./authenticate.ts";
import { dropNulls, emptyTextDropper } from "./json-body.ts";
import { queryReader } from "./query-types.ts";
import { callerOf } from "./rate-limit.ts";

/** What all handlers share. */
export interface RouteParts {
  readonly server: ServerContext;
  readonly limits: RateLimits;
  readonly listenerBells: ListenerBells;
}

/** What a handler gets; `principal` is there on every keyed route. */
export interface Call extends RouteParts {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly principal: Principal;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}
export type Handler = (call: Call) => unknown;
/** Every route of the table that is not a socket has exactly one handler. */
export type Handlers = Readonly<Record<Exclude<RouteId, "statusSocket" | "checkoutSocket" | "portalSocket">, Handler>>;

declare module "fastify" {
  interface FastifyRequest {
    principal: Principal | null;
  }
}

/** Registers the route table: authentication, limits, validation and serialisation follow from each line of it. */
export function registerRoutes(
  app: FastifyInstance,
  { handlers, ...parts }: RouteParts & { handlers: Handlers },
): void {
  app.decorateRequest("principal", null);
  for (const route of routes) {
    if (route.auth === "socket") continue;
    const handler = handlers[route.id as keyof Handlers];
    for (const url of [route.path, ...(route.aliases ?? [])]) {
      // A GET that 1.x clients change something with has no HEAD beside it: that one must be harmless.
      const exposeHeadRoute = !route.id.endsWith("ByGet");
      app.route({ ...optionsOf(route, parts), url, exposeHeadRoute, handler: callOf(parts, handler) });
    }
  }
}

function callOf(parts: RouteParts, handler: Handler) {
  return (request: FastifyRequest, reply: FastifyReply) =>
    handler({
      ...parts,
      request,
      reply,
      // Keyed routes authenticate before they get here; public ones do not look at it.
      principal: request.principal as Principal,
      params: request.params as Record<string, string>,
      query: request.query as Record<string, unknown>,
      body: request.body,
    });
}

function optionsOf(
  route: Route,
  { server, limits }: RouteParts,
): Pick<RouteOptions, "method" | "schema" | "bodyLimit" | "onRequest" | "preValidation"> {
  // A webhook's payload is checked as it is: only the fields around it are ours.
  const nullsDeep = route.id !== "verifyWebhook";
  const readQuery = route.query === undefined ? undefined : queryReader(route.query);
  const dropEmptyTexts = route.body === undefined ? undefined : emptyTextDropper(route.body);
  const isProbe = route.tag === "Operations";
  return {
    method: route.method,
    ...(route.maxBodyBytes !== undefined && { bodyLimit: route.maxBodyBytes }),
    onRequest: async (request) => {
      if (route.auth === "key") request.principal = await principalOf(server, limits, request);
      else if (!isProbe) limits.perAddress.take(callerOf(request.ip));
    },
    preValidation: (request, _reply, done) => {
      readQuery?.(request.query as Record<string, unknown>);
      if (route.body !== undefined) {
        request.body ??= {};
        dropNulls(request.body, nullsDeep);
        dropEmptyTexts?.(request.body);
      }
      done();
    },
    schema: {
      ...(route.body !== undefined && { body: route.body }),
      ...(route.query !== undefined && { querystring: route.query }),
      response: { 200: route.answer },
    },
  };
}
