import { expect, it } from "vitest";
import type { Bill } from "../bill/index.ts";
import type { Subscription } from "../subscription/index.ts";
import { authorisedDates } from "./mandate-dates.ts";

const at = (text: string) => new Date(text);
const unix = (text: string) => at(text).getTime() / 1_000;
const now = at("2026-04-10T12:00:00.500Z");
const head = { timestamp: unix("2026-04-10T11:59:58Z") };

const subscription = (change: Partial<Subscription>): Subscription =>
  ({
    kind: "subscription",
    frequency: { unit: "months", length: 1 },
    status: "active",
    anchorAt: at("2026-01-31T12:00:00Z"),
    nextPeriodIndex: 3,
    nextBillAt: at("2026-04-30T12:00:00Z"),
    ...change,
  }) as Subscription;
const waiting = {
  dueAt: at("2026-03-31T12:00:00Z"),
  periodStartsAt: at("2026-02-28T12:00:00Z"),
} as Bill;

it.each<[string, Partial<Subscription>, Bill | null, [string, string]]>([
  ["the next bill", {}, null, ["2026-04-30T12:00:00Z", "2026-04-30T12:00:00Z"]],
  ["the bill that waits", {}, waiting, ["2026-03-31T12:00:00Z", "2026-03-31T12:00:00Z"]],
  ["the bill of usage that waits", { kind: "payAsYouGo" }, waiting, ["2026-02-28T12:00:00Z", "2026-03-31T12:00:00Z"]],
  [
    "the end of the period that is used",
    { kind: "payAsYouGo" },
    null,
    ["2026-04-30T12:00:00Z", "2026-04-30T12:00:00Z"],
  ],
  [
    "the end of a trial that runs",
    { status: "trial", nextPeriodIndex: 0, nextBillAt: null, anchorAt: at("2026-04-20T00:00:00Z") },
    null,
    ["2026-04-20T00:00:00Z", "2026-04-20T00:00:00Z"],
  ],
  [
    "one period after a metered trial that runs",
    { status: "trial", kind: "payAsYouGo", nextPeriodIndex: 0, nextBillAt: null, anchorAt: at("2026-04-20T00:00:00Z") },
    null,
    ["2026-04-20T00:00:00Z", "2026-05-20T00:00:00Z"],
  ],
  [
    "now, by the chain's clock, after a trial that nobody authorised",
    { status: "trial_expired", nextPeriodIndex: 0, nextBillAt: null, anchorAt: at("2026-04-05T00:00:00Z") },
    null,
    ["2026-04-10T11:59:58Z", "2026-04-10T11:59:58Z"],
  ],
])("another mandate begins with %s", (_name, change, bill, [anchorAt, firstChargeAt]) => {
  expect(authorisedDates(subscription(change), { bill, now, head })).toEqual({
    anchorAt: unix(anchorAt),
    firstChargeAt: unix(firstChargeAt),
  });
});
