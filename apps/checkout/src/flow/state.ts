import type {
  CheckoutCustomer,
  CheckoutNetwork,
  CheckoutQuote,
  CheckoutRelayRequest,
  CheckoutState,
} from "@qbitflow/api";
import type { Problem } from "../problem.ts";
import type { ShownStepKind } from "./plan.ts";

export type FieldName = "name" | "lastName" | "email";
export type FieldErrors = Partial<Record<FieldName, string>>;

export interface Details {
  readonly status: "closed" | "editing" | "saving";
  /** What was typed, as far as this page knows it. */
  readonly customer?: CheckoutCustomer;
  readonly errors: FieldErrors;
  readonly message?: string;
}

export interface QuoteStep {
  readonly status: "none" | "loading" | "ready" | "failed";
  readonly value?: CheckoutQuote;
  /** The amount before a renewal that changed it, with its symbol; shown until the customer pays or picks anew. */
  readonly changedFrom?: string;
  readonly problem?: Problem;
}

export interface WalletChoice {
  readonly id: string;
  readonly name: string;
  readonly kind: "browser" | "walletConnect" | "test";
  /** A data: URL, drawn by the wallet's maker. */
  readonly icon?: string;
}

export interface WalletStep {
  readonly status: "none" | "connecting" | "connected";
  readonly choice?: WalletChoice;
  readonly address?: string;
  readonly chainId?: number;
  /** WalletConnect's pairing code while it waits for a phone. */
  readonly pairingUri?: string;
  readonly problem?: Problem;
  /** Balance of the chosen currency in its base units, once it could be read. */
  readonly balanceBase?: bigint;
  /** What Permit2 may take of the chosen currency, where the quote can be paid by it and once it was read. */
  readonly permit2Base?: bigint;
}

export interface Step {
  readonly kind: ShownStepKind;
  readonly status: "next" | "inWallet" | "waiting" | "done";
}

export interface PayStep {
  readonly status: "idle" | "checking" | "working";
  readonly steps: readonly Step[];
  readonly problem?: Problem;
}

/** What this browser's wallet sent; kept over reloads so that nothing is paid twice. */
export interface SentPayment {
  readonly transactionHash: string;
  readonly currencyId: number;
  readonly sentAt: number;
  /** Unix seconds: the contract refuses the transaction afterwards. */
  readonly deadline: number;
}

/** The wallet was asked and has not answered: the page may have been closed meanwhile. */
export interface AskedPayment {
  readonly currencyId: number;
  readonly deadline: number;
}

/**
 * The customer signed, and the server, which sends it, has not answered yet. Kept over reloads: it is handed over until
 * there is an answer, so that nobody pays a second time while the first may have been taken.
 */
export interface SignedPayment {
  readonly request: CheckoutRelayRequest;
  /** Unix seconds: nobody takes it afterwards. */
  readonly deadline: number;
}

export interface Flow {
  readonly session: CheckoutState;
  /** Server's clock minus the browser's. */
  readonly clockOffsetMs: number;
  readonly online: boolean;
  readonly details: Details;
  readonly currencyId?: number;
  readonly quote: QuoteStep;
  readonly choices: readonly WalletChoice[];
  readonly wallet: WalletStep;
  readonly pay: PayStep;
  readonly sent?: SentPayment;
  readonly asked?: AskedPayment;
  readonly signed?: SignedPayment;
  /** The customer sends the payment and pays the network's fee, also where somebody else would. */
  readonly sendsAlone: boolean;
  /** A transaction of ours that failed on chain or that the customer gave up: it no longer holds up another try. */
  readonly failedHash?: string;
  /** The payment changed to completed while this page was open. */
  readonly sawCompletion: boolean;
  readonly cancel: "none" | "asking" | "sending";
  readonly cancelProblem?: Problem;
}

export function networkOf(flow: Pick<Flow, "session" | "currencyId">): CheckoutNetwork | undefined {
  return flow.session.currencies.find((entry) => entry.currency.id === flow.currencyId)?.network;
}
