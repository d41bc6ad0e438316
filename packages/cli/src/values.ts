import type { Duration } from "@qbitflow/sdk";
import { parseShortDuration, shortDurationUnits } from "@qbitflow/server";
import type { Input } from "./command.ts";
import { UsageError } from "./errors.ts";

/** The text of an option; undefined where it was left out. */
export function textOf(input: Input, name: string): string | undefined {
  const value = input[name];
  return typeof value === "string" ? value : undefined;
}

/** @throws UsageError */
export function wholeNumberOf(
  input: Input,
  name: string,
  { least = 0, most }: { readonly least?: number; readonly most: number },
): number | undefined {
  const text = textOf(input, name);
  if (text === undefined) return undefined;
  const number = /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(`${dashed(name)} must be a whole number from ${least} to ${most}.`);
}

/** USD as the API takes it: a number is exact up to its 6 decimals and 9 digits. @throws UsageError */
export function usdOf(input: Input, name: string): number | undefined {
  const text = textOf(input, name);
  if (text === undefined) return undefined;
  if (/^[0-9]{1,9}(\.[0-9]{1,6})?$/.test(text)) return Number(text);
  throw new UsageError(`${dashed(name)} must be an amount in USD, such as 24.90.`);
}

/** Exact decimal text of USD that the API gave as a number: `24.90`, `0.000001`. */
export function usdText(amount: number): string {
  return amount.toFixed(6).replace(/0{1,4}$/, "");
}

/** `1mo`, `14d`. @throws UsageError */
export function durationOf(input: Input, name: string): Duration | undefined {
  const text = textOf(input, name);
  if (text === undefined) return undefined;
  const duration = parseShortDuration(text);
  if (duration !== null) return duration;
  throw new UsageError(`${dashed(name)} must be a number and one of ${shortDurationUnits}: 1mo.`);
}

const dashed = (name: string) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
