import websocket from "@fastify/websocket";
import { DomainError, ListenerBells } from "@qbitflow/core";
import Fastify, { type FastifyInstance, LogController } from "fastify";
import type { ServerContext } from "../server-context.ts";
import type { RateLimits } from "./authenticate.ts";
import { answerBrokenRequest } from "./broken-request.ts";
import { registerDevRoutes } from "./dev-routes.ts";
import { registerDocs } from "./docs.ts";
import { answerError } from "./error-answer.ts";
import { handlers } from "./handlers.ts";
import { acceptJsonBodies } from "./json-body.ts";
import { registerMetrics } from "./metrics.ts";
import { registerPages } from "./pages.ts";
import { createHubs } from "./progress.ts";
import type { ProgressHub } from "./progress-hub.ts";
import { RateLimit } from "./rate-limit.ts";
import { registerRoutes } from "./register-routes.ts";
import { requestId } from "./request-id.ts";
import { DATA_CSP, everywhere } from "./security-headers.ts";
import { chooseProtocol, registerSockets } from "./sockets.ts";

const BODY_LIMIT = 256 * 1024;
/** Signed payments of one payer and of one session: people sign a few. */
const RELAYS_PER_MINUTE = 10;
/** Offers and signatures of one subscription's portal: each asks the chain. */
const SIGNING_PER_MINUTE = 30;
/** Of a request: its line and headers, in bytes. Nothing in a path is longer, so no route has to say so. */
const MAX_HEAD = 16 * 1024;
/** How late it may be seen that a request is too slow. */
const TIMEOUT_CHECK_MS = 5_000;
const MAX_SOCKET_FRAME = 4 * 1024;

/** The HTTP side of the server, ready to listen or to be injected into. */
export async function buildApp(server: ServerContext): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: server.log,
    logController: new LogController({ disableRequestLogging: true }),
    // Log lines name the request themselves; a logger for each request costs more than the line.
    childLoggerFactory: (logger) => logger,
    genReqId: requestId,
    requestIdHeader: false,
    bodyLimit: BODY_LIMIT,
    trustProxy: server.config.trustProxy.length > 0 ? [...server.config.trustProxy] : false,
    forceCloseConnections: "idle",
    requestTimeout: 30_000,
    http: { maxHeaderSize: MAX_HEAD, connectionsCheckingInterval: TIMEOUT_CHECK_MS },
    clientErrorHandler: answerBrokenRequest,
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: MAX_HEAD },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: true } },
    frameworkErrors: (error, request, reply) => answerError(error, request, reply),
  }) as unknown as FastifyInstance;
  acceptJsonBodies(app);
  app.setErrorHandler(answerError);
  answerUnknownRoutes(app);
  app.addHook("onRequest", (request, reply, done) => {
    reply.headers(everywhere).header("x-request-id", request.id).header("content-security-policy", DATA_CSP);
    done();
  });
  logRequests(app);
  registerMetrics(app, server);

  const limits: RateLimits = {
    perKey: new RateLimit(server.config.rateLimitPerKey),
    perAddress: new RateLimit(server.config.rateLimitPerAddress),
    relayPerPayer: new RateLimit(RELAYS_PER_MINUTE),
    relayPerSession: new RateLimit(RELAYS_PER_MINUTE),
    signingPerSubscription: new RateLimit(SIGNING_PER_MINUTE),
  };
  const hubs = createHubs(server);
  await app.register(websocket, { options: { maxPayload: MAX_SOCKET_FRAME, handleProtocols: chooseProtocol } });
  const all = Object.values(hubs) as Pick<ProgressHub<unknown>, "start" | "stop">[];
  app.addHook("onReady", async () => void (await Promise.all(all.map((hub) => hub.start()))));
  app.addHook("onClose", async () => void (await Promise.all(all.map((hub) => hub.stop()))));
  const listenerBells = new ListenerBells();
  app.addHook("onReady", () => listenerBells.start(server.core.db));
  // Before connections are waited for: those that listen wait for a webhook.
  app.addHook("preClose", () => listenerBells.stop());
  registerRoutes(app, { server, limits, listenerBells, handlers });
  registerSockets(app, { server, limits, hubs });
  registerDocs(app, server);
  await registerPages(app, { server, limits });
  if (server.local !== undefined) registerDevRoutes(app, server, server.local);
  return app;
}

function answerUnknownRoutes(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?")[0] ?? "";
    const allowed = app.supportedMethods.filter((method) => app.findRoute({ method, url: path }) !== null);
    if (allowed.length > 0) {
      reply.header("allow", allowed.join(", "));
      answerError(
        new DomainError("not_found", "method_not_allowed", `This route takes ${allowed.join(", ")}.`),
        request,
        reply,
      );
      return;
    }
    answerError(new DomainError("not_found", "route_not_found", "There is no such route: see /docs."), request, reply);
  });
}

/** One line per request, without bodies, queries or keys; probes only when they fail. */
function logRequests(app: FastifyInstance): void {
  app.addHook("onResponse", (request, reply, done) => {
    const route = request.routeOptions.url ?? "unknown";
    const probe = route === "/healthz" || route === "/readyz" || route === "/metrics";
    if (!probe || reply.statusCode >= 500) {
      const { method, id: requestId } = request;
      const fields = { requestId, method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
      request.log.info(fields, "request");
    }
    done();
  });
}
