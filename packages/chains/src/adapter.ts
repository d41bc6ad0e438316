import type { GaslessChain } from "./gasless.ts";
import type { MandateChain, MandateEvent } from "./mandate.ts";
import type { ChainSender } from "./sender.ts";

/** 0x-prefixed lower-case hex. */
export type Hex = `0x${string}`;
/** An account on a chain: 0x-prefixed and checksummed on EVM networks. */
export type Address = string;

/** How a token lets its owner allow a payment by signature. */
export type PermitKind = "none" | "eip2612" | "dai";

export interface TokenSpec {
  /** Stable over installations and releases: it is the `currencyId` that merchants store. */
  readonly id: number;
  readonly symbol: string;
  readonly name: string;
  readonly decimals: number;
  readonly address: Address;
  /** `name` and `version` of the token's EIP-712 domain, where they are certain. Signing needs `readTokenDomain`'s. */
  readonly permit: { readonly kind: PermitKind; readonly name?: string; readonly version?: string };
  /** EIP-3009 `receiveWithAuthorization` is there; the domain is the permit's. */
  readonly authorization?: { readonly name?: string; readonly version?: string };
  /** The symbol whose USD price is this token's price (`USDC` for `tUSDC`). */
  readonly priceSymbol: string;
  readonly stablecoin: boolean;
  /** The token takes an approval only from 0 or to 0, as Tether's contract on Ethereum. */
  readonly approvesFromZero?: boolean;
}

/** One version of a contract of ours on a network. */
export interface DeployedContract {
  readonly version: string;
  readonly address: Address;
  /** The block it was deployed in: nothing of ours is older. */
  readonly fromBlock: number;
}

/** A network is a data file; nothing about one network is in code. */
export interface Network {
  /** `ethereum`, `base-sepolia`, `local` … */
  readonly slug: string;
  readonly name: string;
  readonly kind: "evm";
  readonly chainId: number;
  readonly test: boolean;
  /** Only ever the chain this machine starts for itself. */
  readonly local: boolean;
  readonly nativeCurrency: {
    readonly id: number;
    readonly symbol: string;
    readonly name: string;
    readonly decimals: number;
    readonly priceSymbol: string;
  };
  /** A payment completes when its block has this many confirmations (its own block counts as the first). */
  readonly confirmations: number;
  /** Blocks kept and compared: deeper reorganisations cannot happen or stop the scan loudly. */
  readonly finalityDepth: number;
  readonly blockTimeMs: number;
  readonly explorerUrl?: string;
  /** All versions of our checkout contract that live here, oldest first; empty = nothing can be paid here yet. */
  readonly checkoutContracts: readonly DeployedContract[];
  /** The same for subscriptions: mandates live in the version they were signed for, new ones in the last. */
  readonly subscriptionContracts: readonly DeployedContract[];
  /** The registry that new mandates name: its keys may send charges. Absent = no subscriptions here. */
  readonly executorRegistry?: Address;
  /** Checks ERC-6492 signatures, of wallets that are not deployed yet. Ours, as the subscriptions contract calls it. */
  readonly signatureVerifier?: Address;
  readonly permit2?: Address;
  /** A rollup that asks for publishing a transaction apart from its gas. Where absent, gas pays for everything. */
  readonly l1DataFee?: "op-stack";
  readonly tokens: readonly TokenSpec[];
}

/**
 * What one payment must be, to the unit: the contract's struct of the same name. `token` is the zero address for the
 * native coin; `organization` is the zero address where there is no organization fee.
 */
export interface PaymentTerms {
  readonly uuid: string;
  readonly merchant: Address;
  readonly token: Address;
  readonly amountBase: bigint;
  readonly feeRecipient: Address;
  readonly feeBps: number;
  readonly organization: Address;
  readonly organizationFeeBps: number;
  /** Unix seconds; the contract refuses a later payment. */
  readonly deadline: number;
}

export interface BlockRef {
  readonly number: number;
  readonly hash: Hex;
  readonly parentHash: Hex;
  /** Unix seconds, as the chain says. */
  readonly timestamp: number;
}

/** A payment event of our contract, as a chain shows it. Whether it belongs to a session is for core to find out. */
export interface Transfer {
  readonly blockNumber: number;
  readonly blockHash: Hex;
  readonly transactionHash: Hex;
  readonly logIndex: number;
  readonly contract: Address;
  readonly uuid: string;
  readonly termsHash: Hex;
  readonly payer: Address;
  readonly merchant: Address;
  readonly token: Address;
  readonly amountBase: bigint;
  readonly feeBase: bigint;
  readonly organizationFeeBase: bigint;
  /**
   * What the receipt's own Transfer logs say the merchant got from this payment (fee-on-transfer tokens give less
   * than they claim); for the native coin what the contract sent.
   */
  readonly merchantReceivedBase: bigint;
}

export interface BlockRange {
  /** Inclusive. */
  readonly from: number;
  /** Inclusive; never above the head. */
  readonly to: number;
}

export interface ScanResult {
  /** The last block of the range always; every block that holds a transfer; every block when the range is within finality depth of the head. Ascending. */
  readonly blocks: readonly BlockRef[];
  /** In chain order. */
  readonly transfers: readonly Transfer[];
  /** In chain order; the subscriptions contract's events, where the network has one. */
  readonly mandateEvents: readonly MandateEvent[];
}

/** What a chain knows of a transaction that a browser claims to have sent. A hint: it never completes anything. */
export type TransactionHint =
  | { readonly state: "unknown" }
  | {
      readonly state: "pending" | "mined" | "reverted";
      readonly uuid: string | null;
      readonly termsHash: Hex | null;
      readonly from: Address;
    };

/**
 * One chain. Every implementation passes the conformance suite. Methods throw `ChainUnavailableError` when no source
 * answers in time or sources contradict each other; they never return a guess.
 */
export interface ChainAdapter {
  readonly network: Network;
  /** Null where the network has no subscriptions contract. */
  readonly mandates: MandateChain | null;
  /** Payments by a signature; null where the network has no checkout contract. */
  readonly gasless: GaslessChain | null;
  /** The key that sends charges and gasless payments; null where the operator configured none. */
  readonly sender: ChainSender | null;
  /** How many endpoints are configured: the two-source rule applies where there is more than one. */
  readonly sourceCount: number;
  /** The newest block that the sources agree to exist. Never moves a scan backwards by itself: a lagging source is left out. */
  head(): Promise<BlockRef>;
  /** Block by number on the canonical chain now; null when above the head. */
  block(number: number): Promise<BlockRef | null>;
  /** Our contracts' payments in the range. Splits ranges that a provider refuses; never skips a gap; all or nothing. */
  scan(range: BlockRange): Promise<ScanResult>;
  transaction(hash: Hex): Promise<TransactionHint>;
  /** Number of distinct sources that report this very transfer in this very block, for amounts above the two-source threshold. */
  confirmTransfer(
    transfer: Pick<Transfer, "transactionHash" | "blockHash" | "logIndex" | "termsHash">,
  ): Promise<number>;
  /** The contract's identity of the terms: only a transfer that carries it can pay them. Pure. */
  termsHash(terms: PaymentTerms): Hex;
  /** Checks and normalises an address typed by a person; null when it is none. Pure. */
  parseAddress(text: string): Address | null;
  /** Called on each new head (subscription or polling, the adapter's affair); returns the way to stop. */
  onHead(listener: () => void): () => void;
  close(): Promise<void>;
}

/** No source answered, or the sources contradict each other. Transient: try again later. */
export class ChainUnavailableError extends Error {
  override readonly name = "ChainUnavailableError";
}
