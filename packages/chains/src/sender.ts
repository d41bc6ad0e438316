import type { Address, Hex } from "./adapter.ts";
import type { Call } from "./mandate.ts";

/** What is offered for one unit of gas, in base units of the native coin. */
export interface GasPrice {
  readonly maxFeeBase: bigint;
  readonly priorityFeeBase: bigint;
}

export interface MarketGasPrice extends GasPrice {
  /** What a unit costs in the next block: base fee plus tip. `maxFeeBase` is above it, for blocks that fill up. */
  readonly nowBase: bigint;
}

export interface SignedTransaction {
  /** Lower case. */
  readonly hash: Hex;
  /** What is broadcast; enough to send the very same transaction again. */
  readonly raw: Hex;
  readonly nonce: number;
}

export type Simulation =
  /** `gas` is a limit: the estimate and a margin. */
  | { readonly ok: true; readonly gas: bigint }
  /** Reverts as things stand; `reason` names the contract's error where it can be told. */
  | { readonly ok: false; readonly reason: string };

export interface Receipt {
  readonly succeeded: boolean;
  readonly blockNumber: number;
  readonly blockHash: Hex;
  readonly gasUsed: bigint;
  /** Native base units, everything included (L1 data too, where the chain says it). */
  readonly feeBase: bigint;
}

/**
 * One key that sends transactions on one chain. It keeps nothing: nonces, intents and signed transactions are core's to
 * store before they are used. Methods throw ChainUnavailableError when no source answers.
 */
export interface ChainSender {
  readonly address: Address;
  /** How many transactions of this key are in blocks. */
  minedNonce(): Promise<number>;
  simulate(call: Call): Promise<Simulation>;
  /** What gets a transaction into one of the next blocks. */
  gasPrice(): Promise<MarketGasPrice>;
  /**
   * What the network asks for publishing one of our transactions, on top of its gas: a safe upper estimate, in base units of
   * the native coin. 0 where gas pays for everything.
   */
  dataFeeBase(): Promise<bigint>;
  /** Signs, sends nothing. */
  sign(input: {
    readonly call: Call;
    readonly nonce: number;
    readonly gas: bigint;
    readonly price: GasPrice;
  }): Promise<SignedTransaction>;
  /** Sends to every source; `known` when one has it already, `nonce_used` when another transaction took its place. */
  broadcast(raw: Hex): Promise<"sent" | "known" | "nonce_used" | "underpriced" | "no_funds">;
  /** Null while no source has it in a block. */
  receipt(hash: Hex): Promise<Receipt | null>;
  /** Native coin left for gas. */
  balanceBase(): Promise<bigint>;
}
