import type { Call, Hex, Mandate } from "@qbitflow/chains";
import type { Context } from "../context.ts";
import type { Currency } from "../currency/index.ts";
import { executionFeeBase, loadMandates } from "../mandate/index.ts";
import { enqueueCalls, relayCalls } from "../relay/index.ts";

export interface MandateKey {
  readonly network: string;
  readonly hash: Hex;
}

/** What billing needs of a mandate. */
export interface BilledMandate {
  readonly terms: Mandate;
  readonly currencyId: number;
}

export interface ChargeCall {
  readonly uuid: string;
  readonly network: string;
  readonly purpose: "charge";
  readonly subjectUuid: string;
  readonly call: Call;
  readonly sendUntil: Date;
}

export interface ChargeCallState {
  /** The last four are final. */
  readonly state: "queued" | "sent" | "mined" | "reverted" | "refused" | "expired";
  readonly transactionHash: string | null;
  readonly message: string | null;
}

/** The parts of core that billing works with: mandates and the relay. A simulation has others. */
export interface BillingParts {
  loadMandates(ctx: Context, keys: readonly MandateKey[]): Promise<ReadonlyMap<string, BilledMandate>>;
  /** Null where a charge costs more gas than the policy lets it add. */
  executionFeeBase(
    ctx: Context,
    sending: { readonly network: string; readonly currency: Currency },
  ): Promise<bigint | null>;
  enqueueCalls(ctx: Context, calls: readonly ChargeCall[]): Promise<void>;
  relayCalls(ctx: Context, uuids: readonly string[]): Promise<ReadonlyMap<string, ChargeCallState>>;
}

export const billingParts: BillingParts = { loadMandates, executionFeeBase, enqueueCalls, relayCalls };
