import type { Address, Hex, PaymentTerms } from "./adapter.ts";
import type { Call, TypedData } from "./mandate.ts";

/** How a payer's signature lets somebody else send the payment. In the order in which they are offered. */
export type GaslessWay = "authorization" | "eip2612" | "dai" | "permit2";

/** What the payer adds for whoever sends: the contract's struct of the same name. Zero address where nothing is added. */
export interface Relay {
  readonly feeBase: bigint;
  readonly recipient: Address;
}

/** One payment that somebody else may send. */
export interface GaslessTerms {
  /** The checkout contract. */
  readonly contract: Address;
  readonly terms: PaymentTerms;
  readonly relay: Relay;
}

/** What of the typed data's message only the page knows. */
export interface Blank {
  readonly field: string;
  /** The payer's address; the token's `nonces(payer)`; or 256 bits that Permit2 has not seen of him. */
  readonly with: "payer" | "tokenNonce" | "permit2Nonce";
}

export type GaslessTypedData = TypedData & { readonly blanks: readonly Blank[] };

export interface GaslessOffer {
  /** What each signature commits to: the contract's `hashGasless`. */
  readonly hash: Hex;
  /** Best first; each has its typed data. */
  readonly ways: readonly GaslessWay[];
  /** Spender of the approval that `permit2` needs. */
  readonly permit2?: Address;
  readonly typedData: Readonly<Partial<Record<GaslessWay, GaslessTypedData>>>;
}

export interface GaslessPayment extends GaslessTerms {
  readonly payer: Address;
  readonly way: GaslessWay;
  readonly signature: Hex;
  /** For `permit2`. */
  readonly permit2Nonce?: bigint;
}

/** Payments by signature, as the checkout contract and the tokens of a chain take them. */
export interface GaslessChain {
  /** Gas of the dearest way that the token may have, as a safe upper estimate; null where it has none. Pure. */
  gas(token: Address): bigint | null;
  /** What to sign. Null where the token takes no signature that is sure to be right. */
  offer(terms: GaslessTerms): Promise<GaslessOffer | null>;
  /** What stands in the way, as far as reading tells; `typedData` is the offer's for the way. */
  check(
    payment: GaslessPayment,
    typedData: GaslessTypedData,
  ): Promise<"ok" | "signature_invalid" | "insufficient_balance" | "insufficient_allowance">;
  /** Pure. Throws RangeError for a signature of a shape that the way cannot have. */
  call(payment: GaslessPayment): Call;
}
