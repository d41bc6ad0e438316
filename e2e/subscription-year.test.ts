// A year of a monthly subscription: a trial, twelve bills at month ends, one of them late. Minutes on the wall, in order.
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "./harness/server.ts";
import { subscriberOf } from "./harness/subscriber.ts";
import { type System, startSystem } from "./harness/system.ts";

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system?.stop());

test("a year with a trial, one failed bill and its recovery, billed on the dates that follow from its anchor", {
  timeout: 120_000,
}, async () => {
  const { client, server, receiver } = system;
  const to = (instant: string) => client.clock.advance({ to: instant });
  const customer = await subscriberOf(server.dev);
  // Far enough ahead of any day this runs on; the trial ends on 31 January.
  const year = new Date(Date.parse((await client.clock.get()).now)).getUTCFullYear() + 1;
  await to(`${year}-01-17T12:00:00Z`);
  const { uuid } = await client.subscriptions.createSession({
    ...{ productName: "Yearbook", description: "", price: 9.99, webhookUrl: receiver.url },
    frequency: { value: 1, unit: "months" },
    trialPeriod: { value: 14, unit: "days" },
    minPeriods: 3,
  });
  await customer.subscribe(uuid, { periods: null });
  const read = () => client.subscriptions.get(uuid);
  const trial = await read();
  expect(trial).toMatchObject({ status: "trial" });
  const anchor = trial.nextBillingDate;
  expect(anchor.slice(0, 10)).toBe(`${year}-01-31`);
  expect(trial.minimumCancellationDate).toBe(`${year}-04-30${anchor.slice(10)}`);
  const time = anchor.slice(10);

  await to(`${year}-06-15T00:00:00Z`);
  expect(await read()).toMatchObject({ status: "active", nextBillingDate: `${year}-06-30${time}` });
  expect(await customer.balance()).toBe(1_000_000_000n - 5n * 9_990_000n);
  // The money is gone for June's bill, and comes after a day and a half.
  await customer.spend("tUSDC");
  await to(`${year}-07-01T23:00:00Z`);
  expect(await read()).toMatchObject({ status: "past_due" });
  await customer.earn(1_000n);
  // Nothing is due before the end of July: that the money is there has its own minute all the same.
  await to(`${year + 1}-01-30T00:00:00Z`);
  expect(await read()).toMatchObject({ status: "active", nextBillingDate: `${year + 1}-01-31${time}` });

  const history = await client.subscriptions.getPaymentHistory(uuid);
  const billed = history.map(({ createdAt }) => createdAt.slice(5, 10)).reverse();
  expect(billed).toEqual([
    ...["01-31", "02-28", "03-31", "04-30", "05-31", "07-01", "07-31"],
    ...["08-31", "09-30", "10-31", "11-30", "12-31"],
  ]);
  expect(history.every(({ amount }) => amount === 9.99)).toBe(true);
  expect(await customer.balance()).toBe(1_000_000_000n - 7n * 9_990_000n);
  await until(
    "all is told",
    () => receiver.of(uuid).filter(({ body }) => body.status.status === "completed").length === 13,
  );
  const bills = receiver.of(uuid).filter(({ body }) => body.status.type === "executeSubscription");
  expect(bills.filter(({ body }) => body.status.status === "failed").length).toBeGreaterThanOrEqual(1);
  expect(system.became(uuid).filter((status) => status !== "low_on_funds")).toEqual(["active", "past_due", "active"]);
});
