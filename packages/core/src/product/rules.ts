import { isUniqueViolation } from "@qbitflow/db";
import { MICROS_PER_USD } from "@qbitflow/money";
import { DomainError } from "../errors.ts";
import type { PriceRule } from "../fields.ts";

/** A pay-as-you-go price is per unit, so a product may cost less than a cent. */
export const PRODUCT_PRICE: PriceRule = { minMicros: 1n, maxMicros: 1_000_000n * MICROS_PER_USD };

/** The failure for the caller: `reference_taken` where the database says so, otherwise as it was. */
export function referenceTaken(error: unknown): unknown {
  if (!isUniqueViolation(error, "product_reference")) return error;
  return new DomainError("conflict", "reference_taken", "Another product has this reference.");
}
