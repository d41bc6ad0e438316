/** Every sentence of the page, in one place, to be reviewed and translated. */
import type { Problem, ProblemCode } from "./problem.ts";

export interface Said {
  readonly title: string;
  readonly text: string;
}

type Facts = Readonly<Record<string, string>>;

export const words = {
  page: {
    title: (organization: string) => `Pay ${organization}`,
    asks: "asks you to pay",
    payTo: "Pay to",
    price: "Price in US dollars",
    poweredBy: "You pay straight from your wallet to the merchant. Nobody holds your money in between.",
    testMode: "Test mode, no real money",
    fixedPrices: "made-up prices",
    loading: "Loading the payment form…",
    noScript: "Paying from a wallet needs JavaScript. Turn it on for this page and load it again.",
    skip: "Skip to payment",
    footerSession: "Payment",
    validUntil: (time: string) => `This link can be used until ${time}.`,
  },
  notFound: {
    title: "This payment link does not work",
    text: "It may be mistyped or no longer exist. Ask whoever sent it to you for a new one.",
  },
  unavailable: {
    title: "This page cannot be shown right now",
    text: "Nothing was paid and nothing is lost. Wait a moment, then load this page again.",
  },
  offline: {
    text: "No connection to the payment server. Your money is safe; nothing is sent while you are offline. Trying again…",
    retry: "Try now",
  },
  details: {
    heading: "Your details",
    why: (organization: string) => `${organization} gets these details with your payment.`,
    name: "First name",
    lastName: "Last name",
    email: "Email",
    save: "Continue",
    saving: "Saving…",
    change: "Change",
    saved: "Your details are saved.",
    given: "Entered in another browser. Only that browser can see or change them.",
    needName: "Enter your first name.",
    needLastName: "Enter your last name.",
    needEmail: "Enter your email, like name@example.com.",
    tooLong: (max: number) => `Use at most ${max} characters.`,
    failed: "Your details could not be saved.",
  },
  currency: {
    heading: "Pay with",
    change: "Change",
    stablecoin: "Stablecoin",
    unavailable: "Unavailable",
    noReason: "Not available at the moment.",
    none: "No currency can be used for this payment at the moment. Try again later.",
    testNetwork: "test network",
    on: (symbol: string, network: string) => `${symbol} on ${network}`,
  },
  quote: {
    amount: "You pay",
    rate: (symbol: string, rate: string) => `1 ${symbol} = ${rate}`,
    sources: (names: string) => (names === "fixed" ? "fixed for testing" : `from ${names}`),
    loading: "Getting the amount…",
    heldFor: "Amount held for",
    renewing: "Getting a new amount…",
    changed: (before: string, now: string) => `The amount was renewed: ${now} instead of ${before}.`,
    fee: (symbol: string) => `The network's own fee, paid in ${symbol}, comes on top. Your wallet shows it.`,
    parts: (amount: string, fee: string) => `${amount} + ${fee} network fee`,
    partsFree: (amount: string) => `${amount}, network fee included`,
    sentForYou: (symbol: string) => `You only sign; it is sent for you. You need no ${symbol}.`,
    sentByPermit2: (symbol: string) =>
      `It uses the permission for ${symbol} that this wallet gave Permit2 before, for this payment only.`,
    alone: "Pay the network fee yourself",
    sent: "Have it sent for you",
    sentFor: (fee: string) => `Have it sent for you, for ${fee}`,
    retry: "Try again",
  },
  wallet: {
    heading: "Pay from",
    choose: "Choose a wallet",
    connecting: (name: string) => `Open ${name} and confirm the connection.`,
    change: "Change",
    disconnect: "Disconnect",
    reload: "Look for wallets again",
    detected: "In this browser",
    walletConnect: "WalletConnect",
    walletConnectHint: "Scan with a wallet on your phone",
    scan: "Scan this code with your wallet, or open it on this device.",
    openApp: "Open wallet app",
    copyUri: "Copy the code",
    copied: "Copied",
    stop: "Stop",
    testHeading: "Built-in test wallets",
    testHint: "Only on this machine's own test network. No real money.",
    testRich: "Test wallet",
    testSecond: "Second test wallet",
    testEmpty: "Empty test wallet",
    testHoldsHint: "Holds test coins",
    testEmptyHint: "Holds nothing, to see what happens then",
    legacy: "Browser wallet",
    none: "No wallet was found in this browser.",
    help: "I have no wallet",
    helpText: [
      "A wallet is an app or a browser extension that holds your coins and signs for you. Install one from its maker's own site or your app store, put funds into it, then come back to this page.",
      "On a phone: open this page in the browser inside your wallet app.",
      "Nobody who wants to help you ever needs your recovery phrase. Do not type it anywhere.",
    ],
    copyLink: "Copy the link to this page",
    balance: "Balance:",
    wrongNetwork: (network: string) => `Your wallet is on another network. It will ask to switch to ${network}.`,
  },
  testWallet: {
    title: "Test wallet",
    note: "This is the built-in test wallet. No real money.",
    send: "asks to send a transaction",
    sign: "asks for a signature",
    confirm: "Confirm",
    refuse: "Refuse",
    to: "To",
    value: "Value",
  },
  pay: {
    button: (amount: string) => `Pay ${amount}`,
    again: "Try again",
    checking: "Checking…",
    stepsHeading: "What your wallet asks",
    stepOf: (step: number, of: number) => `Step ${step} of ${of}`,
    inWallet: "Confirm in your wallet.",
    waitingBlock: "Waiting for the network…",
    done: "done",
    now: "now",
    next: "next",
    step: {
      reset: (symbol: string) => `Set the old ${symbol} permission to zero`,
      approve: (amount: string) => `Allow exactly ${amount} to be taken`,
      permit: (amount: string) => `Sign the permission for ${amount} (no fee)`,
      daiPermit: (symbol: string) => `Sign the ${symbol} permission (no fee)`,
      batch: (amount: string) => `Allow and pay ${amount} in one confirmation`,
      pay: (amount: string) => `Pay ${amount}`,
      sign: (amount: string) => `Sign the payment of ${amount} (nothing to send)`,
      hand: "Hand it over to be sent",
    },
    daiNote: (symbol: string) =>
      `${symbol}'s own permission has no upper limit. The contract can only take what you confirm yourself.`,
    openWallet: "Look at your wallet: it waits for your answer. It may be behind another window.",
  },
  asked: {
    title: "Did you confirm in your wallet?",
    text: "Your wallet was asked to pay before this page was closed. If you confirmed, wait: the payment shows up here by itself. Pay again only if you did not confirm.",
    notConfirmed: "I did not confirm it",
  },
  duration: {
    seconds: (count: number) => `${count} seconds`,
    minute: "a minute",
    minutes: (count: number) => `${count} minutes`,
  },
  lastTry: "The last try did not go through",
  progress: {
    signed: "Payment signed",
    signedText: "Handing it over to be sent. Keep this page open for a moment, and do not pay again.",
    sent: "Payment sent",
    sentText:
      "Waiting for the network to take it into a block. You can close this page; the payment goes on without it.",
    seen: "Payment on its way",
    confirming: "Almost done",
    confirmingText:
      "The network has your payment. Now waiting until it is final. You can close this page; the payment goes on without it.",
    confirmations: (have: number, need: number) => `${have} of ${need} confirmations`,
    about: (duration: string) => `About ${duration} left`,
    steps: { sent: "Sent", seen: "In a block", final: "Final" },
    slow: "This takes longer than usual. The network may be busy. Do not pay again.",
    view: "View transaction",
    hash: "Transaction",
    gaveUp: "My wallet says it failed or was dropped",
    gaveUpTitle: "Pay again?",
    gaveUpText:
      "Only go on if your wallet shows this payment as failed, cancelled or dropped. If it is still pending, it can still arrive, and you would pay twice.",
    gaveUpYes: "It failed, pay again",
    gaveUpNo: "Keep waiting",
  },
  receipt: {
    title: "Payment complete",
    text: (organization: string) => `${organization} has been paid. Thank you.`,
    heading: "Receipt",
    product: "For",
    merchant: "Paid to",
    paid: "Amount paid",
    relayFee: "Network fee",
    priceUsd: "Price",
    rate: "Rate",
    network: "Network",
    from: "From wallet",
    to: "To wallet",
    transaction: "Transaction",
    time: "Time",
    session: "Payment number",
    print: "Print receipt",
    continue: (organization: string) => `Continue to ${organization}`,
    redirect: (seconds: number) => `Going on by itself in ${seconds} s.`,
    stay: "Stay here",
    close: "You can close this page.",
  },
  cancel: {
    button: "Cancel payment",
    title: "Cancel this payment?",
    text: "The link stops working. You need a new one to pay later.",
    yes: "Cancel payment",
    no: "Go back",
    working: "Cancelling…",
    failed: "The payment could not be cancelled.",
    done: "Payment cancelled",
    doneText: (organization: string) =>
      `Nothing was paid. Ask ${organization} for a new link if you want to pay after all.`,
    back: (organization: string) => `Back to ${organization}`,
  },
  /** In place of `cancel`, for a subscription. */
  decline: {
    title: "Leave without subscribing?",
    text: "The link stops working. You need a new one to subscribe later.",
    yes: "Do not subscribe",
    done: "Not subscribed",
    doneText: (organization: string) =>
      `Nothing was authorised and nothing was paid. Ask ${organization} for a new link if you want to subscribe after all.`,
  },
  expired: {
    title: "This payment link has expired",
    text: (organization: string) => `It can no longer be paid. Ask ${organization} for a new link.`,
  },
  offerExpired: {
    title: "This link has expired",
    text: (organization: string) => `Nothing was authorised. Ask ${organization} for a new link.`,
  },
  failed: {
    title: "The payment failed",
    text: (organization: string) => `Do not pay again before you have asked ${organization}.`,
  },
  ask: (email: string) => `Ask ${email}`,
  payments: {
    heading: {
      exact: "",
      under: "Too little arrived",
      over: "Too much arrived",
      wrong_token: "Another currency arrived",
      wrong_terms: "A payment does not match",
      duplicate: "You paid twice",
      late: "The payment came too late",
    },
    several: "Some payments do not match",
    match: {
      exact: "",
      under: "is less than what was asked for. It does not pay for this.",
      over: "is more than what was asked for. It does not pay for this.",
      wrong_token: "came in another currency than agreed. It does not pay for this.",
      wrong_terms: "does not carry the agreed terms. It does not pay for this.",
      duplicate: "came on top: the price was paid already.",
      late: "came after the time for it was over.",
    },
    arrived: (amount: string) => `A payment of ${amount}`,
    askRefund: (organization: string) => `Ask ${organization} to send it back`,
  },
} as const;

const problemTexts: Record<ProblemCode, (facts: Facts) => Said> = {
  rejected: () => ({ title: "You refused in your wallet", text: "Nothing was paid. Try again when you are ready." }),
  walletBusy: () => ({
    title: "Your wallet already waits for an answer",
    text: "Open your wallet and answer or close the request that is there, then try again.",
  }),
  walletLocked: () => ({ title: "Your wallet is locked", text: "Unlock it, choose an account, then try again." }),
  walletUnsupported: () => ({
    title: "This wallet cannot do that",
    text: "Choose another wallet, or another currency.",
  }),
  walletGone: () => ({
    title: "Your wallet is no longer connected",
    text: "Connect it again to go on. Nothing was paid.",
  }),
  walletFailed: (facts) => ({
    title: "Your wallet reported an error",
    text: `${facts.said ? `It says: “${facts.said}”. ` : ""}Nothing was confirmed as paid. Try again.`,
  }),
  wrongNetwork: (facts) => ({
    title: "Wrong network",
    text: `Switch your wallet to ${facts.network ?? "the payment's network"}, then try again.`,
  }),
  networkUnknown: (facts) => ({
    title: `Your wallet does not know ${facts.network ?? "this network"}`,
    text: `Add ${facts.network ?? "the network"} (chain id ${facts.chainId ?? "?"}) in your wallet's settings, then try again.`,
  }),
  tooLittle: (facts) => ({
    title: `Not enough ${facts.symbol ?? "funds"}`,
    text: `You need ${facts.need}, this wallet has ${facts.have}: ${facts.missing} is missing. Add funds, or choose another wallet or currency.`,
  }),
  tooLittleGas: (facts) => ({
    title: `Not enough ${facts.symbol ?? "coins"} for the network's fee`,
    text: `The fee is about ${facts.need}, this wallet has ${facts.have}: ${facts.missing} is missing. Add a little ${facts.symbol} on ${facts.network}.`,
  }),
  allowedTooLittle: () => ({
    title: "The permission is too small",
    text: "Less was allowed in the wallet than the payment needs. Try again and leave the amount as it is.",
  }),
  amountChanged: (facts) => ({
    title: "The amount has changed",
    text: `It is now ${facts.now} instead of ${facts.before}. Nothing was sent. Pay if you agree.`,
  }),
  quoteExpired: () => ({
    title: "The amount is no longer held",
    text: "Nothing was paid. Look at the new amount, then go on.",
  }),
  quoteFailed: (facts) => ({
    title: "The amount could not be found out",
    text: facts.said ?? "Try again, or choose another currency.",
  }),
  currencyUnavailable: (facts) => ({
    title: "This currency cannot be used right now",
    text: facts.said ?? "Choose another currency.",
  }),
  simulationFailed: (facts) => ({
    title: "This payment would fail",
    text: `A test run was refused${facts.said ? `: ${facts.said}` : ""}. Nothing was sent. Try again, or choose another currency.`,
  }),
  recipientRefused: () => ({
    title: "The payment cannot be made like this",
    text: "The merchant's wallet settings do not accept it. Nothing was sent. Tell the merchant.",
  }),
  reverted: () => ({
    title: "The transaction failed on the network",
    text: "No money reached the merchant; only the network's fee is gone. You can try again.",
  }),
  dropped: () => ({
    title: "The transaction did not arrive in time",
    text: "It can no longer be taken: the contract refuses it now. You can safely pay again.",
  }),
  cannotBeSent: (facts) => ({
    title: "Your wallet cannot sign it",
    text: `Nothing was paid. Without the fee for sending it is ${facts.amount}; your wallet sends it, and the network's fee is paid in ${facts.native}. Pay if you agree.`,
  }),
  permit2TooLittle: (facts) => ({
    title: `Permit2 may no longer take that much ${facts.symbol}`,
    text: `Nothing was paid. Without the fee for sending it is ${facts.amount}; your wallet sends it, and the network's fee is paid in ${facts.native}. Pay if you agree.`,
  }),
  tooLittleToBeSent: (facts) => ({
    title: `Not enough ${facts.symbol} for the network fee`,
    text: `With it you need ${facts.need}, this wallet has ${facts.have}. Sent from your wallet it is ${facts.amount}, and the network's fee is paid in ${facts.native}. Pay if you agree.`,
  }),
  relayRefused: (facts) => ({
    title: "It could not be sent for you",
    text: `${facts.said ?? ""} Nothing was paid. Sent from your wallet it is ${facts.amount}, and the network's fee is paid in ${facts.native}. Pay if you agree.`,
  }),
  otherTab: () => ({
    title: "A payment is going on in another tab",
    text: "Finish or close it there. This page follows along.",
  }),
  alreadyPaid: () => ({
    title: "A payment is already on its way",
    text: "Nothing more was sent. This page shows how it goes.",
  }),
  sessionClosed: () => ({ title: "This payment can no longer be made", text: "Nothing was sent." }),
  offline: () => ({
    title: "No connection to the payment server",
    text: "Check your internet connection, then try again. Nothing was sent.",
  }),
  tooMany: () => ({ title: "Too many tries", text: "Wait a minute, then try again." }),
  server: (facts) => ({ title: "That did not work", text: facts.said ?? "Try again in a moment." }),
  walletConnectFailed: () => ({
    title: "WalletConnect could not be reached",
    text: "Check your internet connection and try again, or use another wallet.",
  }),
  termsDiffer: (facts) => ({
    title: "What would be signed is not what is shown",
    text: `Nothing was signed. Do not go on here; tell the merchant: “${facts.what ?? "terms"}” differs.`,
  }),
  offerExpired: () => ({
    title: "These amounts are no longer held",
    text: "Nothing was paid. Look at the new ones, then go on.",
  }),
  otherWallet: (facts) => ({
    title: "This is another wallet",
    text: `Only the wallet that pays can do this: ${facts.address ?? ""}. Choose that account.`,
  }),
};

/** What to tell the customer: what happened, and what to do now. */
export function say(problem: Problem): Said {
  return problemTexts[problem.code](problem.facts ?? {});
}
