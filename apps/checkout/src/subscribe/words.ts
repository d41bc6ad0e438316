import type { Duration } from "@qbitflow/api";
import { every, lasting } from "../mandate/words.ts";

export const subscribeWords = {
  title: (organization: string) => `Subscribe at ${organization}`,
  asks: { subscription: "offers you a subscription", payAsYouGo: "offers you pay-as-you-go" },
  per: (frequency: Duration) => `USD per ${every(frequency)}`,
  perUnit: (frequency: Duration) => `USD per unit, billed every ${every(frequency)}`,
  trial: (trial: Duration) => `First ${lasting(trial)} free`,
  credits: (amount: string) => `${amount} of free credits are used first`,
  minimum: (count: number, frequency: Duration) =>
    `Runs at least ${count === 1 ? `one ${every({ ...frequency, value: 1 })}` : `${count} payments`}`,
  renews: "Renews by itself until you cancel",
  poweredBy:
    "You pay straight from your wallet to the merchant. Nobody holds your money, and nobody can take more than you sign.",
  loading: "Loading the form…",
  skip: "Skip to the form",
  whenHeading: "When to authorise",
  whenNow: "Now",
  whenNowText: (date: string) => `The first payment comes by itself on ${date}. Nothing is taken before.`,
  whenLater: "Later",
  whenLaterText: "The trial starts without a wallet. To go on after it, authorise at the latest 7 days after it ends.",
  startLater: "Start the trial",
  starting: "Starting…",
  walletHeading: "Authorise",
  progress: {
    sent: {
      title: "Signed",
      text: "Now being sent to the network for you. You can close this page; it goes on without it.",
    },
    seen: { title: "Almost done", text: "The network has it. Now waiting until it is final. You can close this page." },
    steps: { sent: "Signed", seen: "On chain", final: "Final" },
  },
  receipt: {
    subscribed: "You are subscribed",
    trial: "Your trial has started",
    text: (organization: string) => `${organization} has been told. Thank you.`,
    trialAuthorised: "Nothing was taken. The first payment comes by itself when the trial ends.",
    trialOpen: "To go on after it, authorise on your subscription's page, at the latest 7 days after it ends.",
    usage: (frequency: Duration) => `Nothing was taken. You pay for what you use, every ${every(frequency)}.`,
    merchant: "Merchant",
    price: "Price",
    paid: "First payment",
    number: "Subscription number",
    copy: "Copy the link",
    portal: "Manage subscription",
    portalText:
      "Keep this link. It shows every bill, and lets you change the limit, pay from another wallet, or cancel.",
  },
  cancel: "Do not subscribe",
} as const;
