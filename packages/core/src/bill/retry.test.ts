import { expect, it } from "vitest";
import { nextRetryAt, retryOursAt } from "./retry.ts";

const begun = new Date("2026-03-01T12:00:00Z");
const after = (hours: number) => new Date(begun.getTime() + hours * 3_600_000);

it("a customer's failure is retried after 1 h, 1 d, 3 d, 5 d and 7 d from the first, whatever came between", () => {
  expect([0, 0.5, 1, 24, 71, 72, 120, 167].map((hours) => nextRetryAt(begun, after(hours)))).toEqual(
    [1, 1, 24, 72, 72, 120, 168, 168].map(after),
  );
  expect(nextRetryAt(begun, after(168))).toBeNull();
});

it("what is ours is retried soon, ever less often, and at least every hour", () => {
  const seconds = (attempts: number) => (retryOursAt(attempts, begun).getTime() - begun.getTime()) / 1_000;
  expect([1, 2, 3, 4, 50, 5_000].map(seconds)).toEqual([30, 60, 120, 240, 3_600, 3_600]);
});
