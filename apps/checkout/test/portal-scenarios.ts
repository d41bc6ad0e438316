/** Subscriptions in every state the portal knows. */
import type { PortalBill, PortalState } from "@qbitflow/api";
import type { DevChain } from "./dev-chain.ts";
import { contract, merchant } from "./dev-mandate.ts";
import { longWord } from "./scenarios.ts";

export const hash = `0x${"4b".repeat(32)}`;
const dayMs = 86_400_000;
const at = (days: number) => new Date(Date.now() + days * dayMs).toISOString();

function bill(index: number, change: Partial<PortalBill> = {}): PortalBill {
  return {
    uuid: `01997c89-d0e9-7c9a-9886-0000000000${10 + index}`,
    periodStartsAt: at(-30 * (index + 1)),
    periodEndsAt: at(-30 * index),
    status: "paid",
    amountUsd: 29,
    amount: "29",
    symbol: "tUSDC",
    rate: "1",
    paidAt: at(-30 * (index + 1)),
    transactionHash: `0x${String(index + 1).repeat(64)}`,
    explorerUrl: `https://explorer.example/tx/${index}`,
    ...change,
  };
}

/** Name → what differs from a subscription that runs well. */
export function portalScenarios(chain: DevChain, subscriber: string): Record<string, PortalState> {
  const entry = chain.currencies.find(({ currency }) => currency.symbol === "tUSDC");
  if (!entry) throw new Error("No tUSDC.");
  const plan = { merchant, token: entry.currency.address, kind: 0, periodUnit: 1, periodLength: 1 };
  const active: PortalState = {
    uuid: "01997c89-d0e9-7c9a-9886-fe7709919695",
    mode: "test",
    organizationName: "Nordlicht Audio",
    supportEmail: "help@nordlicht.example",
    productName: "Studio plan",
    description: "Unlimited projects.",
    kind: "subscription",
    price: 29,
    frequency: { value: 1, unit: "months" },
    status: "active",
    stopped: false,
    createdAt: at(-90),
    nextBillAt: at(12),
    nextBill: { amountUsd: 29, amount: "29", symbol: "tUSDC" },
    canCancel: true,
    endsAt: at(12),
    mandate: {
      mandateHash: hash,
      status: "active",
      network: entry.network,
      currency: entry.currency,
      contract,
      subscriber,
      merchant,
      cap: "30.45",
      capUsd: 30.45,
      allowance: "274.05",
      allowanceUsd: 274.05,
      balance: "99910",
      coveredPeriods: 9,
      terms: { uuid: "0x01997c89d0e97c9a9886fe7709919695", subscriber, plan },
    },
    underWay: [],
    currencies: chain.currencies.filter(({ currency }) => currency.symbol !== "ETH"),
    bills: [bill(0), bill(1), bill(2)],
    fixedPrices: true,
    serverTime: Math.floor(Date.now() / 1000),
  };
  const { mandate: _none, ...without } = active;
  const { nextBill: _noBill, nextBillAt: _never, ...over } = without;
  const { nextBill: _bill, nextBillAt: _at, ...ending } = active;
  const mandate = active.mandate as NonNullable<PortalState["mandate"]>;
  const failure = { code: "insufficient_balance", message: "The wallet held too little.", nextAttemptAt: at(1) };
  return {
    active,
    usage: {
      ...active,
      productName: "Speech API",
      kind: "payAsYouGo",
      price: 0.024,
      usage: { units: 1520.5, amountUsd: 26.49, freeCredits: 0, carriedUsd: 3.1, maxSpendingPerPeriod: 30 },
      bills: [bill(0, { units: 900, amountUsd: 21.6 }), bill(1, { status: "nothing_due", amountUsd: 0 })],
    },
    pending: {
      ...active,
      status: "pending",
      statusEndsAt: at(6),
      mandate: { ...mandate, coveredPeriods: 0 },
      bills: [bill(0, { status: "open" }), bill(1)],
    },
    pastDue: {
      ...active,
      status: "past_due",
      statusEndsAt: at(6),
      mandate: { ...mandate, coveredPeriods: 0, balance: "3" },
      bills: [bill(0, { status: "open", failure }), bill(1)],
    },
    minimum: { ...active, canCancel: false, minimumCancellationDate: at(75) },
    trialExpired: { ...without, status: "trial_expired", statusEndsAt: at(6), bills: [] },
    cancelled: { ...over, status: "cancelled", canCancel: false, stopped: true },
    trial: {
      ...active,
      status: "trial",
      trialEndsAt: at(12),
      statusEndsAt: at(12),
      bills: [],
    },
    lowOnFunds: {
      ...active,
      status: "low_on_funds",
      reason: "insufficient_balance",
      mandate: { ...mandate, coveredPeriods: 0, balance: "3.5" },
    },
    allowanceShort: {
      ...active,
      status: "past_due",
      reason: "insufficient_allowance",
      statusEndsAt: at(6),
      mandate: { ...mandate, coveredPeriods: 0, allowance: "12", allowanceUsd: 12 },
      bills: [bill(0, { status: "open", failure: { ...failure, code: "insufficient_allowance" } }), bill(1)],
    },
    stopped: { ...ending, stopped: true, canCancel: false },
    noBills: { ...active, bills: [] },
    credits: {
      ...active,
      productName: "Speech API",
      kind: "payAsYouGo",
      price: 0.024,
      nextBill: { amountUsd: 0 },
      usage: { units: 120, amountUsd: 0, freeCredits: 7.12, carriedUsd: 0, maxSpendingPerPeriod: 30 },
      bills: [],
    },
    manyBills: { ...active, bills: Array.from({ length: 36 }, (_, index) => bill(index)) },
    unlimited: {
      ...active,
      mandate: { ...mandate, allowance: String(2n ** 256n - 1n), allowanceUsd: 0, coveredPeriods: null },
    },
    onItsWay: {
      ...active,
      underWay: [
        { type: "updateMaxAmount", status: "waitingConfirmation", txHash: `0x${"9e".repeat(32)}` },
        { type: "increaseAllowance", status: "failed", message: "The signature was too old. Nothing changed." },
      ],
    },
    long: {
      ...active,
      organizationName: `${longWord} & Töchter`,
      productName: `\u202eكتاب ${longWord} 🎧`,
      price: 999_999.123456,
      mandate: {
        ...mandate,
        network: { ...mandate.network, name: longWord },
        cap: "1049999.123456789012345678",
        capUsd: 1_049_999.12,
        balance: "123456789012345.123456789012345678",
      },
      nextBill: { amountUsd: 999_999.12, amount: "999999.123456789012345678", symbol: "tUSDC" },
      bills: [bill(0, { amountUsd: 999_999.12, amount: "999999.123456789012345678" })],
    },
    lying: active,
  };
}
