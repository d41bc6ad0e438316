export type { Difference, FieldDifference } from "./difference.ts";
export { type ReconcileInput, type ReconcileStep, reconcileStep } from "./step.ts";
