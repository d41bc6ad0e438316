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
  [
    "POST /v1/transaction/session-checkout/",
    (client) =>
      client.subscriptions.createSession({
        productId: 1,
        frequency: { value: 1, unit: "months" },
        trialPeriod: { value: 7, unit: "days" },
        minPeriods: 3,
        webhookUrl: "https://shop.example/hook",
        customerUuid: "c1",
      }),
    {
      productId: 1,
      webhookUrl: "https://shop.example/hook",
      customerUUID: "c1",
      options: {
        subscriptionType: "subscription",
        frequency: { value: 1, unit: "months" },
        trialPeriod: { value: 7, unit: "days" },
        minPeriods: 3,
      },
    },
  ],
  [
    "POST /v1/transaction/session-checkout/",
    (client) =>
      client.payAsYouGo.createSession({ productId: 1, frequency: { value: 1, unit: "months" }, freeCredits: 100 }),
    {
      productId: 1,
      options: { subscriptionType: "payAsYouGo", frequency: { value: 1, unit: "months" }, freeCredits: 100 },
    },
  ],
  ["GET /v1/transaction/session-checkout/u1", (client) => client.subscriptions.getSession("u1")],
  ["GET /v1/transaction/subscription/u1", (client) => client.subscriptions.get("u1")],
  ["GET /v1/transaction/subscriptions", (client) => client.payAsYouGo.list()],
  ["GET /v1/transaction/subscription/history/u1", (client) => client.subscriptions.getPaymentHistory("u1")],
  ["GET /v1/transaction/subscription/u1/portal", (client) => client.subscriptions.getPortalLink("u1")],
  [
    "POST /v1/transaction/subscription/payg/increase-units-current-period",
    (client) => client.payAsYouGo.increaseUnitsCurrentPeriod("u1", 2.5),
    { subscriptionUUID: "u1", increaseByAmount: 2.5 },
  ],
  ["GET /v1/webhooks/deliveries", (client) => client.webhooks.deliveries("u1")],
  ["GET /v1/events", (client) => client.events.list()],
  ["GET /v1/clock", (client) => client.clock.get()],
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
  api.on("GET /v1/events", { body: { items: [], nextCursor: null } });
  await client.events.list({ type: "payment.late", uuid: "u1" });
  expect(api.seen.map(({ url }) => url)).toEqual([
    "/v1/transaction/session-checkout/u1",
    "/v1/transaction/session-checkout/u1?closeToExpireError=false",
    "/v1/transaction/status?transactionUUID=u1&transactionStatusType=subscription",
    "/v1/events?type=payment.late&uuid=u1",
  ]);
});

test.each([
  ["transaction/session-checkout/u1/expire", (client: QBitFlow) => client.oneTimePayments.expireSession("u1")],
  ["transaction/session-checkout/u1/expire", (client: QBitFlow) => client.subscriptions.expireSession("u1")],
  ["webhooks/deliveries/d1/replay", (client: QBitFlow) => client.webhooks.replay("d1")],
  ["transaction/subscription/processing/force-cancel/u1", (client: QBitFlow) => client.subscriptions.forceCancel("u1")],
  [
    "transaction/subscription/processing/execute-billing/u1",
    (client: QBitFlow) => client.subscriptions.executeTestBilling("u1"),
  ],
  ["transaction/subscription/u1/portal/revoke", (client: QBitFlow) => client.payAsYouGo.revokePortalLinks("u1")],
])("POST /v1/%s is not sent again by itself", async (path, call) => {
  const route = `POST /v1/${path}`;
  api.on(route, { status: 503, body: {} });
  await expect(call(new QBitFlow("sk_1_test_x", { baseUrl: api.url }))).rejects.toThrow();
  expect(api.count(route)).toBe(1);
});

test("usage goes in batches, and its answers are summed up", async () => {
  const at = { subscriptionUUID: "u1", currentUnits: 1, capReached: false };
  api.on(
    "POST /v1/usage/events",
    { status: 503, body: {} },
    { body: { recorded: 1000, repeated: 0, subscriptions: [at] } },
    { body: { recorded: 1, repeated: 1, subscriptions: [{ ...at, currentUnits: 2, capReached: true }] } },
  );
  const events = Array.from({ length: 1002 }, (_, index) => {
    return { eventId: `e${index}`, subscriptionUUID: "u1", units: 1, occurredAt: new Date(0) };
  });
  const client = new QBitFlow("sk_1_test_x", { baseUrl: api.url });
  expect(await client.payAsYouGo.recordUsage(events)).toEqual({
    recorded: 1001,
    repeated: 1,
    subscriptions: [{ subscriptionUUID: "u1", currentUnits: 2, capReached: true }],
  });
  expect(api.seen.map(({ body }) => (body as { events: unknown[] }).events.length)).toEqual([1000, 1000, 2]);
  for (const units of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    await expect(client.payAsYouGo.increaseUnitsCurrentPeriod("u1", units)).rejects.toThrow("above 0");
  }
});

test("the clock's advance returns when it is there", async () => {
  const clock = { now: "2026-01-01T00:00:00Z", offsetSeconds: 0, canMove: true };
  api.on("POST /v1/clock/advance", { body: { ...clock, moving: true } });
  api.on(
    "GET /v1/clock",
    { body: { ...clock, moving: true } },
    { body: { ...clock, offsetSeconds: 60, moving: false } },
  );
  const client = new QBitFlow("sk_1_test_x", { baseUrl: api.url });
  const there = await client.clock.advance({ value: 1, unit: "minutes" }, { pollIntervalMs: 10 });
  expect(there.offsetSeconds).toBe(60);
  expect(api.seen[0]?.body).toEqual({ value: 1, unit: "minutes" });
});
