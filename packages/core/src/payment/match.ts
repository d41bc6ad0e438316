import type { TransactionStatusName } from "@qbitflow/api";
import type { Transfer } from "@qbitflow/chains";
import { splitFees } from "@qbitflow/money";

export type PaymentMatch = "exact" | "under" | "over" | "wrong_token" | "wrong_terms" | "duplicate" | "late";

/** A promise made to a payer, as far as matching needs it. All quotes given are of the transfer's own network. */
export interface MatchQuote {
  readonly id: bigint;
  readonly currencyId: number;
  readonly termsHash: string;
  readonly merchant: string;
  readonly token: string;
  readonly amountBase: bigint;
  readonly feeBps: number;
  readonly organizationFeeBps: number;
}

export interface MatchInput {
  readonly transfer: Pick<
    Transfer,
    "termsHash" | "merchant" | "token" | "amountBase" | "feeBase" | "organizationFeeBase" | "merchantReceivedBase"
  >;
  /** The session's quotes on the transfer's network, newest last. */
  readonly quotes: readonly MatchQuote[];
  readonly status: TransactionStatusName;
  readonly expiresAt: Date;
  /** When the block says it was mined. */
  readonly minedAt: Date;
  /** A transfer already pays the session. */
  readonly paid: boolean;
}

export interface Match {
  readonly match: PaymentMatch;
  /** The quote whose very terms were paid. */
  readonly quoteId: bigint | null;
  /**
   * How far off, in the currency's base units: what the merchant got minus what he should have for exact terms that
   * brought too little, all of it for a duplicate, paid minus quoted otherwise. Null where the currencies differ.
   */
  readonly differenceBase: bigint | null;
  /** True for the one transfer that moves the session. */
  readonly paysSession: boolean;
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/**
 * Compares a transfer that bears a session's uuid with what was promised. Only exact terms that brought the merchant
 * his share pay; the contract enforced the deadline, so a payment our clock calls late still pays, as `late`. Pure.
 */
export function matchTransfer(input: MatchInput): Match {
  const { transfer, quotes } = input;
  const quote = quotes.find((candidate) => same(candidate.termsHash, transfer.termsHash));
  if (!quote) return matchForeignTerms(transfer, quotes);
  const { merchantBase } = splitFees(quote);
  const quoteId = quote.id;
  if (transfer.merchantReceivedBase < merchantBase) {
    const differenceBase = transfer.merchantReceivedBase - merchantBase;
    return { match: "under", quoteId, differenceBase, paysSession: false };
  }
  if (input.paid) return { match: "duplicate", quoteId, differenceBase: transfer.amountBase, paysSession: false };
  return { match: isLate(input) ? "late" : "exact", quoteId, differenceBase: 0n, paysSession: true };
}

/** True when our clock had closed the session before this payment counted. */
export function isLate(input: Pick<MatchInput, "status" | "expiresAt" | "minedAt">): boolean {
  const closed = input.status === "expired" || input.status === "cancelled";
  return closed || input.minedAt.getTime() > input.expiresAt.getTime();
}

/** Terms that we never promised: says how they differ, and never pays. */
function matchForeignTerms(transfer: MatchInput["transfer"], quotes: readonly MatchQuote[]): Match {
  const inToken = quotes.filter((quote) => same(quote.token, transfer.token));
  const nearest = inToken.findLast((quote) => same(quote.merchant, transfer.merchant)) ?? inToken.at(-1);
  if (!nearest) return { match: "wrong_token", quoteId: null, differenceBase: null, paysSession: false };
  const differenceBase = transfer.amountBase - nearest.amountBase;
  const honest = same(nearest.merchant, transfer.merchant) && keepsFees(transfer, nearest);
  let match: PaymentMatch = "wrong_terms";
  if (honest && differenceBase < 0n) match = "under";
  if (honest && differenceBase > 0n) match = "over";
  return { match, quoteId: null, differenceBase, paysSession: false };
}

function keepsFees(transfer: MatchInput["transfer"], quote: MatchQuote): boolean {
  const fees = splitFees({ ...quote, amountBase: transfer.amountBase });
  return fees.feeBase === transfer.feeBase && fees.organizationFeeBase === transfer.organizationFeeBase;
}
