import type { AllowanceStep, MandateOffer } from "@qbitflow/api";
import type { Problem } from "../problem.ts";

export type SignKind = "mandate" | "permit" | "reset" | "approve" | "change" | "send";

export interface SignStep {
  readonly kind: SignKind;
  readonly status: "next" | "inWallet" | "waiting" | "done";
}

/** What the wallet is asked, and how far that is. */
export interface Signing {
  readonly status: "idle" | "checking" | "working";
  readonly steps: readonly SignStep[];
  readonly problem?: Problem;
}

export const notSigning: Signing = { status: "idle", steps: [] };

/** An answer of the server that is on its way, there, or did not come. */
export interface Asked<T> {
  readonly status: "none" | "loading" | "ready" | "failed";
  readonly value?: T;
  readonly problem?: Problem;
}

export const notAsked = { status: "none" } as const;

/** How the customer wants to authorise. */
export interface Choice {
  /** Null = until cancelled. */
  readonly periods: number | null;
  /** What was typed, for payAsYouGo. */
  readonly maximumText: string;
}

export type MandateAsked = Asked<MandateOffer>;

/** The questions an allowance takes, in their order. */
export function allowanceSteps(step: AllowanceStep): SignKind[] {
  if (step.way === "none") return [];
  if (step.way === "permit") return ["permit"];
  return step.resetFirst ? ["reset", "approve"] : ["approve"];
}
