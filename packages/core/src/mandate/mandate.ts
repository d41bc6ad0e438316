import type { Hex, Mandate, PermitSignature } from "@qbitflow/chains";

/** What a customer was asked to sign, and what became of it. */
export interface StoredMandate {
  readonly network: string;
  readonly hash: Hex;
  /** The subscriptions contract it is for. */
  readonly contract: string;
  /** The session's and the subscription's. */
  readonly uuid: string;
  readonly currencyId: number;
  /** For the chain; never changes. */
  readonly terms: Mandate;
  /** Periods the customer chose to authorise; null = until cancelled. */
  readonly periods: number | null;
  readonly signature: Hex | null;
  readonly permit: PermitSignature | PermitOffer | null;
  readonly state: "proposed" | "signed" | "active" | "stopped" | "cancelled";
  /** The cap as the chain has it now. */
  readonly maximumBase: bigint;
  /** USD per whole token × 10^18, when it was proposed. */
  readonly rateE18: bigint;
  readonly rateSources: readonly { readonly name: string; readonly rateE18: string; readonly at: string }[];
  /** Where period 0 of what it pays begins: the first charge (fixed), or one period before it (payAsYouGo). */
  readonly anchorAt: Date | null;
  /** payAsYouGo: most one bill may ask. */
  readonly maxSpendingMicros: bigint | null;
  /** Why the last activation did not go through. */
  readonly failureCode: string | null;
  readonly failureMessage: string | null;
  readonly createdAt: Date;
  readonly signedAt: Date | null;
  readonly activatedAt: Date | null;
}

/** A permit that waits for its signature: what the wallet was shown is made again from it. */
export type PermitOffer =
  | { readonly kind: "eip2612"; readonly valueBase: bigint; readonly deadline: number }
  | { readonly kind: "dai"; readonly nonce: bigint; readonly expiry: number };
