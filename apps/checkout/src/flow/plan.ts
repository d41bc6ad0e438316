import type { CheckoutQuote } from "@qbitflow/api";

/** One thing the wallet is asked. `batch` holds everything in a single confirmation. */
export type StepKind = "reset" | "approve" | "permit" | "daiPermit" | "batch" | "pay";
/** With the two steps of a payment that the server sends: it is signed, and handed over. */
export type ShownStepKind = StepKind | "sign" | "hand";

export interface PlanInput {
  readonly native: boolean;
  readonly amountBase: bigint;
  readonly allowanceBase: bigint;
  readonly permit: CheckoutQuote["permit"]["kind"];
  /** The account signs for itself (a contract's signature a permit does not take), and the token proves its domain. */
  readonly canSignPermit: boolean;
  /** The wallet runs several calls as one, all or nothing (EIP-5792). */
  readonly canBatch: boolean;
  /** The token refuses to change a standing permission unless it is zero first (USDT). */
  readonly needsReset: boolean;
}

/** The steps with the fewest confirmations for this token, allowance and wallet. */
export function planPayment(input: PlanInput): StepKind[] {
  if (input.native || input.allowanceBase >= input.amountBase) return ["pay"];
  if (input.canBatch) return ["batch"];
  if (input.canSignPermit && input.permit === "eip2612") return ["permit", "pay"];
  if (input.canSignPermit && input.permit === "dai") return ["daiPermit", "pay"];
  return input.needsReset && input.allowanceBase > 0n ? ["reset", "approve", "pay"] : ["approve", "pay"];
}
