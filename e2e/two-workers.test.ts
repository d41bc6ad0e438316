import { expect, test } from "vitest";
import { billWithTwoWorkers } from "./harness/two-workers.ts";

test("200 due bills, two workers, one killed in the middle: each charged once, and lost rows come back", {
  timeout: 240_000,
}, async () => {
  // Killed as soon as charges are on their way. What it held is taken over when its leases have run out.
  const took = await billWithTwoWorkers({ bills: 200, killAt: 0, timeoutMs: 120_000, tell: () => {} });
  expect(took.paidAtKill).toBeLessThan(200);
});
