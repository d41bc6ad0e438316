import { createCustomer, createSession, expireSession } from "@qbitflow/core";
import { seedMerchant } from "@qbitflow/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestServer, testServer } from "../../../test/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const ada = { name: "Ada", lastName: "Lovelace", email: "ada@example.com" };

async function newSession(): Promise<string> {
  const body = { productId: Number(server.merchant.product.id), cancelUrl: "https://shop.example/cart?u={{UUID}}" };
  return (await createSession(server.ctx, server.merchant.principal, body)).uuid;
}
const open = (method: "GET" | "PUT" | "POST", path: string, options: { body?: unknown; cookie?: string } = {}) =>
  server.call(method, `/v1/checkout/${path}`, {
    key: null,
    ...(options.body !== undefined && { body: options.body }),
    ...(options.cookie !== undefined && { headers: { cookie: options.cookie } }),
  });

test("whoever has the link sees what is asked, and no customer", async () => {
  const uuid = await newSession();
  const state = (await open("GET", uuid)).json();
  expect(state).toMatchObject({
    uuid,
    mode: "test",
    price: 25,
    needsCustomer: true,
    status: { type: "payment", status: "created" },
  });
  expect(state.currencies.length).toBeGreaterThan(0);
  expect((await open("GET", "0197c89d-a1b2-7c3d-8e4f-5a6b7c8d9e0f")).json().code).toBe("not_found");
  expect((await open("GET", "nonsense")).json().code).toBe("not_found");
});

test("the browser that typed the customer gets a cookie no script can read, and it alone may look and cancel", async () => {
  const uuid = await newSession();
  const saved = await open("PUT", `${uuid}/customer`, { body: ada });
  expect(saved.statusCode, saved.body).toBe(200);
  const set = String(saved.headers["set-cookie"]);
  expect(set).toMatch(new RegExp(`^qbf_${uuid}=`));
  for (const attribute of ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"]) expect(set).toContain(attribute);
  const cookie = `other=1; ${set.split(";")[0]}`;

  expect((await open("GET", `${uuid}/customer`, { cookie })).json()).toEqual(ada);
  expect((await open("GET", uuid)).body).not.toContain("ada@example.com");
  expect((await open("GET", `${uuid}/customer`)).json()).toMatchObject({ status: 403, code: "not_session_owner" });
  expect((await open("PUT", `${uuid}/customer`, { body: ada })).json().code).toBe("not_session_owner");
  expect((await open("POST", `${uuid}/cancel`)).json().code).toBe("not_session_owner");

  const cancelled = (await open("POST", `${uuid}/cancel`, { cookie })).json();
  expect(cancelled).toMatchObject({
    status: { status: "cancelled" },
    cancelUrl: `https://shop.example/cart?u=${uuid}`,
  });
  expect((await open("PUT", `${uuid}/customer`, { body: ada, cookie })).json()).toMatchObject({
    status: 409,
    code: "session_final",
  });
});

test("a browser sends the cookie of a session to that session's pages alone, so that a shop's tablet never sends hundreds", async () => {
  const uuid = await newSession();
  for (const url of [`/pay/${uuid}`, `/v1/checkout/${uuid}`]) {
    const set = [(await server.call("GET", url, { key: null })).headers["set-cookie"]].flat();
    const paths = set.map((cookie) => /; Path=([^;]+);/.exec(String(cookie))?.[1]);
    expect(paths).toEqual([`/pay/${uuid}`, `/v1/checkout/${uuid}`]);
  }
});

test("a live session gets no quote while the configuration is not safe for live payments", async () => {
  await using unsafe = await testServer({ liveBlockers: ["prices are fixed"] });
  const { ctx } = unsafe;
  for (const [test, status] of [
    [true, 200],
    [false, 422],
  ] as const) {
    const merchant = await seedMerchant(ctx, { test });
    const customer = await createCustomer(ctx, merchant.principal, ada);
    const body = { productId: Number(merchant.product.id), customerUUID: customer.uuid };
    const { uuid } = await createSession(ctx, merchant.principal, body);
    const { currencies } = (await unsafe.call("GET", `/v1/checkout/${uuid}`, { key: null })).json();
    const quote = await unsafe.call("POST", `/v1/checkout/${uuid}/quote`, {
      key: null,
      body: { currencyId: currencies[0].currency.id },
    });
    expect(quote.statusCode, quote.body).toBe(status);
    if (!test) expect(quote.json().code).toBe("currency_unavailable");
    if (!test) expect(quote.body).not.toContain("prices are fixed");
  }
});

test("a browser whose first answer was lost is still the owner when it tries again", async () => {
  const uuid = await newSession();
  const page = await server.call("GET", `/pay/${uuid}`, { key: null });
  const cookie = String(page.headers["set-cookie"]).split(";")[0] ?? "";
  expect(cookie).toMatch(new RegExp(`^qbf_${uuid}=[\\w-]{40,400}$`));
  const customer = { ...ada, email: "lost@example.com" };
  for (const name of ["Ada", "Augusta"]) {
    expect((await open("PUT", `${uuid}/customer`, { body: { ...customer, name }, cookie })).statusCode).toBe(200);
  }
  expect((await open("GET", `${uuid}/customer`, { cookie })).json()).toMatchObject({ name: "Augusta" });
  const other = await newSession();
  const chosen = await open("PUT", `${other}/customer`, {
    body: { ...ada, email: "o@example.com" },
    cookie: `qbf_${other}=${cookie.split("=")[1]}`,
  });
  // A token made for another session is replaced.
  expect(String(chosen.headers["set-cookie"])).not.toContain(String(cookie.split("=")[1]));
  const stranger = await open("GET", uuid);
  expect(stranger.json().isOwner).toBe(false);
  expect(stranger.headers).not.toHaveProperty("set-cookie");
});

test("a quote needs a customer and a currency that is offered, and binds amount, merchant and deadline", async () => {
  const uuid = await newSession();
  const { currencies } = (await open("GET", uuid)).json();
  const { currency } = currencies[0];
  expect((await open("POST", `${uuid}/quote`, { body: { currencyId: currency.id } })).json()).toMatchObject({
    status: 422,
    code: "customer_needed",
  });
  await open("PUT", `${uuid}/customer`, { body: { ...ada, email: "quote@example.com" } });
  const quote = (await open("POST", `${uuid}/quote`, { body: { currencyId: currency.id } })).json();
  expect(quote).toMatchObject({
    currencyId: currency.id,
    amountUsd: 25,
    terms: { uuid, amount: expect.stringMatching(/^\d+$/) },
  });
  expect(quote.terms.deadline).toBeLessThanOrEqual(quote.expiresAt);
  expect((await open("POST", `${uuid}/quote`, { body: { currencyId: 999_999 } })).json()).toMatchObject({
    status: 422,
    code: "currency_unavailable",
  });
  expect((await open("POST", `${uuid}/quote`, { body: {} })).json().code).toBe("validation_failed");
});

test("a hint must look like a transaction and name an offered currency", async () => {
  const uuid = await newSession();
  const hash = `0x${"ab".repeat(32)}`;
  expect(
    (await open("POST", `${uuid}/transaction`, { body: { currencyId: 1, transactionHash: "0x12" } })).json().code,
  ).toBe("validation_failed");
  expect(
    (await open("POST", `${uuid}/transaction`, { body: { currencyId: 999_999, transactionHash: hash } })).json().code,
  ).toBe("currency_unavailable");
});

test("unknown fields of a customer are refused by name", async () => {
  const uuid = await newSession();
  const refused = (await open("PUT", `${uuid}/customer`, { body: { ...ada, admin: true } })).json();
  expect(refused.errors).toEqual([{ field: "admin", message: "is not a known field", error: "is not a known field" }]);
});

test("WalletConnect's project and hosts are on the page only where the operator configured one", async () => {
  const page = async (at: TestServer) => {
    const uuid = (await createSession(at.ctx, at.merchant.principal, { productId: Number(at.merchant.product.id) }))
      .uuid;
    const answer = await at.call("GET", `/pay/${uuid}`, { key: null });
    return `${answer.headers["content-security-policy"]} ${answer.body}`;
  };
  expect(await page(server)).not.toMatch(/walletconnect/i);
  await using configured = await testServer({ env: { WALLETCONNECT_PROJECT_ID: "0123456789abcdef" } });
  expect(await page(configured)).toMatch(
    /wss:\/\/relay\.walletconnect\.com.*"walletConnectProjectId":"0123456789abcdef"/s,
  );
});

test("the page says who asks, for what and how much, before any script runs", async () => {
  const uuid = await newSession();
  const page = await server.call("GET", `/pay/${uuid}`, { key: null });
  expect(page.statusCode).toBe(200);
  for (const text of [server.merchant.organization.name, "Tea", "$25.00"]) expect(page.body).toContain(text);
  const csp = String(page.headers["content-security-policy"]);
  expect(csp).toContain("default-src 'none'");
  expect(csp).not.toContain("unsafe");
  const asset = /\/assets\/checkout\/[\w.-]+\.js/.exec(page.body)?.[0] ?? "";
  const script = await server.call("GET", asset, { key: null });
  expect(script.statusCode).toBe(200);
  expect(script.headers["cache-control"]).toContain("immutable");
});

test("a link that leads nowhere and one that expired say so in words", async () => {
  for (const uuid of ["0197c89d-a1b2-7c3d-8e4f-5a6b7c8d9e0f", "nonsense"]) {
    const nowhere = await server.call("GET", `/pay/${uuid}`, { key: null });
    expect(nowhere.statusCode).toBe(404);
    expect(nowhere.headers["content-type"]).toContain("text/html");
  }
  const uuid = await newSession();
  await expireSession(server.ctx, server.merchant.principal, uuid);
  const expired = await server.call("GET", `/pay/${uuid}`, { key: null });
  expect(expired.statusCode).toBe(410);
  expect(expired.body).toContain("expired");
});

test("what is signed must be a quote of the session", async () => {
  const body = {
    currencyId: 9_002,
    gaslessHash: `0x${"1".repeat(64)}`,
    payer: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
    way: "authorization",
    signature: `0x${"2".repeat(130)}`,
  };
  const refused = (await open("POST", `${await newSession()}/relay`, { body })).json();
  expect(refused).toMatchObject({ status: 410, code: "quote_expired" });
});
