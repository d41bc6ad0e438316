import type { Duration, PortalBill, PortalState, SubscriptionStatus, TransactionStatus } from "@qbitflow/api";
import { every } from "../mandate/words.ts";

type Tone = "good" | "warn" | "bad" | "plain";

const nothingMore = "Nothing more is charged.";

export const statusWords: Record<SubscriptionStatus, { name: string; tone: Tone; text: string; todo?: string }> = {
  trial: { name: "Trial", tone: "good", text: "Your trial is running.", todo: "Nothing has been charged." },
  trial_expired: {
    name: "Trial over",
    tone: "warn",
    text: "Your trial is over and nothing is authorised.",
    todo: "Authorise payments to go on.",
  },
  active: { name: "Active", tone: "good", text: "Everything is paid." },
  low_on_funds: {
    name: "Low on funds",
    tone: "warn",
    text: "All bills are paid, but the next one is not covered.",
    todo: "Add funds to the wallet, or raise the allowance.",
  },
  pending: {
    name: "Over your limit",
    tone: "warn",
    text: "This bill needs more than the most you allowed per period.",
    todo: "Nothing was taken. Raise the limit; the bill is then paid by itself.",
  },
  past_due: {
    name: "Payment failed",
    tone: "bad",
    text: "The last bill could not be charged.",
    todo: "Add funds or raise the allowance; it is tried again by itself.",
  },
  cancelled: { name: "Ended", tone: "plain", text: "This subscription is over.", todo: nothingMore },
};

interface Said {
  readonly text: string;
  readonly todo?: string;
}

const authoriseAgain = "Nothing was taken. Authorise payments anew; the bill is then paid by itself.";

/** What stands in a bill's way, said to whoever pays it; what is not the customer's fault is in the server's words. */
export const reasonWords: Readonly<Record<string, Said>> = {
  insufficient_balance: {
    text: "The wallet holds too little for this bill.",
    todo: "Nothing was taken. Add funds; the bill is then paid by itself.",
  },
  insufficient_allowance: {
    text: "What you allowed does not cover this bill.",
    todo: "Nothing was taken. Renew the allowance; the bill is then paid by itself.",
  },
  cap_exceeded: {
    text: "This bill needs more than the most you allowed per period.",
    todo: "Nothing was taken. Raise the limit; the bill is then paid by itself.",
  },
  mandate_cancelled: { text: "Your authorisation was cancelled.", todo: authoriseAgain },
  mandate_ended: { text: "Your authorisation has ended.", todo: authoriseAgain },
  token_refused: {
    text: "The token could not be moved from your wallet.",
    todo: "Nothing was taken. Pay from another wallet, or in another currency.",
  },
};

const lowWords: Readonly<Record<string, Said>> = {
  insufficient_balance: {
    text: "All bills are paid, but the wallet holds too little for the next one.",
    todo: "Add funds before it is due.",
  },
  insufficient_allowance: {
    text: "All bills are paid, but what you allowed does not cover the next one.",
    todo: "Renew the allowance before it is due.",
  },
};

const endWords: Readonly<Record<string, Said>> = {
  cancelled_by_merchant: { text: "The seller ended this subscription.", todo: nothingMore },
  grace_over: { text: "This subscription ended, as its last bill was not paid.", todo: nothingMore },
  trial_over: { text: "Your trial ended without an authorisation.", todo: "Nothing was charged." },
};

/** How it stands and what to do, to the customer. */
export function statusSaid({ status, reason = "", message }: PortalState): Said {
  const { text, todo } = statusWords[status];
  const usual = todo === undefined ? { text } : { text, todo };
  if (status === "low_on_funds") return lowWords[reason] ?? usual;
  if (status === "cancelled") return endWords[reason] ?? usual;
  if (status !== "pending" && status !== "past_due") return usual;
  return reasonWords[reason] ?? { ...usual, text: message ?? text };
}

export const billWords: Record<PortalBill["status"], string> = {
  open: "Open",
  charging: "Being charged",
  paid: "Paid",
  nothing_due: "Nothing due",
  forgiven: "Forgiven",
  void: "Void",
};

export const underWayWords: Partial<Record<TransactionStatus["type"], string>> = {
  createSubscription: "New authorisation",
  createPAYGSubscription: "New authorisation",
  cancelSubscription: "Ending the subscription",
  cancelPAYGSubscription: "Ending the subscription",
  executeSubscription: "Payment",
  increaseAllowance: "New allowance",
  updateMaxAmount: "New limit",
};

export const underWayStatus: Record<TransactionStatus["status"], string> = {
  created: "Waiting to be sent",
  pending: "Sent, waiting for a block",
  waitingConfirmation: "In a block, waiting until it is final",
  completed: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
  expired: "Not sent in time",
};

export const portalWords = {
  title: (product: string) => `Manage ${product}`,
  skip: "Skip to your subscription",
  yours: "your subscription at",
  loading: "Loading your subscription…",
  noScript: "Changing your subscription needs JavaScript. Turn it on for this page and load it again.",
  poweredBy: "Nobody can take more than you signed, and you can end it at any time.",
  notFound: {
    title: "This link does not work",
    text: "It may be cut off, or the seller gave out a new one. Open the newest link you were sent, or ask for another.",
  },
  status: "Status",
  ending: "Ending",
  stopped: (date: string) => `Stopped. It ends on ${date}.`,
  stoppedSoon: "Stopped. It ends with the running period.",
  endsBy: (date: string) => `Otherwise it ends on ${date}.`,
  trialEnds: (date: string) => `The trial ends on ${date}.`,
  next: "Next bill",
  waiting: "Bill that waits",
  nextNone: "None",
  nextUsage: "What you use until then",
  usage: "This period",
  units: (count: string) => `${count} units`,
  credits: (amount: string) => `${amount} of free credits left`,
  carried: (amount: string) => `${amount} carried over from earlier`,
  ofLimit: (amount: string, limit: string) => `${amount} of at most ${limit}`,
  paying: "How it is paid",
  authorise: "Authorise payments",
  currency: "Currency",
  wallet: "Wallet",
  cap: (frequency: Duration) => `Most per ${every(frequency)}`,
  allowance: "Still allowed in all",
  holds: (amount: string) => `holds ${amount}`,
  covers: (count: number | null) =>
    count === null
      ? "Covers all bills in sight."
      : count === 0
        ? "Does not cover the next bill."
        : `Covers ${count} more ${count === 1 ? "bill" : "bills"}.`,
  changeCap: "Change limit",
  topUp: "Renew allowance",
  /** Seen beside what it changes; heard with what it changes. */
  changeLinks: {
    wallet: { seen: "Change", heard: " wallet or currency" },
    cap: { seen: "Change", heard: " limit" },
    allowance: { seen: "Renew", heard: " allowance" },
  },
  underWay: "Under way",
  history: "Bills",
  noBills: "No bills yet.",
  allBills: (count: number) => `Show all ${count} bills`,
  tried: (date: string) => `Next try: ${date}.`,
  receipt: "Receipt",
  back: "Back",
  handedIn: {
    maximum: "Your new limit was handed in. It counts once the network has it.",
    allowance: "Your new allowance was handed in.",
    mandate: "Your authorisation was handed in. It counts once the network has it.",
  },
  end: {
    heading: "End this subscription",
    /** Where it ends already: what is left to do. */
    allowance: "What you still allow",
    cancel: "Cancel subscription",
    stop: "Stop after this period",
    notYet: (date: string) => `You agreed to a minimum. You can cancel here from ${date} on.`,
    cancelTitle: "Cancel this subscription?",
    stopTitle: "Stop this subscription?",
    cancelText: (date: string | undefined) =>
      date ? `It runs until ${date}. Nothing is charged after that.` : "It ends now. Nothing is charged any more.",
    stopText: "What you use until this period is over is billed one last time, up to your limit. Then it ends.",
    soFar: (amount: string) => `So far: ${amount} USD`,
    yes: "End it",
    no: "Keep it",
    working: "Working…",
    failed: "It could not be ended.",
    revoke: "Take allowance back",
    exit: "Exit page",
    exitText: "The same by your wallet alone, straight on the chain, even if this site is gone. Save it for later:",
  },
  maximumTask: {
    title: "Change your limit",
    text: "The new limit counts from the next bill on. A bill that waits for it is paid at once.",
    label: "Most per period, in US dollars",
    hint: "Head-room for price moves is added to it.",
    show: "Show what to sign",
    now: "Now",
    after: "Then",
    sign: "Sign the new limit",
  },
  allowanceTask: {
    title: "Renew your allowance",
    text: "How much may be taken in all before you are asked again. It stays in your wallet until each bill.",
    now: "Allowed now",
    after: "Allowed then",
    revokeTitle: "Take the allowance back",
    revokeText:
      "Nothing can be taken from this wallet for this token any more, not even for other subscriptions paid from it here. Open bills will fail.",
    sign: "Allow",
    revoke: "Take it back",
    nothing: "As much is allowed already. Nothing to sign.",
  },
  mandateTask: {
    title: "Authorise payments",
    text: "From this wallet, in this currency. An authorisation there was before ends once the new one counts.",
  },
  receiptTask: {
    title: "Receipt",
    period: "Period",
    fee: "Sending fee",
    bill: "Bill number",
    usd: "Amount",
    units: "Units",
  },
} as const;
