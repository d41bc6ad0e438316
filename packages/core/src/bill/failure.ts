interface FailureMeaning {
  /** The customer's to mend: begins the grace. Everything else is ours or the merchant's, and never ends a subscription. */
  readonly isCustomers: boolean;
  /** For people: what happened, and what to do. */
  readonly message: string;
}

/** Why a charge did not go through: a closed set, told in events, webhooks and the portal. */
export const billFailures = {
  insufficient_balance: { isCustomers: true, message: "The wallet holds too little of the token. Add funds." },
  insufficient_allowance: {
    isCustomers: true,
    message: "The allowance given to the subscriptions contract is too small. Raise it.",
  },
  cap_exceeded: {
    isCustomers: true,
    message: "The bill needs more tokens than the most the customer allowed for one period. Raise the maximum.",
  },
  mandate_cancelled: { isCustomers: true, message: "The authorisation was cancelled. Authorise again." },
  mandate_ended: { isCustomers: true, message: "The authorisation has ended. Authorise again." },
  token_refused: { isCustomers: true, message: "The token refused to move from the wallet." },
  payout_failed: {
    isCustomers: false,
    message: "The token could not be paid out to the merchant or a fee's recipient.",
  },
  not_due: { isCustomers: false, message: "The chain takes one charge per period, and this period's was not due yet." },
  already_charged: {
    isCustomers: false,
    message: "The chain has charged this period already, for an earlier bill that was late.",
  },
  period_over: { isCustomers: false, message: "The charge reached the chain after its period was over." },
  mandate_inactive: { isCustomers: false, message: "The authorisation is not on the chain yet." },
  terms_refused: { isCustomers: false, message: "The charge did not fit what the customer signed." },
  rate_unavailable: { isCustomers: false, message: "There is no price that can be trusted at the moment." },
  chain_unavailable: { isCustomers: false, message: "The network did not take the charge." },
  execution_fee_exceeded: {
    isCustomers: false,
    message: "Sending the charge costs more at the moment than the customer allowed for it.",
  },
} as const satisfies Record<string, FailureMeaning>;

export type BillFailure = keyof typeof billFailures;
