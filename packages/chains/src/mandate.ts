import type { Address, Hex } from "./adapter.ts";

/** A length of time that bills repeat in; `months` are calendar months, on chain as here. */
export interface Period {
  readonly unit: "seconds" | "months";
  readonly length: number;
}

/**
 * What a customer signs once and the contract enforces at every charge: its struct of the same name. Times are unix
 * seconds, amounts base units of `token`, `priceMicros` is for the reader only.
 */
export interface Mandate {
  /** The subscription's uuid, which is its session's. */
  readonly uuid: string;
  readonly subscriber: Address;
  readonly merchant: Address;
  readonly token: Address;
  /** Most that one period may take, all fees included. The subscriber can change it later; see MandateState. */
  readonly maxPerPeriodBase: bigint;
  /** USD per period (fixed) or per unit (payAsYouGo). */
  readonly priceMicros: bigint;
  readonly kind: "fixed" | "payAsYouGo";
  readonly period: Period;
  /** Period k begins here plus k periods, and is charged then, once. For payAsYouGo the end of the first period. */
  readonly firstChargeAt: number;
  /** No charge at or after it; 0 = no end. */
  readonly endsAt: number;
  readonly feeRecipient: Address;
  readonly maxFeeBps: number;
  readonly organization: Address;
  readonly organizationFeeBps: number;
  readonly registry: Address;
  /** Most that a charge may add for its own gas. */
  readonly maxExecutionFeeBase: bigint;
  readonly nonce: bigint;
}

/** A token's allowance by signature, for the subscriptions contract as spender. */
export type PermitSignature =
  | { readonly kind: "eip2612"; readonly valueBase: bigint; readonly deadline: number; readonly signature: Hex }
  | { readonly kind: "dai"; readonly nonce: bigint; readonly expiry: number; readonly signature: Hex };

/** EIP-712 data as a wallet is given it: JSON-safe, integers as decimal texts. */
export interface TypedData {
  readonly domain: Readonly<Record<string, unknown>>;
  readonly types: Readonly<Record<string, readonly { readonly name: string; readonly type: string }[]>>;
  readonly primaryType: string;
  readonly message: Readonly<Record<string, unknown>>;
}

/** A permit to be signed; with the signature it becomes a PermitSignature. */
export type PermitRequest = { readonly typedData: TypedData } & (
  | { readonly kind: "eip2612"; readonly valueBase: bigint; readonly deadline: number }
  | { readonly kind: "dai"; readonly nonce: bigint; readonly expiry: number }
);

/** One charge of one mandate. Mined when its period does not run (any more), it takes nothing. */
export interface Charge {
  readonly mandate: Mandate;
  readonly periodIndex: number;
  /** Before the execution fee; platform's and organization's fees are taken from it. */
  readonly amountBase: bigint;
  readonly feeBps: number;
  readonly executionFeeBase: bigint;
}

/** What a subscriber may change by a signature that anybody may send. */
export type MandateChange =
  | { readonly type: "setMaximum"; readonly maximumBase: bigint }
  | { readonly type: "stop" }
  | { readonly type: "cancel" };

export interface SignedMandateChange {
  readonly mandate: Mandate;
  readonly change: MandateChange;
  /** The mandate's signature nonce (MandateState). */
  readonly nonce: bigint;
  readonly deadline: number;
  readonly signature: Hex;
}

/** Something for a chain to do; the relay signs and sends it. */
export interface Call {
  readonly to: Address;
  readonly data: Hex;
  /** Native coin to send along; absent = none. */
  readonly valueBase?: bigint;
}

export interface MandateState {
  /** stopped: at most one more charge (payAsYouGo). */
  readonly status: "unknown" | "active" | "stopped" | "cancelled";
  /** No period below it can be charged any more. */
  readonly nextPeriodIndex: number;
  readonly maximumBase: bigint;
  readonly nonce: bigint;
}

/** Why the contract refused one charge of a batch. */
export type ChargeFailure =
  | "insufficient_balance"
  | "insufficient_allowance"
  | "cap_exceeded"
  | "not_due"
  | "already_charged"
  /** Its transaction was mined after the period's end. */
  | "period_over"
  | "mandate_cancelled"
  /** Stopped, or its end has come. */
  | "mandate_ended"
  /** Never activated. */
  | "mandate_inactive"
  /** No event says so: a charge of a mined transaction without an event of its own failed with its group. */
  | "payout_failed"
  | "token_refused"
  /** An amount of nothing, or fees above the mandate's. */
  | "terms_refused";

interface MandateLog {
  readonly blockNumber: number;
  readonly blockHash: Hex;
  readonly transactionHash: Hex;
  readonly logIndex: number;
  readonly contract: Address;
  /** Lower case. */
  readonly mandateHash: Hex;
  readonly uuid: string;
}

/** An event of the subscriptions contract, as a chain shows it. Whether it is ours is for core to find out. */
export type MandateEvent = MandateLog &
  (
    | { readonly type: "activated"; readonly subscriber: Address }
    | {
        readonly type: "charged";
        readonly periodIndex: number;
        readonly amountBase: bigint;
        readonly feeBase: bigint;
        readonly organizationFeeBase: bigint;
        readonly executionFeeBase: bigint;
      }
    | { readonly type: "charge_failed"; readonly periodIndex: number; readonly reason: ChargeFailure }
    | { readonly type: "maximum_changed"; readonly maximumBase: bigint }
    | { readonly type: "stopped" }
    | { readonly type: "cancelled"; readonly by: Address }
  );

export interface FundsQuestion {
  readonly token: Address;
  readonly owner: Address;
}

export interface Funds {
  /** What the subscriptions contract may still take. */
  readonly allowanceBase: bigint;
  readonly balanceBase: bigint;
}

/** A chain's subscriptions contract: what core needs of it, without knowing how the chain encodes it. */
export interface MandateChain {
  /** Where new mandates live: the newest version. Spender of every allowance. */
  readonly contract: Address;
  /** The executor registry that new mandates name. */
  readonly registry: Address;
  /** The mandate's identity, lower case. Pure. */
  hash(mandate: Mandate): Hex;
  /** What the subscriber signs. Pure. */
  toSign(mandate: Mandate): TypedData;
  changeToSign(change: Omit<SignedMandateChange, "signature">): TypedData;
  /** Null when the token has no permit, or one whose EIP-712 domain cannot be confirmed: the customer approves instead. */
  permitToSign(input: {
    readonly token: Address;
    readonly owner: Address;
    readonly valueBase: bigint;
    readonly deadline: number;
  }): Promise<PermitRequest | null>;
  /** True when the subscriber (EOA, EIP-1271, undeployed ERC-6492) signed it for `contract`. */
  verify(mandate: Mandate, signature: Hex): Promise<boolean>;
  /** True when the subscriber signed the change. */
  verifyChange(change: SignedMandateChange): Promise<boolean>;
  /** In the order of the questions, all at one block. */
  funds(questions: readonly FundsQuestion[]): Promise<Funds[]>;
  /** In the order of the hashes, all at one block. */
  states(mandateHashes: readonly Hex[]): Promise<MandateState[]>;
  /** Pure. */
  activationCall(input: {
    readonly mandate: Mandate;
    readonly signature: Hex;
    readonly permit?: PermitSignature;
    readonly firstCharge?: Omit<Charge, "mandate">;
  }): Call;
  /**
   * Charges grouped by plan (merchant, token, recipients, period …) and fees. One that fails is reported in an event,
   * the others go through; a group that cannot be paid out fails whole, without an event of its charges. Pure.
   */
  chargeCall(charges: readonly Charge[]): Call;
  /** Pure. */
  changeCall(change: SignedMandateChange): Call;
  /** The executor's own cancel. Pure. */
  cancelCall(mandate: Mandate): Call;
  /** A permit alone, for an allowance that is raised between charges. Pure. */
  permitCall(input: { readonly token: Address; readonly owner: Address; readonly permit: PermitSignature }): Call;
  /** Gas one charge in a batch takes, as a safe upper estimate; for the execution fee. */
  readonly chargeGas: bigint;
}
