import type { AllowanceOffer, MaximumOffer, PortalBill, PortalState } from "@qbitflow/api";
import type { WalletPart } from "../flow/wallet.ts";
import { withoutOverrides } from "../format.ts";
import type { Asked, Choice, MandateAsked, Signing } from "../mandate/state.ts";
import type { Problem } from "../problem.ts";

export type Task = "maximum" | "allowance" | "mandate";

export type View = { readonly name: "overview" | Task } | { readonly name: "receipt"; readonly bill: PortalBill };

/** The portal's page: what the server says, and what the customer is doing. */
export interface Portal extends WalletPart {
  readonly state: PortalState;
  readonly online: boolean;
  readonly view: View;
  /** Of the task that is open; each begins anew. */
  readonly maximum: Asked<MaximumOffer>;
  readonly allowance: Asked<AllowanceOffer> & { readonly periods?: number | null };
  readonly mandate: MandateAsked;
  readonly choice: Choice;
  readonly chosen: boolean;
  readonly currencyId?: number | undefined;
  readonly signing: Signing;
  /** What has just been handed in, to say so. */
  readonly done?: Task | undefined;
  readonly ending: { readonly how?: "stop" | "cancel"; readonly sending: boolean; readonly problem?: Problem };
}

/** It was stopped, and nothing is wrong: it only runs out. */
export function isEnding({ status, stopped }: PortalState): boolean {
  return stopped && (status === "active" || status === "low_on_funds" || status === "trial");
}

/** Texts by merchants, made safe to read. */
export function readablePortal(state: PortalState): PortalState {
  return {
    ...state,
    organizationName: withoutOverrides(state.organizationName),
    productName: withoutOverrides(state.productName),
    description: withoutOverrides(state.description),
  };
}
