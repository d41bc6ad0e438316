// What is wrong in sessions, usage and billing requests is refused with a stable code and changes nothing.
import type { PayAsYouGo, Subscriptions } from "@qbitflow/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "./harness/server.ts";
import { subscriberOf } from "./harness/subscriber.ts";
import { type System, startSystem } from "./harness/system.ts";

let system: System;
let client: System["client"];

beforeAll(async () => {
  system = await startSystem({ CONFIRMATIONS_LOCAL: "1" });
  ({ client } = system);
});
afterAll(() => system?.stop());

/** As any client would: raw, so that nothing is checked before it is sent. */
async function post(path: string, body: string | object): Promise<{ status: number; code?: string; fields: string[] }> {
  const { apiUrl, testApiKey } = system.server.dev;
  const response = await fetch(`${apiUrl.replace(/\/v1$/, "")}/v1${path}`, {
    method: "POST",
    headers: { "x-api-key": testApiKey, "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const answer = (await response.json()) as { code?: string; errors?: { field?: string; path?: string }[] };
  const { code } = answer;
  const fields = (answer.errors ?? []).map(({ field, path: at }) => field ?? at ?? "");
  return { status: response.status, fields, ...(code !== undefined && { code }) };
}

const month = { value: 1, unit: "months" };
const session = (options: object) => ({
  ...{ productName: "Plan", description: "", price: 10 },
  options: { subscriptionType: "subscription", frequency: month, ...options },
});

describe("a session", () => {
  test.each<[string, object, string]>([
    ["frequency 0", { frequency: { value: 0, unit: "days" } }, "options.frequency"],
    ["a negative frequency", { frequency: { value: -1, unit: "days" } }, "options.frequency"],
    ["half a frequency", { frequency: { value: 0.5, unit: "days" } }, "options.frequency"],
    ["frequency 10^12", { frequency: { value: 10 ** 12, unit: "days" } }, "options.frequency"],
    ["less than a minute", { frequency: { value: 59, unit: "seconds" } }, "options.frequency"],
    ["an unknown unit", { frequency: { value: 1, unit: "fortnights" } }, "options.frequency"],
    ["no frequency", { frequency: undefined }, "options.frequency"],
    ["a trial of more than ten years", { trialPeriod: { value: 121, unit: "months" } }, "options.trialPeriod"],
    ["a trial of 0", { trialPeriod: { value: 0, unit: "days" } }, "options.trialPeriod"],
    ["minPeriods 0", { minPeriods: 0 }, "options.minPeriods"],
    ["minPeriods 10^9", { minPeriods: 10 ** 9 }, "options.minPeriods"],
    ["half a minPeriods", { minPeriods: 1.5 }, "options.minPeriods"],
    ["negative free credits", { subscriptionType: "payAsYouGo", freeCredits: -1 }, "options.freeCredits"],
    ["free credits as text", { subscriptionType: "payAsYouGo", freeCredits: "NaN" }, "options.freeCredits"],
    ["free credits of a fixed price", { freeCredits: 5 }, "options.freeCredits"],
    ["an unknown kind", { subscriptionType: "lease" }, "options.subscriptionType"],
  ])("with %s is refused", async (_what, options, field) => {
    expect(await post("/transaction/session-checkout", session(options))).toMatchObject({
      ...{ status: 400, code: "validation_failed" },
      fields: [field],
    });
  });

  test.each(["NaN", "Infinity", "1e999"])("with free credits %s is no JSON, or no number", async (text) => {
    const body = JSON.stringify(session({ subscriptionType: "payAsYouGo", freeCredits: 0.5 })).replace("0.5", text);
    const { status } = await post("/transaction/session-checkout", body);
    expect(status).toBe(400);
  });
});

describe("usage and billing", () => {
  const increase = "/transaction/subscription/payg/increase-units-current-period";
  let metered: string;
  let fixed: string;
  let cancelled: string;
  const foreign = "01997c89-d0e9-7c9a-9886-fe7709919695";
  const event = (more: object) => ({
    events: [{ eventId: "e", subscriptionUUID: metered, units: 1, occurredAt: "2026-01-01T00:00:00Z", ...more }],
  });

  beforeAll(async () => {
    const customer = await subscriberOf(system.server.dev);
    const subscribe = async (service: Subscriptions | PayAsYouGo, choice: object) => {
      const { uuid } = await service.createSession({
        ...{ productName: "Plan", description: "", price: 1 },
        frequency: { value: 1, unit: "months" },
      });
      await customer.subscribe(uuid, choice);
      return uuid;
    };
    metered = await subscribe(client.payAsYouGo, { maxSpendingPerPeriod: 20 });
    fixed = await subscribe(client.subscriptions, {});
    cancelled = await subscribe(client.payAsYouGo, { maxSpendingPerPeriod: 20 });
    await client.payAsYouGo.forceCancel(cancelled);
  });

  const units = ["0", "-1", "NaN", "1e30", "1e999", '"5"', "null", "0.0000001"];

  test.each(units)("units of %s are refused", async (text) => {
    // With its colon: a uuid may hold the digits, too.
    const body = JSON.stringify({ subscriptionUUID: metered, increaseByAmount: 77 }).replace(":77", `:${text}`);
    expect((await post(increase, body)).status).toBe(400);
    const events = JSON.stringify(event({ units: 77 })).replace(":77", `:${text}`);
    expect((await post("/usage/events", events)).status).toBe(400);
    expect(await client.payAsYouGo.get(metered)).toMatchObject({ unitsCurrentPeriod: 0 });
  });

  test.each<[string, () => string, number, string]>([
    ["a cancelled one", () => cancelled, 409, "subscription_cancelled"],
    ["somebody else's", () => foreign, 404, "not_found"],
    ["a fixed price", () => fixed, 422, "unprocessable"],
  ])("units of %s are refused", async (_what, uuid, status, code) => {
    const subscriptionUUID = uuid();
    expect(await post(increase, { subscriptionUUID, increaseByAmount: 1 })).toMatchObject({ status, code });
    expect(await post("/usage/events", event({ subscriptionUUID }))).toMatchObject({ status, code });
  });

  test("a known event with other content conflicts, in one batch or two, and nothing of it is counted", async () => {
    const first = event({ eventId: "same", units: 1 });
    expect((await post("/usage/events", first)).status).toBe(200);
    for (const batch of [
      event({ eventId: "same", units: 2 }),
      { events: [event({ eventId: "new" }).events[0], event({ eventId: "same", units: 2 }).events[0]] },
      { events: [event({ eventId: "twin" }).events[0], event({ eventId: "twin", units: 3 }).events[0]] },
    ]) {
      expect(await post("/usage/events", batch)).toMatchObject({ status: 409, code: "usage_event_conflict" });
    }
    expect(await client.payAsYouGo.get(metered)).toMatchObject({ unitsCurrentPeriod: 1 });
  });

  test("billing that is executed by many at once, when nothing or one thing is due, charges once", async () => {
    const path = `/transaction/subscription/processing/execute-billing/${fixed}`;
    expect(await post(path, {})).toMatchObject({ status: 409, code: "payment_not_due" });
    const { nextBillingDate } = await client.subscriptions.get(fixed);
    await client.clock.advance({ to: new Date(Date.parse(nextBillingDate) - 1_000) });
    await until("it is due", async () => (await post(path, {})).status === 200);
    const statuses = (await Promise.all(Array.from({ length: 12 }, () => post(path, {})))).map(({ status }) => status);
    expect(statuses.every((status) => status === 200 || status === 409)).toBe(true);
    await until("charged", async () => (await client.subscriptions.getPaymentHistory(fixed)).length === 2);
    await client.clock.advance({ value: 3, unit: "days" });
    expect(await client.subscriptions.getPaymentHistory(fixed)).toHaveLength(2);
  });
});
