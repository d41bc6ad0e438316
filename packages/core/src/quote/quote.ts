import type { CheckoutGasless } from "@qbitflow/api";

/** A promise to a payer: exactly these terms, until then. */
export interface Quote {
  readonly id: bigint;
  readonly sessionUuid: string;
  readonly currencyId: number;
  readonly network: string;
  /** The checkout contract to call. */
  readonly contract: string;
  readonly termsHash: string;
  readonly merchant: string;
  /** The zero address for the native coin. */
  readonly token: string;
  readonly amountBase: bigint;
  /** The zero address where there is no fee. */
  readonly feeRecipient: string;
  readonly feeBps: number;
  /** The zero address where there is no organization fee. */
  readonly organization: string;
  readonly organizationFeeBps: number;
  /** USD per whole token × 10^18. */
  readonly rateE18: bigint;
  readonly rateSources: readonly { readonly name: string; readonly rateE18: string; readonly at: string }[];
  /** How it can be paid by a signature, and for which fee; null when it cannot. */
  readonly gasless: CheckoutGasless | null;
  readonly ratedAt: Date;
  readonly createdAt: Date;
  /** Whole seconds: the deadline in the terms. */
  readonly expiresAt: Date;
}
