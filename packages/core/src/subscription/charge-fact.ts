import type { ChargeFailure } from "@qbitflow/chains";
import type { BillAttempt } from "../bill/index.ts";

/** A charge that a chain shows, in a block with its confirmations. */
export interface ChargeFact {
  readonly type: "charged";
  readonly network: string;
  readonly mandateHash: string;
  /** The subscription's. */
  readonly uuid: string;
  /** As the contract counts. */
  readonly periodIndex: number;
  readonly amountBase: bigint;
  readonly feeBase: bigint;
  readonly organizationFeeBase: bigint;
  readonly executionFeeBase: bigint;
  readonly transactionHash: string;
  readonly blockNumber: number;
  readonly minedAt: Date;
}

/** A charge of a batch that the contract refused. */
export interface ChargeFailureFact {
  readonly type: "charge_failed";
  readonly network: string;
  readonly mandateHash: string;
  readonly uuid: string;
  readonly reason: ChargeFailure;
  readonly transactionHash: string;
  readonly minedAt: Date;
}

/** A charge that no attempt of ours stands for: the customer's first one, or one the merchant sent himself. */
export function attemptOfFact(
  fact: ChargeFact,
  bill: { readonly uuid: string; readonly number: number; readonly billUuid: string; readonly now: Date },
): BillAttempt {
  return {
    uuid: bill.uuid,
    billUuid: bill.billUuid,
    number: bill.number,
    network: fact.network,
    mandateHash: fact.mandateHash,
    relayCallUuid: null,
    currencyId: null,
    amountBase: fact.amountBase,
    feeBps: null,
    executionFeeBase: fact.executionFeeBase,
    rateE18: null,
    rateSources: null,
    ratedAt: null,
    state: "charged",
    reason: null,
    message: null,
    transactionHash: fact.transactionHash,
    createdAt: bill.now,
    settledAt: bill.now,
  };
}
