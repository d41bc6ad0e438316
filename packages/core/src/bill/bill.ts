/**
 * open: to be charged. charging: an attempt is under way. paid: confirmed on chain. nothing_due: no charge needed.
 * forgiven: missed, never charged. void: the subscription ended before it was paid.
 */
export type BillStatus = "open" | "charging" | "paid" | "nothing_due" | "forgiven" | "void";

/** One period's charge. */
export interface Bill {
  readonly uuid: string;
  readonly subscriptionUuid: string;
  readonly organizationId: bigint;
  readonly test: boolean;
  readonly periodIndex: number;
  readonly periodStartsAt: Date;
  readonly periodEndsAt: Date;
  readonly dueAt: Date;
  /** What is asked, after free credits, cap and carry-over. */
  readonly amountMicros: bigint;
  /** Null for a fixed price. */
  readonly unitsMicros: bigint | null;
  readonly freeCreditsUsedMicros: bigint;
  readonly carriedInMicros: bigint;
  readonly carriedOutMicros: bigint;
  readonly status: BillStatus;
  /** Null unless open and to be tried. */
  readonly nextAttemptAt: Date | null;
  /** Tried at once, also in test mode, whatever the test clock says. */
  readonly isUrgent: boolean;
  /** When the customer's grace began. */
  readonly firstFailedAt: Date | null;
  readonly createdAt: Date;
  readonly settledAt: Date | null;
}

/** One try to charge a bill; its amounts are what was sent, or what the chain shows where nothing was sent by us. */
export interface BillAttempt {
  readonly uuid: string;
  readonly billUuid: string;
  /** From 1. */
  readonly number: number;
  readonly network: string | null;
  readonly mandateHash: string | null;
  /** Null when it failed before anything was sent, or when somebody else charged. */
  readonly relayCallUuid: string | null;
  readonly currencyId: number | null;
  readonly amountBase: bigint | null;
  readonly feeBps: number | null;
  readonly executionFeeBase: bigint | null;
  readonly rateE18: bigint | null;
  readonly rateSources: readonly { readonly name: string; readonly rateE18: string; readonly at: string }[] | null;
  readonly ratedAt: Date | null;
  readonly state: "sending" | "charged" | "failed";
  readonly reason: string | null;
  readonly message: string | null;
  readonly transactionHash: string | null;
  readonly createdAt: Date;
  readonly settledAt: Date | null;
}

/** Selects a Bill from `bill b`; amounts and indices come as the driver gives them, see `toBill`. */
export const billColumns = `b.uuid, b.subscription_uuid as "subscriptionUuid", b.organization_id as "organizationId", b.test,
  b.period_index as "periodIndex", b.period_starts_at as "periodStartsAt", b.period_ends_at as "periodEndsAt",
  b.due_at as "dueAt", b.amount_micros as "amountMicros", b.units_micros as "unitsMicros",
  b.free_credits_used_micros as "freeCreditsUsedMicros", b.carried_in_micros as "carriedInMicros",
  b.carried_out_micros as "carriedOutMicros", b.status, b.next_attempt_at as "nextAttemptAt",
  b.is_urgent as "isUrgent", b.first_failed_at as "firstFailedAt", b.created_at as "createdAt", b.settled_at as "settledAt"`;

export type BillRow = Omit<Bill, "periodIndex"> & { readonly periodIndex: bigint };

export const toBill = (row: BillRow): Bill => ({ ...row, periodIndex: Number(row.periodIndex) });

/** Selects a BillAttempt from `bill_attempt a`. */
export const attemptColumns = `a.uuid, a.bill_uuid as "billUuid", a.number, a.network, a.mandate_hash as "mandateHash",
  a.relay_call_uuid as "relayCallUuid", a.currency_id as "currencyId", a.amount_base as "amountBase",
  a.fee_bps as "feeBps", a.execution_fee_base as "executionFeeBase", a.rate_e18 as "rateE18",
  a.rate_sources as "rateSources", a.rated_at as "ratedAt", a.state, a.reason, a.message,
  a.transaction_hash as "transactionHash", a.created_at as "createdAt", a.settled_at as "settledAt"`;

type Numerics = "amountBase" | "executionFeeBase" | "rateE18";
export type AttemptRow = Omit<BillAttempt, Numerics> & { readonly [Name in Numerics]: string | null };

const integer = (text: string | null): bigint | null => (text === null ? null : BigInt(text));

export const toAttempt = (row: AttemptRow): BillAttempt => ({
  ...row,
  amountBase: integer(row.amountBase),
  executionFeeBase: integer(row.executionFeeBase),
  rateE18: integer(row.rateE18),
});
