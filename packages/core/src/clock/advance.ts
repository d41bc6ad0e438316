import { type Clock as ClockResource, durationUnits } from "@qbitflow/api";
import { type Period, periodStart } from "@qbitflow/chains";
import type { Context, Principal } from "../context.ts";
import { DomainError } from "../errors.ts";
import { type Fields, readFields } from "../fields.ts";
import { readInstant } from "../instant.ts";
import { isClockMovable, showClock } from "./show.ts";
import { beginAdvance } from "./store.ts";

const MAX_YEARS = 10;
/** What is written down then may be a hundred years ahead, and a database keeps years of four digits. */
const LAST_MS = Date.UTC(9_800, 0);
const DAY_SECONDS = 86_400;
const MAX_DAYS = 3_660;
const SHORTEST_MONTH_DAYS = 28;

const periods: Readonly<Record<(typeof durationUnits)[number], Period>> = {
  seconds: { unit: "seconds", length: 1 },
  minutes: { unit: "seconds", length: 60 },
  hours: { unit: "seconds", length: 3_600 },
  days: { unit: "seconds", length: 86_400 },
  weeks: { unit: "seconds", length: 604_800 },
  months: { unit: "months", length: 1 },
  years: { unit: "months", length: 12 },
};

/** @throws DomainError forbidden: the clock is everybody's, so it is moved by an owner or admin, with a test key. */
export function requireClockMover({ role, test }: Principal): void {
  if (test && role !== "user") return;
  throw new DomainError("forbidden", "forbidden", "The test clock is moved with a test key of an owner or admin.");
}

/**
 * Writes down that the server's time is to move forward, by `{ value, unit }` or to `{ to }` (RFC 3339); `runClock`
 * carries it out, event by event. Throws `validation_failed`, `clock_not_local`, `clock_moving`.
 */
export async function advanceClock(ctx: Context, input: unknown): Promise<ClockResource> {
  if (!isClockMovable(ctx)) {
    const message = "Time is moved on the local chain only: this server works on networks with a time of their own.";
    throw new DomainError("conflict", "clock_not_local", message);
  }
  const startedAt = ctx.clock.now();
  const targetAt = readTarget(readFields(input), startedAt);
  if (!(await beginAdvance(ctx.db, { startedAt, targetAt }))) {
    throw new DomainError("conflict", "clock_moving", "The clock is being moved already: wait until it is there.");
  }
  return showClock(ctx);
}

/** Where the clock is to go. Throws `validation_failed`. */
function readTarget(fields: Fields, now: Date): Date {
  const target = fields.has("to") ? readTo(fields) : readDuration(fields, now);
  const field = fields.has("to") ? "to" : "value";
  const latest = later(now, { unit: "months", length: 12 }, MAX_YEARS);
  if (target !== null && target <= now) fields.problem(field, `must be later than now, ${now.toISOString()}`);
  if (target !== null && target.getTime() > LAST_MS) fields.problem(field, "must end before the year 9800");
  if (target !== null && target > latest) fields.problem(field, `must be at most ${MAX_YEARS} years ahead`);
  fields.done();
  return target ?? now;
}

function readTo(fields: Fields): Date | null {
  for (const name of ["value", "unit"]) if (fields.has(name)) fields.problem(name, "must be left out when to is given");
  const at = readInstant(fields.raw("to"));
  if (at === null) fields.problem("to", "must be a time such as 2026-01-31T12:00:00Z");
  return at;
}

function readDuration(fields: Fields, now: Date): Date | null {
  const unit = fields.choice("unit", durationUnits as unknown as ["seconds", ...typeof durationUnits]);
  const period = periods[unit];
  const seconds = period.length * (period.unit === "months" ? SHORTEST_MONTH_DAYS * DAY_SECONDS : 1);
  // What no calendar has is refused before it is counted; the exact limit is looked at after.
  const value = fields.integer("value", { min: 1, max: Math.floor((MAX_DAYS * DAY_SECONDS) / seconds) });
  return later(now, period, value);
}

/** `count` periods later, to the millisecond. */
function later(now: Date, period: Period, count: number): Date {
  const seconds = Math.floor(now.getTime() / 1000);
  return new Date(periodStart(seconds, period, count) * 1000 + (now.getTime() - seconds * 1000));
}
