import { setPortalUrlShown, subscriptionOfLink } from "@qbitflow/core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Seeding, seedSubscription } from "../../../../../packages/core/src/subscription/subscription.testing.ts";
import { type TestServer, testServer } from "../../../test/server.ts";

const PATH = "/v1/transaction/subscription";
const UNKNOWN = "0197c89d-d0e9-7c9a-9886-fe7709919695";

let server: TestServer;
let uuid: string;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.ctx.clock.set("2026-03-01T12:00:00Z");
  uuid = (await seed()).uuid;
});

const seed = (seeding?: Seeding) => seedSubscription(server.ctx, server.merchant, seeding);
const metered = () =>
  seed({
    options: { kind: "payAsYouGo", freeCreditsMicros: "5000000" },
    priceMicros: 100_000n,
    start: { maxSpendingMicros: 10_000_000n },
  });
const get = async (url: string) => (await server.call("GET", url)).json();
const post = (url: string, body: unknown, key?: string) =>
  server.call("POST", url, { body, ...(key !== undefined && { headers: { "idempotency-key": key } }) });

describe.each([
  ["GET", UNKNOWN],
  ["GET", `history/${UNKNOWN}`],
  ["GET", `processing/force-cancel/${UNKNOWN}`],
  ["POST", `processing/force-cancel/${UNKNOWN}`],
  ["GET", `processing/execute-billing/${UNKNOWN}`],
  ["POST", `processing/execute-billing/${UNKNOWN}`],
  ["GET", `${UNKNOWN}/portal`],
  ["POST", `${UNKNOWN}/portal/revoke`],
] as const)("%s %s", (method, path) => {
  test.each([UNKNOWN, "nonsense"])("of %s is 404", async (of) => {
    const answer = await server.call(method, `${PATH}/${path.replace(UNKNOWN, of)}`);
    expect([answer.statusCode, answer.json().code]).toEqual([404, "not_found"]);
  });
});

test("a subscription is read in the words of the wire", async () => {
  expect(await get(`${PATH}/${uuid}`)).toEqual({
    uuid,
    from: expect.stringMatching(/^0x/),
    to: expect.stringMatching(/^0x/),
    productId: expect.any(Number),
    subscriptionHash: expect.stringMatching(/^0x/),
    currencyId: 9002,
    currency: expect.objectContaining({ symbol: "tUSDC", mainCurrencyId: 9001 }),
    test: true,
    customerUUID: expect.any(String),
    frequency: 2_592_000,
    allowance: 0,
    subscriptionStatus: "active",
    status: "active",
    stopped: false,
    lastBillingDate: "2026-03-01T12:00:00Z",
    nextBillingDate: "2026-04-01T12:00:00Z",
    createdAt: "2026-03-01T12:00:00Z",
    updatedAt: "2026-03-01T12:00:00Z",
    reference: "sub-1",
  });
  expect(await get(`${PATH}/${(await metered()).uuid.toUpperCase()}`)).toMatchObject({
    unitsCurrentPeriod: 0,
    maxSpendingPerPeriod: 10,
    freeCredits: 5,
  });
});

test("the list has both kinds, or one", async () => {
  const payg = (await metered()).uuid;
  const list = async (query: string) => {
    const { items } = await get(`/v1/transaction/subscriptions?${query}`);
    return (items as { uuid: string }[]).map((item) => item.uuid);
  };
  expect(await list("limit=2")).toEqual([payg, uuid]);
  expect(await list("limit=1&type=subscription")).toEqual([uuid]);
  expect(await list("limit=1&type=payAsYouGo")).toEqual([payg]);
  const wrong = await get("/v1/transaction/subscriptions?type=other");
  expect(wrong).toMatchObject({ status: 400, code: "validation_failed" });
});

test("what was paid is in its history, and among all payments", async () => {
  const history = await get(`${PATH}/history/${uuid}`);
  expect(history).toEqual([expect.objectContaining({ subscriptionUUID: uuid, amount: 25, name: "Plan" })]);
  const { items } = await get("/v1/transaction/payments/combined?limit=1");
  expect(items).toEqual([{ ...history[0], source: "subscription_history" }]);
});

test("units are added once for an Idempotency-Key, as 1.x clients send them", async () => {
  const path = `${PATH}/payg/increase-units-current-period`;
  const body = { subscriptionUUID: (await metered()).uuid, increaseByAmount: 100.5 };
  const first = (await post(path, body, "units-1")).json();
  expect(first).toMatchObject({ uuid: body.subscriptionUUID, currentUnits: 100.5, unitsCurrentPeriod: 100.5 });
  expect([first.capReached, typeof first.message]).toEqual([false, "string"]);
  expect((await post(path, body, "units-1")).json()).toEqual(first);
  expect((await post(path, body)).json()).toMatchObject({ currentUnits: 201, capReached: true });
  for (const increaseByAmount of [0, -1, "1", 1e30, undefined]) {
    expect((await post(path, { ...body, increaseByAmount })).json()).toMatchObject({ code: "validation_failed" });
  }
  expect((await post(path, { ...body, subscriptionUUID: uuid })).json().code).toBe("unprocessable");
  expect((await post(path, { ...body, subscriptionUUID: "nonsense" })).json().code).toBe("not_found");
});

test("usage events are taken 1000 at a time, and more than 256 kB of them", async () => {
  const subscriptionUUID = (await metered()).uuid;
  const events = Array.from({ length: 1_000 }, (_, index) => ({
    eventId: `${index}`.padStart(200, "x"),
    subscriptionUUID,
    units: 0.001,
    occurredAt: "2026-03-01T11:59:00Z",
    metadata: { call: `${index}` },
  }));
  const answer = { subscriptions: [{ subscriptionUUID, currentUnits: 1, capReached: false }] };
  expect((await post("/v1/usage/events", { events })).json()).toEqual({ ...answer, recorded: 1_000, repeated: 0 });
  expect((await post("/v1/usage/events", { events })).json()).toEqual({ ...answer, recorded: 0, repeated: 1_000 });
  const changed = { events: [{ ...events[0], units: 2 }] };
  expect((await post("/v1/usage/events", changed)).json()).toMatchObject({ status: 409, code: "usage_event_conflict" });
  expect((await post("/v1/usage/events", { events: [...events, {}] })).statusCode).toBe(400);
});

test("billing is executed when something is due", async () => {
  const path = `${PATH}/processing/execute-billing/${uuid}`;
  expect((await post(path, undefined)).json()).toMatchObject({ status: 409, code: "payment_not_due" });
  server.ctx.clock.set("2026-04-01T12:00:00Z");
  expect(await get(path)).toEqual({
    message: "The bill is being charged.",
    statusLink: `https://pay.test/v1/transaction/status?transactionUUID=${uuid}&transactionStatusType=executeSubscription`,
  });
});

test("a portal's link leads to its subscription until it is revoked; readers are told it where that is on", async () => {
  const { ctx, merchant } = server;
  const { portalUrl } = await get(`${PATH}/${uuid}/portal`);
  const tokenOf = (url: string) => url.replace("https://pay.test/manage/", "");
  expect((await subscriptionOfLink(ctx, tokenOf(portalUrl))).uuid).toBe(uuid);
  const tampered = `${tokenOf(portalUrl).slice(0, -1)}-`;
  await expect(subscriptionOfLink(ctx, tampered)).rejects.toMatchObject({ code: "portal_link_invalid" });
  const revoked = (await post(`${PATH}/${uuid}/portal/revoke`, undefined)).json();
  await expect(subscriptionOfLink(ctx, tokenOf(portalUrl))).rejects.toMatchObject({ code: "portal_link_invalid" });
  expect((await subscriptionOfLink(ctx, tokenOf(revoked.portalUrl))).uuid).toBe(uuid);
  const tenant = { organizationId: merchant.organization.id, test: true };
  await setPortalUrlShown(ctx, { ...tenant, on: true });
  expect((await get(`${PATH}/${uuid}`)).portalUrl).toBe(revoked.portalUrl);
  await setPortalUrlShown(ctx, { ...tenant, on: false });
});

test("how a charge and a cancellation stand can be asked", async () => {
  const status = (type: string, of = uuid) =>
    get(`/v1/transaction/status?transactionUUID=${of}&transactionStatusType=${type}`);
  expect(await status("executeSubscription")).toMatchObject({ type: "executeSubscription", status: "completed" });
  expect(await status("cancelSubscription")).toEqual({ type: "cancelSubscription", status: "created" });
  expect((await status("cancelPAYGSubscription")).code).toBe("not_found");
  expect((await status("executeSubscription", UNKNOWN)).code).toBe("not_found");
  await post(`${PATH}/processing/force-cancel/${uuid}`, undefined);
  expect(await status("cancelSubscription")).toEqual({ type: "cancelSubscription", status: "completed" });
});

test("cancelling at once is for good, by either method", async () => {
  const path = `${PATH}/processing/force-cancel/${uuid}`;
  expect(await get(path)).toEqual({ message: "The subscription is cancelled." });
  expect(await get(`${PATH}/${uuid}`)).toMatchObject({ status: "cancelled" });
  expect((await post(path, undefined)).json()).toMatchObject({ status: 409, code: "subscription_cancelled" });
});

test.each(["force-cancel", "execute-billing"])(
  "HEAD of %s changes nothing: it is no GET of an old client",
  async (what) => {
    const headers = { "x-api-key": server.merchant.key };
    const url = `${PATH}/processing/${what}/${uuid}`;
    const answer = await server.app.inject({ method: "HEAD", url, headers });
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, "GET, POST"]);
    expect(await get(`${PATH}/${uuid}`)).toMatchObject({ status: "active" });
  },
);
