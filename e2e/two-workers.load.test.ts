import { expect, test } from "vitest";
import { billWithTwoWorkers } from "./harness/two-workers.ts";

test("10 000 due bills, two workers, one killed in the middle: each charged exactly once, to the unit", async () => {
  const took = await billWithTwoWorkers({ bills: 10_000, killAt: 3_000, timeoutMs: 1_200_000, tell: console.log });
  expect(took.paidAtKill).toBeGreaterThanOrEqual(3_000);
  expect(took.paidAtKill).toBeLessThan(10_000);
  const numbers = Object.fromEntries(["done", "left", "perSecond"].map((name) => [name, expect.any(Number)]));
  const told = JSON.parse(took.progress[0] ?? "{}");
  expect(told).toMatchObject({ msg: "billing", ...numbers });
  // Those that began last become due a moment later.
  expect(told.total).toBeGreaterThan(9_000);
  expect(told.total).toBeLessThanOrEqual(10_000);
});
