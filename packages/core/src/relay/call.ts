import type { Call, Hex } from "@qbitflow/chains";

export type RelayPurpose = "activation" | "charge" | "change" | "cancel" | "permit" | "payment";

/** Something to be sent; the same uuid twice is one. */
export interface NewRelayCall {
  readonly uuid: string;
  readonly network: string;
  readonly purpose: RelayPurpose;
  /** Whose it is: a session's, subscription's or attempt's uuid. */
  readonly subjectUuid: string;
  readonly call: Call;
  /** What is in no block by then is withdrawn. Absent = it is tried for ever. */
  readonly sendUntil?: Date;
}

export type RelayState = "queued" | "sent" | "mined" | "reverted" | "refused" | "expired";

export interface RelayCallState {
  /**
   * `queued`: not signed yet. `sent`: signed, and not in a block that counts. `mined`, `reverted`: in a block that has the
   * network's confirmations and that was scanned. `refused`: simulation says that it would revert, or take too much gas; nothing was sent.
   * `expired`: it was in no block by `sendUntil`, and never will be. The last four are final, but that a reorganisation
   * brings `mined` and `reverted` (and a withdrawn call's `expired`) back to `sent`.
   */
  readonly state: RelayState;
  readonly transactionHash: string | null;
  /** For `refused` the contract's reason; a sentence for the other ends that nobody wanted. */
  readonly message: string | null;
}

export interface SettledCall extends RelayCallState {
  readonly uuid: string;
  readonly purpose: RelayPurpose;
  readonly subjectUuid: string;
}

/** One as whoever wanted it is told of it. */
export interface SubjectCall extends RelayCallState {
  readonly uuid: string;
  readonly network: string;
  readonly purpose: RelayPurpose;
  /** What was handed over, to tell a repetition. */
  readonly data: Hex;
  /** Of its transaction, which may not count yet; null while it is in none. */
  readonly blockNumber: number | null;
  readonly createdAt: Date;
  readonly settledAt: Date | null;
}

/** As it is stored. */
export interface RelayCall {
  readonly uuid: string;
  readonly purpose: RelayPurpose;
  readonly call: Call;
  readonly sendUntil: Date | null;
}
