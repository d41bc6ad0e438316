import { routes } from "@qbitflow/api";
import { type SeededMerchant, seedMerchant, type TestContext, testContext } from "@qbitflow/testkit";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { type Config, readConfig } from "../src/config.ts";
import { buildApp } from "../src/http/app.ts";
import { createLogger } from "../src/logger.ts";
import type { ServerContext } from "../src/server-context.ts";

export interface TestServer extends AsyncDisposable {
  readonly app: FastifyInstance;
  readonly ctx: TestContext;
  readonly merchant: SeededMerchant;
  /** With the merchant's key, unless `key` says otherwise; null = none. */
  call(
    method: "GET" | "POST" | "PUT" | "DELETE" | "PATCH",
    url: string,
    options?: CallOptions,
  ): Promise<LightMyRequestResponse>;
  close(): Promise<void>;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly key?: string | null;
  readonly headers?: Record<string, string>;
  readonly from?: string;
}

export interface TestServerOptions {
  readonly env?: Record<string, string>;
  readonly liveBlockers?: readonly string[];
  /** On what there is already, which stays open; the merchant is its own. */
  readonly on?: { readonly ctx: TestContext; readonly merchant: SeededMerchant };
}

/** The whole HTTP side on a database in memory, with a merchant; the chains stand still, unless others are given. */
export async function testServer(options: TestServerOptions = {}): Promise<TestServer> {
  const ctx = options.on?.ctx ?? (await testContext());
  const merchant = options.on?.merchant ?? (await seedMerchant(ctx));
  const config: Config = readConfig({ LOG_LEVEL: "silent", ...options.env });
  const server: ServerContext = {
    core: ctx,
    wallClock: ctx.clock,
    config,
    log: createLogger("silent"),
    liveBlockers: options.liveBlockers ?? [],
    local: undefined,
    started: { value: true },
  };
  const app = await buildApp(server);
  const close = async () => {
    await app.close();
    if (options.on === undefined) await ctx.close();
  };
  return {
    app,
    ctx,
    merchant,
    close,
    [Symbol.asyncDispose]: close,
    call: (method, url, { body, key = merchant.key, headers = {}, from } = {}) =>
      app.inject({
        method,
        url,
        headers: { ...(key !== null && { "x-api-key": key }), ...headers },
        ...(from !== undefined && { remoteAddress: from }),
        ...(body !== undefined && { payload: typeof body === "string" ? body : JSON.stringify(body) }),
        ...(body !== undefined &&
          headers["content-type"] === undefined && {
            headers: { ...(key !== null && { "x-api-key": key }), "content-type": "application/json", ...headers },
          }),
      }),
  };
}

/** A route's line in the table. */
export function routeOf(id: string) {
  const route = routes.find((candidate) => candidate.id === id);
  if (route === undefined) throw new Error(`There is no route ${id}.`);
  return route;
}
