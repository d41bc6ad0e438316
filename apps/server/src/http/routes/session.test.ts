import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestServer, testServer } from "../../../test/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const custom = { productName: "Custom", description: "Made to order", price: 99.99 };
const path = "/v1/transaction/session-checkout";

async function create(body: object) {
  const answer = await server.call("POST", `${path}/`, { body });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json() as { uuid: string; link: string; expiresAt: number };
}

test("creating answers uuid, link and unix seconds; reading answers the session and how it stands", async () => {
  const successUrl = "https://shop.example/ok?u={{UUID}}";
  const created = await create({ ...custom, successUrl, webhookUrl: "https://shop.example/hook" });
  expect(Object.keys(created).sort()).toEqual(["expiresAt", "link", "uuid"]);
  expect(created.link).toBe(`https://pay.test/pay/${created.uuid}`);
  expect(created.expiresAt).toBe(Math.floor(server.ctx.clock.now().getTime() / 1000) + 86_400);

  const session = (await server.call("GET", `${path}/${created.uuid}`)).json();
  expect(session).toMatchObject({ uuid: created.uuid, ...custom, customerUUID: "", successUrl });
  expect(session.organizationName).toBe(server.merchant.organization.name);
  expect(session.status).toEqual({ type: "payment", status: "created" });
  for (const absent of ["productId", "cancelUrl", "options", "reference", "metadata", "webhookUrl"]) {
    expect(session).not.toHaveProperty(absent);
  }
  const token = session.availableCurrencies.find((currency: { mainCurrencyId?: number }) => currency.mainCurrencyId);
  expect(Object.keys(token.mainCurrency).sort()).toEqual(["address", "decimals", "id", "name", "symbol", "test"]);
});

test("the alias, both spellings of the customer and a 1.x body full of nulls work", async () => {
  const customer = { name: "Ada", lastName: "L", email: "ada@example.com" };
  const { uuid: customerUUID } = (await server.call("POST", "/v1/customer", { body: customer })).json();
  const aliased = await server.call("POST", `${path}/new/payment`, { body: { ...custom, customerUuid: customerUUID } });
  expect(aliased.statusCode).toBe(200);
  expect((await server.call("GET", `${path}/${aliased.json().uuid}`)).json().customerUUID).toBe(customerUUID);
  const python = await create({
    productId: Number(server.merchant.product.id),
    productName: null,
    description: "",
    price: null,
    successUrl: null,
    cancelUrl: "",
    webhookUrl: null,
    customerUUID: null,
    options: null,
  });
  expect((await server.call("GET", `${path}/${python.uuid}`)).json()).toMatchObject({
    productId: Number(server.merchant.product.id),
    price: 25,
  });
});

test("a custom product may have an empty description", async () => {
  const { uuid } = await create({ ...custom, description: "" });
  expect((await server.call("GET", `${path}/${uuid}`)).json().description).toBe("");
});

test("the same Idempotency-Key answers the same session once; another body with it is refused", async () => {
  const headers = { "idempotency-key": "order-1" };
  const first = await server.call("POST", path, { body: custom, headers });
  const replay = await server.call("POST", path, {
    body: { price: 99.99, description: "Made to order", productName: "Custom" },
    headers,
  });
  expect(replay.json()).toEqual(first.json());
  expect(replay.headers["idempotency-replayed"]).toBe("true");
  const other = await server.call("POST", path, { body: { ...custom, price: 1 }, headers });
  expect(other.json()).toMatchObject({ status: 409, code: "idempotency_key_reused" });
  const bad = await server.call("POST", path, { body: custom, headers: { "idempotency-key": "with space" } });
  expect(bad.json()).toMatchObject({ status: 400, code: "invalid_idempotency_key" });
  // What has no canonical form is refused by field, as without the header.
  for (const wrong of ["\u0000", "a\u0001", "\ud800"]) {
    const body = { ...custom, productName: wrong };
    const refused = await server.call("POST", path, { body, headers: { "idempotency-key": "order-2" } });
    expect(refused.json()).toMatchObject({ status: 400, errors: [{ field: "productName" }] });
  }
});

test.each([
  ["no product and no name", {}],
  ["product and custom product both", { productId: 1, ...custom }],
  ["price 0", { ...custom, price: 0 }],
  ["price 0.001", { ...custom, price: 0.001 }],
  ["price above a million", { ...custom, price: 1_000_001 }],
  ["a script as URL", { ...custom, successUrl: "javascript:alert(1)" }],
  ["a file as URL", { ...custom, webhookUrl: "file:///etc/passwd" }],
  ["a relative URL", { ...custom, cancelUrl: "//evil.example" }],
  ["expiry in 9 minutes", { ...custom, expiresInMinutes: 9 }],
  ["metadata that is no text", { ...custom, metadata: { a: 1 } }],
])("%s is refused with 400 and a field", async (_what, body) => {
  const refused = await server.call("POST", path, { body });
  expect(refused.json(), refused.body).toMatchObject({ status: 400, code: "validation_failed" });
  expect(refused.json().errors.length).toBeGreaterThan(0);
});

test("unknown products and customers are 404, subscriptions are not there yet", async () => {
  expect((await server.call("POST", path, { body: { productId: 999_999 } })).json().code).toBe("product_not_found");
  const customerUUID = "0197c89d-a1b2-7c3d-8e4f-5a6b7c8d9e0f";
  expect((await server.call("POST", path, { body: { ...custom, customerUUID } })).json().code).toBe(
    "customer_not_found",
  );
});

test("a subscription's options stand in the body or flat in it", async () => {
  const wrong = { subscriptionType: "subscription", frequency: { value: 0, unit: "months" } };
  const field = { field: "options.frequency", message: expect.any(String), error: expect.any(String) };
  for (const [url, body] of [
    [path, { ...custom, options: wrong }],
    [path, { ...custom, ...wrong }],
    [`${path}/new/subscription`, { ...custom, frequency: wrong.frequency }],
    [`${path}/new/subscription`, { ...custom, frequency: { value: "1", unit: "months" } }],
  ] as const) {
    const refused = (await server.call("POST", url, { body })).json();
    expect(refused).toMatchObject({ status: 400, code: "validation_failed", errors: [field] });
  }
  const options = { subscriptionType: "subscription", frequency: { value: 1, unit: "months" } };
  // The chain of these tests has no subscriptions contract.
  expect((await server.call("POST", path, { body: { ...custom, options } })).json()).toMatchObject({
    status: 422,
    code: "no_payable_currency",
  });
});

test("close to its end reading answers 410 unless told not to; afterwards the merchant still reads it", async () => {
  const { uuid } = await create({ ...custom, expiresInMinutes: 10 });
  server.ctx.clock.advance(6 * 60_000);
  const close = await server.call("GET", `${path}/${uuid}`);
  expect(close.json()).toMatchObject({ status: 410, code: "session_close_to_expire" });
  expect((await server.call("GET", `${path}/${uuid}?closeToExpireError=False`)).statusCode).toBe(200);
  server.ctx.clock.advance(5 * 60_000);
  const after = (await server.call("GET", `${path}/${uuid}?closeToExpireError=false`)).json();
  expect(after.status.status).toBe("expired");
});

test("the merchant ends a session; a second time there is nothing to end", async () => {
  const { uuid } = await create(custom);
  expect((await server.call("POST", `${path}/${uuid}/expire`)).json()).toEqual({ message: expect.any(String) });
  const again = await server.call("POST", `${path}/${uuid}/expire`);
  expect(again.json()).toMatchObject({ status: 410, code: "session_expired" });
});

test("another organization's key finds nothing", async () => {
  const { seedMerchant } = await import("@qbitflow/testkit");
  const stranger = await seedMerchant(server.ctx);
  const { uuid } = await create(custom);
  expect((await server.call("GET", `${path}/${uuid}`, { key: stranger.key })).json().code).toBe("not_found");
});

test("without a wallet there is no currency to pay in", async () => {
  const { addOwner, createOrganization, issueKey } = await import("@qbitflow/core");
  const organization = await createOrganization(server.ctx, { name: "No wallet" });
  const owner = { organizationId: organization.id, name: "A", lastName: "B", email: "nowallet@example.com" };
  const user = await addOwner(server.ctx, owner);
  const { key } = await issueKey(server.ctx, {
    organizationId: organization.id,
    userId: user.id,
    name: "k",
    test: true,
  });
  expect((await server.call("POST", path, { body: custom, key })).json()).toMatchObject({
    status: 422,
    code: "no_payable_currency",
  });
});
