import { afterEach, beforeEach, expect, test } from "vitest";
import { ScriptedApi } from "../../test/scripted-api.ts";
import { QBitFlow } from "../index.ts";

let api: ScriptedApi;
beforeEach(async () => {
  api = await new ScriptedApi().start();
});
afterEach(() => api.stop());

const person = { name: "Ada", lastName: "Byron", email: "ada@example.org" };
const user = { ...person, password: "a long password", role: "user" as const, organizationFeeBps: 100 };
const product = { name: "Tea", description: "Green", price: 24.99 };

const calls: [string, (client: QBitFlow) => PromiseLike<unknown>, unknown?][] = [
  ["POST /v1/product/", (client) => client.products.create(product), product],
  ["GET /v1/product/", (client) => client.products.getAll()],
  ["GET /v1/product/id/7", (client) => client.products.get(7)],
  ["GET /v1/product/reference/tea", (client) => client.products.getByReference("tea")],
  ["PUT /v1/product/7", (client) => client.products.update(7, { price: 20 }), { price: 20 }],
  ["DELETE /v1/product/7", (client) => client.products.delete(7)],
  ["POST /v1/customer/", (client) => client.customers.create(person), person],
  ["GET /v1/customer/all", (client) => client.customers.getAll()],
  ["GET /v1/customer/uuid/c1", (client) => client.customers.get("c1")],
  ["GET /v1/customer/email/ada%40example.org", (client) => client.customers.getByEmail("ada@example.org")],
  ["GET /v1/customer/reference/r1", (client) => client.customers.getByReference("r1")],
  ["PUT /v1/customer/c1", (client) => client.customers.update("c1", { name: "Al" }), { name: "Al" }],
  ["DELETE /v1/customer/uuid/c1", (client) => client.customers.delete("c1")],
  ["POST /v1/user/", (client) => client.users.create(user), user],
  ["GET /v1/user/", (client) => client.users.me()],
  ["GET /v1/user/all", (client) => client.users.getAll()],
  ["GET /v1/user/id/3", (client) => client.users.get(3)],
  ["PUT /v1/user/3", (client) => client.users.update(3, person), person],
  ["DELETE /v1/user/3", (client) => client.users.delete(3)],
  [
    "POST /v1/api-key/",
    (client) => client.apiKeys.create({ name: "ci", userId: 3, expiresAt: new Date(0), test: true }),
    { name: "ci", userId: 3, expiresAt: "1970-01-01T00:00:00.000Z", test: true },
  ],
  ["GET /v1/api-key/", (client) => client.apiKeys.getAll()],
  ["GET /v1/api-key/user/3", (client) => client.apiKeys.getByUser(3)],
  ["DELETE /v1/api-key/9", (client) => client.apiKeys.delete(9)],
  ["POST /v1/transaction/session-checkout/", (client) => client.oneTimePayments.createSession({ productId: 1 })],
  ["GET /v1/transaction/session-checkout/u1", (client) => client.oneTimePayments.getSession("u1")],
  ["GET /v1/transaction/payment/u1", (client) => client.oneTimePayments.get("u1")],
  ["GET /v1/transaction/payments", (client) => client.oneTimePayments.getAll()],
  ["GET /v1/transaction/payments/combined", (client) => client.oneTimePayments.getAllCombined()],
  ["GET /v1/transaction/status", (client) => client.transactionStatus.get("u1")],
];

test.each(calls)("%s", async (route, call, body) => {
  api.on(route, { body: { items: [], nextCursor: null } });
  await call(new QBitFlow("sk_1_test_x", { baseUrl: api.url, maxRetries: 0 }));
  const [request] = api.seen;
  if (body !== undefined) expect(request?.body).toEqual(body);
  const creates = request?.method === "POST";
  expect(request?.headers["idempotency-key"] !== undefined).toBe(creates);
});

test("queries are sent only where they were set", async () => {
  api.on("GET /v1/transaction/session-checkout/u1", { body: {} });
  api.on("GET /v1/transaction/status", { body: {} });
  const client = new QBitFlow({ apiKey: "sk_1_test_x", baseURL: api.url });
  await client.oneTimePayments.getSession("u1");
  await client.oneTimePayments.getSession("u1", { closeToExpireError: false });
  await client.transactionStatus.get("u1", "subscription");
  expect(api.seen.map(({ url }) => url)).toEqual([
    "/v1/transaction/session-checkout/u1",
    "/v1/transaction/session-checkout/u1?closeToExpireError=false",
    "/v1/transaction/status?transactionUUID=u1&transactionStatusType=subscription",
  ]);
});
