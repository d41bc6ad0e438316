import { type AddressInfo, connect, createServer } from "node:net";
import { errorCodes, routes } from "@qbitflow/api";
import { issueKey } from "@qbitflow/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestServer, testServer } from "../../test/server.ts";
import { answerBrokenRequest } from "./broken-request.ts";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const sessions = "/v1/transaction/session-checkout";
const custom = { productName: "Custom", description: "Made to order", price: 5 };

describe("keys", () => {
  test("none, an unknown one, a malformed one and one of the other mode are told apart only as far as it helps", async () => {
    expect((await server.call("GET", "/v1/product", { key: null })).json()).toMatchObject({
      status: 401,
      code: "key_missing",
    });
    const [, id, , secret] = server.merchant.key.split("_");
    for (const key of [
      "sk_1_test_x",
      "nonsense",
      `sk_${id}_live_${secret}`,
      `sk_99999_test_${secret}`,
      `${server.merchant.key}x`,
    ]) {
      expect((await server.call("GET", "/v1/product", { key })).json(), key).toMatchObject({
        status: 401,
        code: "key_invalid",
      });
    }
  });

  test("an expired key says so", async () => {
    const expiresAt = new Date(server.ctx.clock.now().getTime() + 1000);
    const { organization, user } = server.merchant;
    const { key } = await issueKey(server.ctx, {
      organizationId: organization.id,
      userId: user.id,
      name: "Short",
      test: true,
      expiresAt,
    });
    expect((await server.call("GET", "/v1/product", { key })).statusCode).toBe(200);
    server.ctx.clock.advance(2000);
    expect((await server.call("GET", "/v1/product", { key })).json()).toMatchObject({
      status: 401,
      code: "key_expired",
    });
  });

  test("live keys are refused, with the reasons, while the configuration is not safe", async () => {
    await using unsafe = await testServer({ liveBlockers: ["prices are fixed"] });
    const { organization, user } = unsafe.merchant;
    const { key } = await issueKey(unsafe.ctx, {
      organizationId: organization.id,
      userId: user.id,
      name: "Live",
      test: false,
    });
    const refused = (await unsafe.call("GET", "/v1/product", { key })).json();
    expect(refused).toMatchObject({
      status: 403,
      code: "live_not_ready",
      error: expect.stringContaining("prices are fixed"),
    });
    expect((await unsafe.call("GET", "/v1/product")).statusCode).toBe(200);
    expect((await unsafe.call("GET", "/readyz", { key: null })).json().live).toEqual({
      ready: false,
      reasons: ["prices are fixed"],
    });
  });
});

describe("bodies", () => {
  test.each([
    ["text that is no JSON", "{", "application/json", "invalid_json", 400],
    ["a __proto__ field", '{"__proto__": {"x": 1}}', "application/json", "invalid_json", 400],
    ["JSON 10 000 deep", "[".repeat(10_000), "application/json", "json_too_deep", 400],
    ["JSON 65 deep", `${'{"a":'.repeat(65)}1${"}".repeat(65)}`, "application/json", "json_too_deep", 400],
    ["more than 256 kB", `{"a":"${"x".repeat(300_000)}"}`, "application/json", "body_too_large", 413],
    ["a form", "a=1", "application/x-www-form-urlencoded", "unsupported_media_type", 415],
    ["an array", "[]", "application/json", "validation_failed", 400],
    ["null", "null", "application/json", "validation_failed", 400],
  ])("%s is refused", async (_what, body, type, code, status) => {
    const refused = await server.call("POST", sessions, { body, headers: { "content-type": type } });
    expect(refused.json()).toMatchObject({ code, status });
    expect(refused.statusCode).toBe(status);
    if (status === 400) expect(refused.json().errors.length).toBeGreaterThan(0);
  });

  test("10 MB are refused in words, to clients that send it all before they read, too", async () => {
    const url = await server.app.listen({ port: 0, host: "127.0.0.1" });
    const headers = { "x-api-key": server.merchant.key, "content-type": "application/json" };
    const whole = JSON.stringify({ ...custom, description: "x".repeat(10_000_000) });
    const inPieces = new Blob([whole]).stream();
    for (const body of [whole, inPieces]) {
      const refused = await fetch(`${url}${sessions}`, {
        method: "POST",
        headers,
        body,
        duplex: "half",
      } as RequestInit);
      expect(refused.status).toBe(413);
      expect(await refused.json()).toMatchObject({ code: "body_too_large" });
    }
  });

  test("bytes that are not UTF-8 are refused", async () => {
    const payload = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]);
    const headers = { "x-api-key": server.merchant.key, "content-type": "application/json" };
    const refused = await server.app.inject({ method: "POST", url: sessions, payload, headers });
    expect(refused.json()).toMatchObject({ code: "invalid_json" });
  });

  test("numbers are not read out of texts, nor texts out of numbers", async () => {
    for (const body of [{ ...custom, price: "5" }, { ...custom, productName: 5 }, { productId: "1" }]) {
      expect((await server.call("POST", sessions, { body })).json()).toMatchObject({ code: "validation_failed" });
    }
  });

  test("unknown fields are ignored", async () => {
    const answer = await server.call("POST", sessions, { body: { ...custom, toBeInvented: { a: 1 } } });
    expect(answer.statusCode).toBe(200);
  });
});

describe("requests that no route sees", () => {
  /** What comes back for bytes as they are. */
  const talk = (port: number, bytes: string) =>
    new Promise<string>((resolve, reject) => {
      let heard = "";
      const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
      socket.setEncoding("utf8").on("data", (text) => {
        heard += text;
      });
      socket.once("error", reject).once("close", () => resolve(heard));
    });
  const bodyOf = (answer: string) => JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")));

  test("what is no HTTP, contradicts itself or has a head of 20 kB is refused in the words of every error", async () => {
    await using listening = await testServer();
    const { port } = new URL(await listening.app.listen({ port: 0, host: "127.0.0.1" }));
    for (const [bytes, status, code] of [
      ["HELLO\r\n\r\n", 400, "validation_failed"],
      ["POST /v1/product HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}", 400, "validation_failed"],
      [`GET /v1/product HTTP/1.1\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, 431, "headers_too_large"],
    ] as const) {
      const answer = await talk(Number(port), bytes);
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(bodyOf(answer)).toMatchObject({ status, code, error: expect.any(String), requestId: expect.any(String) });
    }
  });

  test("one that comes too slowly is told so", async () => {
    const late = createServer((socket) =>
      answerBrokenRequest({ name: "", message: "", code: "ERR_HTTP_REQUEST_TIMEOUT" }, socket),
    );
    await new Promise<void>((resolve) => late.listen(0, "127.0.0.1", resolve));
    const answer = await talk((late.address() as AddressInfo).port, "POST /v1/product HTTP/1.1\r\n");
    late.close();
    expect(bodyOf(answer)).toMatchObject({ status: 408, code: "request_timeout" });
  });

  test("a path as long as a head may be is one that is not there", async () => {
    const long = "x".repeat(15_000);
    for (const path of [`product/reference/${long}`, `customer/email/${long}`, `portal/${long}`, `api-key/${long}`]) {
      const method = path.startsWith("api-key") ? "DELETE" : "GET";
      expect((await server.call(method, `/v1/${path}`)).json(), path.slice(0, 30)).toMatchObject({ status: 404 });
    }
  });
});

describe("answers", () => {
  test("carry the caller's request id where it is harmless, else a new one", async () => {
    const mine = await server.call("GET", "/v1/product", { headers: { "x-request-id": "order-1:a" } });
    expect(mine.headers["x-request-id"]).toBe("order-1:a");
    for (const bad of ["a b", "x".repeat(200), "<script>", ""]) {
      const answer = await server.call("GET", "/v1/nowhere", { headers: { "x-request-id": bad } });
      expect(answer.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
      expect(answer.json().requestId).toBe(answer.headers["x-request-id"]);
    }
  });

  test("may not be framed, sniffed or run", async () => {
    for (const url of ["/v1/product", "/v1/nowhere", "/healthz"]) {
      const { headers } = await server.call("GET", url);
      expect(headers["content-security-policy"]).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers).not.toHaveProperty("access-control-allow-origin");
    }
  });

  test("a route that is not there, and a method that is not taken, are JSON, too", async () => {
    expect((await server.call("GET", "/v1/transaction/refunds/all")).json()).toMatchObject({
      status: 404,
      code: "route_not_found",
    });
    const method = await server.call("PATCH", "/v1/product");
    expect(method.json()).toMatchObject({ status: 405, code: "method_not_allowed" });
    expect(method.headers.allow).toContain("POST");
    expect((await server.call("GET", "/v1//product/")).statusCode).toBe(200);
    expect((await server.app.inject({ method: "GET", url: "/v1/%ff" })).statusCode).toBe(400);
  });

  test("an error nobody expected says nothing of itself", async () => {
    await using broken = await testServer();
    await broken.ctx.db.query("alter table product rename to gone");
    const answer = await broken.call("GET", "/v1/product");
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toEqual({
      error: errorCodes.internal_error.sentence,
      code: "internal_error",
      status: 500,
      requestId: expect.any(String),
    });
  });
});

describe("limits", () => {
  test("a key that asks too often is told how long to wait; other keys are not held up", async () => {
    await using limited = await testServer({ env: { RATE_LIMIT_PER_KEY: "3" } });
    const statuses = [];
    for (let index = 0; index < 5; index++) statuses.push((await limited.call("GET", "/v1/product")).statusCode);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const refused = await limited.call("GET", "/v1/product");
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect(refused.json()).toMatchObject({ code: "rate_limited", status: 429 });
    const { organization, user } = limited.merchant;
    const { key } = await issueKey(limited.ctx, {
      organizationId: organization.id,
      userId: user.id,
      name: "Second",
      test: true,
    });
    expect((await limited.call("GET", "/v1/product", { key })).statusCode).toBe(200);
  });

  test("a customer whose address asks too often reads words on a page, not an API's answer", async () => {
    await using limited = await testServer({ env: { RATE_LIMIT_PER_ADDRESS: "1" } });
    const url = "/pay/01997c89-d0e9-7c9a-9886-fe7709919695";
    expect((await limited.app.inject({ url })).statusCode).toBe(404);
    const refused = await limited.app.inject({ url });
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect(refused.headers["content-type"]).toMatch(/^text\/html/);
    expect(refused.headers["content-security-policy"]).toContain("default-src 'none'");
    expect(refused.body).toContain("load this page again");
  });

  test("public routes and wrong keys are counted by address, and forwarded addresses are not believed", async () => {
    await using limited = await testServer({ env: { RATE_LIMIT_PER_ADDRESS: "2" } });
    const statuses = [];
    for (let index = 0; index < 4; index++) {
      const headers = { "x-forwarded-for": `10.0.0.${index}` };
      statuses.push((await limited.call("GET", "/v1/product", { key: "nonsense", headers })).statusCode);
    }
    expect(statuses).toEqual([401, 401, 429, 429]);
    const other = await limited.call("GET", "/v1/checkout/0197c89d-a1b2-7c3d-8e4f-5a6b7c8d9e0f", {
      key: null,
      from: "10.9.9.9",
    });
    expect(other.statusCode).toBe(404);
  });

  test("a network that has all of an IPv6 /64 is one caller, and an IPv4 address is itself in either spelling", async () => {
    await using limited = await testServer({ env: { RATE_LIMIT_PER_ADDRESS: "1" } });
    const ask = async (from: string) =>
      (await limited.call("GET", "/v1/product", { key: "nonsense", from })).statusCode;
    expect(await ask("2001:db8:1:2::1")).toBe(401);
    expect(await ask("2001:db8:1:2:ffff::9")).toBe(429);
    expect(await ask("2001:db8:1:3::1")).toBe(401);
    expect(await ask("::ffff:9.9.9.9")).toBe(401);
    expect(await ask("9.9.9.9")).toBe(429);
    expect(await ask("::ffff:9.9.9.8")).toBe(401);
  });

  test("a named proxy's word is believed", async () => {
    await using proxied = await testServer({ env: { RATE_LIMIT_PER_ADDRESS: "1", TRUST_PROXY: "10.1.0.0/16" } });
    const ask = (from: string, forwarded: string) =>
      proxied.call("GET", "/v1/product", { key: "nonsense", from, headers: { "x-forwarded-for": forwarded } });
    expect((await ask("10.1.2.3", "1.1.1.1")).statusCode).toBe(401);
    expect((await ask("10.1.2.3", "2.2.2.2")).statusCode).toBe(401);
    expect((await ask("10.1.2.3", "1.1.1.1")).statusCode).toBe(429);
    expect((await ask("9.9.9.9", "3.3.3.3")).statusCode).toBe(401);
    expect((await ask("9.9.9.9", "4.4.4.4")).statusCode).toBe(429);
  });
});

describe("documentation", () => {
  test("OpenAPI 3.1 has every route, with schemas and errors", async () => {
    const document = (await server.call("GET", "/v1/openapi.json", { key: null })).json();
    expect(document.openapi).toBe("3.1.0");
    for (const route of routes) {
      const operation = document.paths[route.path.replaceAll(/:(\w+)/g, "{$1}")][route.method.toLowerCase()];
      expect(operation.operationId).toBe(route.id);
      expect(Object.keys(operation.responses).length).toBeGreaterThan(2);
    }
  });

  test("the reference page shows every route and code, and runs nothing without its nonce", async () => {
    const page = await server.call("GET", "/docs", { key: null });
    for (const route of routes) expect(page.body).toContain(`id="${route.id}"`);
    for (const code of Object.keys(errorCodes)) expect(page.body).toContain(`<code>${code}</code>`);
    const csp = String(page.headers["content-security-policy"]);
    const nonce = /script-src 'self' 'nonce-([\w-]+)'/.exec(csp)?.[1];
    expect(page.body.match(/<script/g)).toHaveLength(1);
    expect(page.body).toContain(`<script nonce="${nonce}">`);
    expect(csp).not.toContain("unsafe");
  });

  test("the landing page offers no test payment on a server that is not local", async () => {
    const page = await server.call("GET", "/", { key: null });
    expect(page.body).toContain("/docs");
    expect(page.body).not.toContain("/dev/try");
    expect((await server.call("POST", "/dev/rpc", { body: {} })).statusCode).toBe(404);
  });
});

test("health and readiness need no key and tell no secret", async () => {
  expect((await server.call("GET", "/healthz", { key: null })).json()).toEqual({ status: "ok" });
  const ready = await server.call("GET", "/readyz", { key: null });
  // Nobody reads these chains.
  expect(ready.statusCode).toBe(503);
  expect(ready.json().parts.map(({ name }: { name: string }) => name)).toContain("database");
});
