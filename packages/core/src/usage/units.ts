import { MoneyError, parseDecimal } from "@qbitflow/money";

const DECIMALS = 6;
/** Per report. Up to here a JSON number carries 6 decimals exactly. */
const MAX_UNITS = 1_000_000_000;

/**
 * A JSON number of units → micro-units, read from the number's shortest decimal text. Otherwise what is wrong with it, as
 * the end of a sentence about its field.
 */
export function readUnits(value: unknown): { micros: bigint } | { problem: string } {
  if (typeof value !== "number" || !Number.isFinite(value)) return { problem: "must be a number" };
  if (value <= 0) return { problem: "must be more than 0" };
  if (value > MAX_UNITS) return { problem: `must be at most ${MAX_UNITS}` };
  const tooFine = { problem: `must have at most ${DECIMALS} decimals` };
  if (value < 1e-6) return tooFine;
  try {
    return { micros: parseDecimal(String(value), DECIMALS) };
  } catch (error) {
    if (error instanceof MoneyError) return tooFine;
    throw error;
  }
}
