import type { Recorded } from "./recorded.ts";

interface Subscriptions {
  /** A session for `$plan`, a month each, 7 days of trial, at least 3 periods, for `$buyer`. */
  readonly createPlan: string;
  /** A session for `$plan` billed by usage, a month each, the first 100 USD free. */
  readonly createMetered: string;
  /** 2.5 units of `$metered`. */
  readonly increase: string;
  /** JavaScript reads a message, the others the subscription. */
  readonly increased: "message" | "payAsYouGo";
}

const statusOf = (uuid: string, type: string) =>
  `/transaction/status?transactionUUID=${uuid}&transactionStatusType=${type}`;
const session = "/transaction/session-checkout";
const path = "/transaction/subscription";

/**
 * What every client asks about subscriptions. `$fixed` was charged at least once, `$metered` is billed by usage, `$owing` has a
 * bill that waits for funds, and `$later` is a trial that nothing was authorised for.
 */
export const subscriptionCalls = ({ createPlan, createMetered, increase, increased }: Subscriptions): Recorded[] => [
  {
    does: "session for a subscription",
    method: "POST",
    path: `${session}/`,
    body: createPlan,
    answer: "created",
    keep: ["uuid", "plansession"],
  },
  {
    does: "that session",
    method: "GET",
    path: `${session}/$plansession?closeToExpireError=false`,
    answer: "subscriptionSession",
    expect: {
      customerUUID: "$buyer",
      options: { subscriptionType: "subscription", frequency: 2_592_000, trialPeriod: 604_800, minPeriods: 3 },
    },
  },
  {
    does: "its status",
    method: "GET",
    path: statusOf("$plansession", "createSubscription"),
    answer: "status",
    expect: { type: "createSubscription", status: "created" },
  },
  { does: "nobody has subscribed yet", method: "GET", path: `${path}/$plansession`, answer: "failure", status: 404 },
  {
    does: "session for pay-as-you-go",
    method: "POST",
    path: `${session}/`,
    body: createMetered,
    answer: "created",
    keep: ["uuid", "meteredsession"],
  },
  {
    does: "that session",
    method: "GET",
    path: `${session}/$meteredsession?closeToExpireError=false`,
    answer: "subscriptionSession",
    expect: { options: { subscriptionType: "payAsYouGo", frequency: 2_592_000, freeCredits: 100 } },
  },
  {
    does: "subscription",
    method: "GET",
    path: `${path}/$fixed`,
    answer: "subscription",
    expect: { uuid: "$fixed", status: "active", subscriptionStatus: "active", frequency: 2_592_000, stopped: false },
  },
  { does: "its bills", method: "GET", path: `${path}/history/$fixed`, answer: "history" },
  {
    does: "how it began",
    method: "GET",
    path: statusOf("$fixed", "createSubscription"),
    answer: "status",
    expect: { type: "createSubscription", status: "completed" },
  },
  {
    does: "how its newest bill stands",
    method: "GET",
    path: statusOf("$fixed", "executeSubscription"),
    answer: "status",
    expect: { type: "executeSubscription", status: "completed" },
  },
  {
    does: "nobody cancels it",
    method: "GET",
    path: statusOf("$fixed", "cancelSubscription"),
    answer: "status",
    expect: { type: "cancelSubscription", status: "created" },
  },
  {
    does: "nobody changed its maximum",
    method: "GET",
    path: statusOf("$fixed", "updateMaxAmount"),
    answer: "status",
    expect: { type: "updateMaxAmount", status: "created" },
  },
  {
    does: "nobody changed its allowance",
    method: "GET",
    path: statusOf("$fixed", "increaseAllowance"),
    answer: "status",
    expect: { type: "increaseAllowance", status: "created" },
  },
  {
    does: "nothing is due",
    method: "GET",
    path: `${path}/processing/execute-billing/$fixed`,
    answer: "failure",
    status: 409,
  },
  {
    does: "a bill that waits for funds is tried again",
    method: "GET",
    path: `${path}/processing/execute-billing/$owing`,
    answer: "billing",
  },
  {
    does: "what it owes",
    method: "GET",
    path: `${path}/$owing`,
    answer: "subscription",
    expect: { status: "past_due" },
  },
  {
    does: "pay-as-you-go",
    method: "GET",
    path: `${path}/$metered`,
    answer: "payAsYouGo",
    expect: { status: "active", maxSpendingPerPeriod: 50, freeCredits: 100 },
  },
  {
    does: "more units",
    method: "POST",
    path: `${path}/payg/increase-units-current-period`,
    body: increase,
    answer: increased,
  },
  { does: "its bills, of which there are none", method: "GET", path: `${path}/history/$metered`, answer: "noHistory" },
  {
    does: "how it began",
    method: "GET",
    path: statusOf("$metered", "createPAYGSubscription"),
    answer: "status",
    expect: { type: "createPAYGSubscription", status: "completed" },
  },
  { does: "payments of both kinds", method: "GET", path: "/transaction/payments/combined", answer: "combinedPayments" },
  { does: "a trial", method: "GET", path: `${path}/$later`, answer: "subscription", expect: { status: "trial" } },
  { does: "force-cancel", method: "GET", path: `${path}/processing/force-cancel/$later`, answer: "message" },
  {
    does: "what is over",
    method: "GET",
    path: `${path}/$later`,
    answer: "subscription",
    expect: { subscriptionStatus: "cancelled" },
  },
  {
    does: "how the cancellation stands",
    method: "GET",
    path: statusOf("$later", "cancelSubscription"),
    answer: "status",
    expect: { type: "cancelSubscription", status: "completed" },
  },
  {
    does: "force-cancel again",
    method: "GET",
    path: `${path}/processing/force-cancel/$later`,
    answer: "failure",
    status: 409,
  },
];
