import type { CheckoutSession } from "../checkout-session/index.ts";
import type { StoredMandate } from "../mandate/index.ts";
import type { ChargeFact, ChargeFailureFact } from "../subscription/index.ts";
import type { EventRow } from "./store.ts";

/** The event is of terms that we proposed for this very uuid, on the contract they were for. Anybody can bear our uuid. */
export function isOurs(mandates: ReadonlyMap<string, StoredMandate>, row: EventRow): boolean {
  const mandate = mandates.get(row.mandateHash);
  return mandate?.uuid === row.uuid && mandate.contract.toLowerCase() === row.contract.toLowerCase();
}

/** A fixed subscription without a trial exists once its first charge completed; every other one once its mandate is active. */
export function startsBy(session: Pick<CheckoutSession, "options">, row: Pick<EventRow, "type">): boolean {
  const { options } = session;
  if (options === null) return false;
  const needsCharge = options.kind === "subscription" && options.trial === undefined;
  return row.type === (needsCharge ? "charged" : "activated");
}

export function chargeFact(row: EventRow): ChargeFact {
  const { network, mandateHash, uuid, transactionHash, blockNumber, minedAt, data } = row;
  return {
    type: "charged",
    network,
    mandateHash,
    uuid,
    periodIndex: Number(data.periodIndex),
    amountBase: BigInt(data.amountBase ?? 0),
    feeBase: BigInt(data.feeBase ?? 0),
    organizationFeeBase: BigInt(data.organizationFeeBase ?? 0),
    executionFeeBase: BigInt(data.executionFeeBase ?? 0),
    transactionHash,
    blockNumber: Number(blockNumber),
    minedAt,
  };
}

export function chargeFailureFact(row: EventRow): ChargeFailureFact {
  const { network, mandateHash, uuid, transactionHash, minedAt } = row;
  const reason = String(row.data.reason) as ChargeFailureFact["reason"];
  return { type: "charge_failed", network, mandateHash, uuid, reason, transactionHash, minedAt };
}
