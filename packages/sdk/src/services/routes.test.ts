import { afterEach, beforeEach, expect, test } from "vitest";
import { ScriptedApi } from "../../test/scripted-api.ts";
import { QBitFlow } from "../index.ts";

let api: ScriptedApi;
beforeEach(async () => {
  api = await new ScriptedApi().start();
});
afterEach(() => api.stop());

// Which route each method asks for, and with what: e2e/sdk-drift.
test("dates, and the other spelling of a customer, are sent as the API has them", async () => {
  api.on("POST /v1/api-key/", { body: {} }).on("POST /v1/transaction/session-checkout/", { body: {} });
  const client = new QBitFlow("sk_1_test_x", { baseUrl: api.url });
  await client.apiKeys.create({ name: "ci", userId: 3, expiresAt: new Date(0), test: true });
  await client.subscriptions.createSession({
    productId: 1,
    frequency: { value: 1, unit: "months" },
    customerUuid: "c1",
  });
  expect(api.seen.map(({ body }) => body)).toEqual([
    { name: "ci", userId: 3, expiresAt: "1970-01-01T00:00:00.000Z", test: true },
    {
      ...{ productId: 1, customerUUID: "c1" },
      options: { subscriptionType: "subscription", frequency: { value: 1, unit: "months" } },
    },
  ]);
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

test("the clock's advance fails where it was stopped, with the reason", async () => {
  const clock = { now: "2026-01-01T00:00:00Z", offsetSeconds: 0, canMove: true };
  const stoppedBecause = "The local chain has not answered for 60 seconds.";
  api.on("POST /v1/clock/advance", { body: { ...clock, moving: true } });
  api.on("GET /v1/clock", { body: { ...clock, moving: false, stoppedBecause } });
  const client = new QBitFlow("sk_1_test_x", { baseUrl: api.url });
  const advance = client.clock.advance({ value: 1, unit: "minutes" }, { pollIntervalMs: 10 });
  await expect(advance).rejects.toMatchObject({ code: "clock_stopped", message: stoppedBecause });
});
