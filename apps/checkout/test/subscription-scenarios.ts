import type { CheckoutState } from "@qbitflow/api";
import { longWord, paymentOf } from "./scenarios.ts";

/** Subscriptions in the states their page knows. */
export function subscriptionScenarios(known: Omit<CheckoutState, "uuid">): Record<string, Omit<CheckoutState, "uuid">> {
  const monthly = {
    ...known,
    productName: "Studio plan",
    description: "Unlimited projects, 200 GB of storage and five seats.",
    price: 29,
    status: { type: "createSubscription" as const, status: "created" as const },
    // Native coins know no allowance: the server leaves them out.
    currencies: known.currencies.filter(({ currency }) => currency.symbol !== "ETH"),
    subscription: {
      kind: "subscription" as const,
      frequency: { value: 1, unit: "months" as const },
      canAuthoriseLater: false,
    },
  };
  const { subscription } = monthly;
  const done = { type: "createSubscription" as const, status: "completed" as const, txHash: `0x${"7c".repeat(32)}` };
  return {
    monthly,
    monthlyFresh: { ...monthly, needsCustomer: true },
    minimum: { ...monthly, subscription: { ...subscription, minPeriods: 3 } },
    trial: {
      ...monthly,
      subscription: { ...subscription, trial: { value: 14, unit: "days" }, canAuthoriseLater: true },
    },
    yearly: {
      ...monthly,
      description: "",
      price: 1188,
      subscription: { ...subscription, frequency: { value: 1, unit: "years" } },
    },
    usage: {
      ...monthly,
      productName: "Speech API",
      description: "Per minute of recognised speech.",
      price: 0.024,
      status: { type: "createPAYGSubscription", status: "created" },
      subscription: { ...subscription, kind: "payAsYouGo", freeCredits: 10 },
    },
    failedTry: {
      ...monthly,
      subscription: {
        ...subscription,
        failure: {
          code: "insufficient_balance",
          message: "The wallet held too little for the first payment. Nothing was taken. Add funds, then try again.",
        },
      },
    },
    declined: {
      ...monthly,
      status: { type: done.type, status: "cancelled" },
      cancelUrl: "https://shop.example/plans",
    },
    differs: monthly,
    subscribing: { ...monthly, status: { ...done, status: "waitingConfirmation", message: "1 of 3 confirmations" } },
    subscribeExpired: {
      ...monthly,
      status: { type: done.type, status: "expired" },
      expiresAt: monthly.serverTime - 60,
    },
    subscribeLong: {
      ...monthly,
      organizationName: `${longWord} & Töchter`,
      productName: `كتاب ${longWord} 🎧`,
      price: 999_999.123456,
    },
    trialStarted: {
      ...monthly,
      status: { type: done.type, status: "completed" },
      subscription: {
        ...subscription,
        trial: { value: 14, unit: "days" },
        canAuthoriseLater: true,
        portalUrl: "/manage/trial",
      },
    },
    subscribed: {
      ...monthly,
      status: done,
      payments: [paymentOf({ amount: "29", confirmations: 3 })],
      subscription: { ...subscription, portalUrl: "/manage/active" },
      successUrl: "https://shop.example/thanks?uuid=1",
    },
  };
}
