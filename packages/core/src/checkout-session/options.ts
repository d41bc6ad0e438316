import type { Duration, SubscriptionOptions } from "@qbitflow/api";
import type { Period } from "@qbitflow/chains";
import { MICROS_PER_USD, microsToJsonNumber } from "@qbitflow/money";
import type { Fields, PriceRule } from "../fields.ts";
import { readFields } from "../fields.ts";

/** What makes a session a subscription, as `checkout_session.options` holds it. */
export interface SessionOptions {
  readonly kind: "subscription" | "payAsYouGo";
  readonly frequency: Period;
  readonly trial?: Period;
  /** Decimal text, in micro-dollars. */
  readonly freeCreditsMicros?: string;
  /** Periods before the customer may cancel. */
  readonly minPeriods?: number;
}

/** A pay-as-you-go price is per unit. */
export const UNIT_PRICE: PriceRule = { minMicros: 1n, maxMicros: 1_000_000n * MICROS_PER_USD };

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
/** What `frequency` reports for a calendar month (API-V1). */
const MONTH = 2_592_000;
const MAX_MONTHS = 120;
const MAX_SECONDS = 3_653 * DAY;
const MAX_MIN_PERIODS = 1_000;
/** All of them together: a date beyond the year 9999 is none that a database keeps. */
const MAX_MIN_YEARS = 100;
const FREE_CREDITS: PriceRule = { minMicros: 0n, maxMicros: 1_000_000n * MICROS_PER_USD };

const SECONDS: Readonly<Record<string, number>> = {
  seconds: 1,
  minutes: MINUTE,
  hours: HOUR,
  days: DAY,
  weeks: 7 * DAY,
};
const MONTHS: Readonly<Record<string, number>> = { months: 1, years: 12 };
const UNITS = [...Object.keys(SECONDS), ...Object.keys(MONTHS)];

/** `month`, `Months` and `MONTHS` are the same unit: 1.x clients differ. */
function unitOf(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const text = value.toLowerCase();
  return UNITS.find((unit) => unit === text || unit === `${text}s`);
}

/** Seconds, a month as 2 592 000. */
export const periodSeconds = ({ unit, length }: Period): number => (unit === "months" ? length * MONTH : length);

interface Bounds {
  readonly minSeconds: number;
  readonly minText: string;
}

function periodOf(value: unknown, { minSeconds, minText }: Bounds): { period: Period } | { problem: string } {
  const given = readFields(value);
  const unit = unitOf(given.raw("unit"));
  if (unit === undefined) return { problem: `must have a unit: one of ${UNITS.join(", ")}` };
  const count = given.raw("value");
  if (!Number.isSafeInteger(count) || (count as number) < 1) return { problem: "must have a whole value from 1" };
  const months = MONTHS[unit];
  const period: Period =
    months === undefined
      ? { unit: "seconds", length: (count as number) * (SECONDS[unit] ?? 1) }
      : { unit: "months", length: (count as number) * months };
  if (period.length > (period.unit === "months" ? MAX_MONTHS : MAX_SECONDS)) {
    return { problem: "must be at most 10 years" };
  }
  if (periodSeconds(period) < minSeconds) return { problem: `must be at least ${minText}` };
  return { period };
}

const MIN_FREQUENCY = {
  test: { minSeconds: MINUTE, minText: "1 minute in test mode" },
  live: { minSeconds: HOUR, minText: "1 hour in live mode" },
} as const;
const MIN_TRIAL = { minSeconds: 1, minText: "1 second" };
const NO_PERIOD: Period = { unit: "months", length: 1 };

/** `payg` is what older clients call it. */
function kindOf(options: Fields): SessionOptions["kind"] | null {
  const type = options.raw("subscriptionType");
  const text = typeof type === "string" ? type.toLowerCase() : "";
  if (text === "subscription") return "subscription";
  return text === "payasyougo" || text === "payg" ? "payAsYouGo" : null;
}

function readPeriod(
  fields: Fields,
  options: Fields,
  at: { readonly name: string; readonly bounds: Bounds },
): Period | undefined {
  if (!options.has(at.name)) return undefined;
  const read = periodOf(options.raw(at.name), at.bounds);
  if ("period" in read) return read.period;
  fields.problem(`options.${at.name}`, read.problem);
  return undefined;
}

/** USD; 0 is none, as older clients send it. */
function readFreeCredits(fields: Fields, options: Fields, kind: SessionOptions["kind"] | null): bigint {
  if (!options.has("freeCredits")) return 0n;
  // A reader of its own, so that the failure bears the name it has in the body.
  const name = "options.freeCredits";
  const micros = readPrice(fields, { name, value: options.raw("freeCredits") });
  if (micros > 0n && kind === "subscription") fields.problem(name, "is for payAsYouGo only");
  return micros;
}

function readPrice(fields: Fields, { name, value }: { name: string; value: unknown }): bigint {
  const one = readFields({ [name]: value });
  const micros = one.price(name, FREE_CREDITS);
  const wrong = one.problems()[0];
  if (wrong === undefined) return micros;
  fields.problem(name, wrong.message.slice(name.length + 1).replace(/\.$/, ""));
  return 0n;
}

function minPeriodsProblem(value: unknown, frequency: Period): string | null {
  if (value === undefined) return null;
  const count = Number.isSafeInteger(value) ? (value as number) : 0;
  if (count < 1 || count > MAX_MIN_PERIODS) return `must be a whole number from 1 to ${MAX_MIN_PERIODS}`;
  return count * periodSeconds(frequency) > MAX_MIN_YEARS * 12 * MONTH
    ? `must not bind for more than ${MAX_MIN_YEARS} years`
    : null;
}

/**
 * Reads `options` of a session's body and complains in its fields: frequency and trial up to 10 years, the frequency
 * from 1 minute (test) or 1 hour (live), minPeriods 1 to 1000 and 100 years, freeCredits (payAsYouGo) 0 to 1 000 000 USD.
 */
export function readOptions(fields: Fields, { test }: { readonly test: boolean }): SessionOptions | null {
  if (!fields.has("options")) return null;
  const value = fields.raw("options");
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    fields.problem("options", "must be an object");
    return null;
  }
  const options = readFields(value);
  const kind = kindOf(options);
  if (kind === null) fields.problem("options.subscriptionType", "must be one of: subscription, payAsYouGo");
  if (!options.has("frequency")) fields.problem("options.frequency", "is required");
  const bounds = test ? MIN_FREQUENCY.test : MIN_FREQUENCY.live;
  const frequency = readPeriod(fields, options, { name: "frequency", bounds });
  const trial = readPeriod(fields, options, { name: "trialPeriod", bounds: MIN_TRIAL });
  const freeCredits = readFreeCredits(fields, options, kind);
  const minPeriods = options.raw("minPeriods");
  const wrong = minPeriodsProblem(minPeriods, frequency ?? NO_PERIOD);
  if (wrong !== null) fields.problem("options.minPeriods", wrong);
  return {
    kind: kind ?? "subscription",
    frequency: frequency ?? NO_PERIOD,
    ...(trial === undefined ? {} : { trial }),
    ...(freeCredits === 0n ? {} : { freeCreditsMicros: String(freeCredits) }),
    ...(minPeriods === undefined ? {} : { minPeriods: minPeriods as number }),
  };
}

/** The wire's options: lengths in seconds. */
export function optionsResource(options: SessionOptions): SubscriptionOptions {
  return {
    subscriptionType: options.kind,
    frequency: periodSeconds(options.frequency),
    ...(options.trial === undefined ? {} : { trialPeriod: periodSeconds(options.trial) }),
    ...(options.freeCreditsMicros === undefined
      ? {}
      : { freeCredits: microsToJsonNumber(BigInt(options.freeCreditsMicros)) }),
    ...(options.minPeriods === undefined ? {} : { minPeriods: options.minPeriods }),
  };
}

/** A period in the largest unit it is a whole number of, for people: 14 days are 2 weeks, 12 months a year. */
export function durationOf({ unit, length }: Period): Duration {
  if (unit === "months") return length % 12 === 0 ? { value: length / 12, unit: "years" } : { value: length, unit };
  const fitting = (["weeks", "days", "hours", "minutes"] as const).find((one) => length % (SECONDS[one] ?? 1) === 0);
  return fitting === undefined
    ? { value: length, unit: "seconds" }
    : { value: length / (SECONDS[fitting] ?? 1), unit: fitting };
}
