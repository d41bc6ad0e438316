/** Sentences of authorising: on the subscription's checkout and in the portal. */
import type { Duration } from "@qbitflow/api";

const one: Record<Duration["unit"], string> = {
  seconds: "second",
  minutes: "minute",
  hours: "hour",
  days: "day",
  weeks: "week",
  months: "month",
  years: "year",
};

/** `{1, months}` → `month`, `{3, months}` → `3 months`: to stand after "every". */
export function every({ value, unit }: Duration): string {
  return value === 1 ? one[unit] : `${value} ${unit}`;
}

/** `{1, days}` → `1 day`. */
export function lasting({ value, unit }: Duration): string {
  return `${value} ${value === 1 ? one[unit] : unit}`;
}

export const mandateWords = {
  periodsHeading: "How long",
  limitsHeading: "How much",
  periodsHint: "You can end it at any time. This only limits how much can be taken before you are asked again.",
  periods: (count: number | null, frequency: Duration) =>
    count === null ? "Until I cancel" : frequency.value === 1 ? `${count} ${frequency.unit}` : `${count} payments`,
  maximumLabel: (frequency: Duration) => `Most per ${every(frequency)}, in US dollars`,
  maximumHint: "A bill never takes more than this. What you use beyond it goes to the next bill.",
  maximumNeeded: "Enter an amount from 0.01 to 1,000,000 US dollars, like 50 or 49.90.",
  continue: "Continue",
  change: "Change",
  upTo: (amount: string, frequency: Duration) => `at most ${amount} per ${every(frequency)}`,
  loading: "Getting the amounts…",
  retry: "Try again",
  heading: "What you allow",
  cap: (frequency: Duration) => `Most per ${every(frequency)}`,
  capFixed: (percent: number) =>
    `The price and ${percent} % head-room: the price is in dollars, and the currency's worth moves. You are charged the price.`,
  capUsage: (percent: number) =>
    `Your limit and ${percent} % head-room: it is in dollars, and the currency's worth moves. You are charged for what you use.`,
  allowance: "Allowed in all",
  allowanceText: (periods: number | null, others: boolean) =>
    periods === null
      ? "Stays in your wallet until each payment. Until you cancel."
      : `For ${periods} payments${others ? " and what your other subscriptions still need" : ""}. It stays in your wallet until each payment.`,
  unlimited: (symbol: string) => `No total limit in ${symbol}`,
  first: "First payment",
  firstNow: "now",
  fee: "Sending fee",
  feeNone: "None",
  feeNoneText: "Sending is paid for you.",
  feeSome: (amount: string) => `At most ${amount}`,
  feeSomeText: "Per payment, for sending it. Part of the most per period.",
  ends: "Ending it",
  endsText:
    "At any time: on your subscription's page, or from your wallet straight on the chain, even without this site.",
  endsAfter: (periods: number) => `Here from ${periods} payments on; straight on the chain at any time.`,
  payTo: "Paid to",
  gasNone: "No network fee: you only sign.",
  gasApprove: (native: string, reset: boolean) =>
    reset
      ? `Two steps are transactions. Their network fee is paid in ${native}.`
      : `One step is a transaction. Its network fee is paid in ${native}.`,
  daiNote: (symbol: string, cap: string) =>
    `${symbol}'s own permission has no upper limit. What you sign above has one: no payment takes more than ${cap}.`,
  step: {
    mandate: "Sign what you allow (no fee)",
    permit: (amount: string) => `Sign the permission for ${amount} (no fee)`,
    permitUnlimited: (symbol: string) => `Sign the ${symbol} permission (no fee)`,
    approveUnlimited: (symbol: string) => `Allow ${symbol} without a total limit`,
    reset: (symbol: string) => `Set the old ${symbol} permission to zero`,
    approve: (amount: string) => `Allow ${amount}`,
    change: "Sign the change (no fee)",
    send: "It is sent for you",
  },
  button: "Authorise",
  buttonPay: (amount: string) => `Authorise and pay ${amount}`,
  failed: "The last try did not go through",
} as const;
