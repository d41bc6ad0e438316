import { join } from "node:path";
import staticFiles from "@fastify/static";
import {
  type CheckoutAssets,
  checkoutAssets,
  checkoutCsp,
  exitPage,
  renderCheckoutHtml,
  renderNotFoundHtml,
  renderPortalHtml,
  renderPortalNotFoundHtml,
  renderUnavailableHtml,
} from "@qbitflow/checkout";
import { DomainError } from "@qbitflow/core";
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from "fastify";
import type { ServerContext } from "../server-context.ts";
import type { RateLimits } from "./authenticate.ts";
import { noteFailure } from "./error-answer.ts";
import { landingBody } from "./landing-page.ts";
import { pageHtml } from "./page-style.ts";
import { uuidId } from "./path-ids.ts";
import { callerOf } from "./rate-limit.ts";
import { browserToken, giveToken, pageState } from "./routes/checkout.ts";
import { stateOfLink } from "./routes/portal.ts";
import { newNonce, sendPage } from "./security-headers.ts";

/** The customer's pages `/pay/:uuid` and `/manage/:token`, their assets, the exit page `/exit`, the landing page `/`. */
export async function registerPages(
  app: FastifyInstance,
  { server, limits }: { server: ServerContext; limits: RateLimits },
): Promise<void> {
  const assets = checkoutAssets();
  await app.register(staticFiles, {
    root: join(assets.directory),
    prefix: assets.urlPrefix,
    // Every name carries its content's hash.
    immutable: true,
    maxAge: "365d",
    index: false,
    dotfiles: "deny",
    decorateReply: false,
    preCompressed: true,
  });
  const csp = (request: FastifyRequest) =>
    checkoutCsp({
      walletConnect: server.config.walletConnectProjectId !== undefined,
      host: request.host,
      styles: assets.styles,
    });

  const page: Pick<RouteOptions, "onRequest" | "errorHandler"> = {
    onRequest: async (request, reply) => {
      reply.header("content-security-policy", csp(request)).header("cache-control", "no-store");
      reply.type("text/html; charset=utf-8").header("referrer-policy", "no-referrer");
      limits.perAddress.take(callerOf(request.ip));
    },
    // A customer reads words on a page, never an API's answer.
    errorHandler: (error, request, reply) => {
      noteFailure(error, request, reply);
      reply.type("text/html; charset=utf-8").send(renderUnavailableHtml({ assets }));
    },
  };
  app.get<{ Params: { uuid: string } }>("/pay/:uuid", page, (request, reply) =>
    payPage(server, { request, reply, assets }),
  );
  app.get<{ Params: { token: string } }>("/manage/:token", page, (request, reply) =>
    portalPage(server, { token: request.params.token, reply, assets }),
  );
  const exit = exitPage();
  app.get("/exit", (_request, reply) =>
    reply
      .header("content-security-policy", exit.csp)
      .header("cache-control", "no-cache")
      .header("referrer-policy", "no-referrer")
      .type("text/html; charset=utf-8")
      .send(exit.html),
  );
  app.get("/", (request, reply) => {
    const nonce = newNonce();
    const body = landingBody({ local: server.local !== undefined, host: request.host });
    return sendPage(reply, pageHtml({ title: "QBitFlow", body, nonce }), { nonce });
  });
}

async function payPage(
  server: ServerContext,
  {
    request,
    reply,
    assets,
  }: { request: FastifyRequest<{ Params: { uuid: string } }>; reply: FastifyReply; assets: CheckoutAssets },
): Promise<string> {
  try {
    const uuid = uuidId(request.params.uuid, "session");
    const token = browserToken(request, uuid);
    const state = await pageState(server, uuid, token);
    if (token === undefined) giveToken(server, reply, state);
    // An expired link is told apart from one that never was, in words and for machines.
    if (state.status.status === "expired") reply.code(410);
    return renderCheckoutHtml({ state, assets });
  } catch (error) {
    if (!(error instanceof DomainError && error.kind === "not_found")) throw error;
    reply.code(404);
    return renderNotFoundHtml({ assets });
  }
}

async function portalPage(
  server: ServerContext,
  { token, reply, assets }: { token: string; reply: FastifyReply; assets: CheckoutAssets },
): Promise<string> {
  try {
    return renderPortalHtml({ state: await stateOfLink(server, token), assets });
  } catch (error) {
    if (!(error instanceof DomainError && error.kind === "not_found")) throw error;
    reply.code(404);
    return renderPortalNotFoundHtml({ assets });
  }
}
