import type { Period } from "./mandate.ts";

const DAY = 86_400;
/** Years below 100 mean something else to Date.UTC, so months are counted from here. */
const EPOCH_YEAR = 1970;

function requireInteger(value: number, what: string, minimum: number): void {
  if (!Number.isSafeInteger(value) || value < minimum) {
    throw new RangeError(`${what} must be an integer from ${minimum}.`);
  }
}

/** Months since the epoch, day of the month, and second of the day (UTC). */
function split(atSeconds: number): { month: number; day: number; second: number } {
  const date = new Date(atSeconds * 1000);
  const second = atSeconds % DAY;
  return { month: (date.getUTCFullYear() - EPOCH_YEAR) * 12 + date.getUTCMonth(), day: date.getUTCDate(), second };
}

function lastDayOf(month: number): number {
  return new Date(Date.UTC(EPOCH_YEAR, month + 1, 0)).getUTCDate();
}

/**
 * When period `k` begins, in unix seconds: `anchorSeconds` for 0. Calendar months keep the anchor's day and time of
 * day (UTC); where a month is too short, its last day stands in, for that month only. As the contract counts. Throws
 * RangeError for what is no time, no period or a time that no calendar has.
 */
export function periodStart(anchorSeconds: number, period: Period, k: number): number {
  requireInteger(anchorSeconds, "The anchor", 0);
  requireInteger(period.length, "A period's length", 1);
  requireInteger(k, "A period's index", 0);
  if (period.unit === "seconds") {
    const start = anchorSeconds + k * period.length;
    requireInteger(start, "A period's start", 0);
    return start;
  }
  const anchor = split(anchorSeconds);
  const month = anchor.month + k * period.length;
  const day = Math.min(anchor.day, lastDayOf(month));
  const start = Date.UTC(EPOCH_YEAR, month, day) / 1000 + anchor.second;
  requireInteger(start, "A period's start", 0);
  return start;
}

/** The period that runs at a time (unix seconds): the last that has begun; −1 before the anchor. Throws RangeError as `periodStart`. */
export function periodIndexAt(anchorSeconds: number, period: Period, atSeconds: number): number {
  requireInteger(anchorSeconds, "The anchor", 0);
  requireInteger(period.length, "A period's length", 1);
  requireInteger(atSeconds, "A time", 0);
  if (atSeconds < anchorSeconds) return -1;
  if (period.unit === "seconds") return Math.floor((atSeconds - anchorSeconds) / period.length);
  const begunByMonth = Math.floor((split(atSeconds).month - split(anchorSeconds).month) / period.length);
  return periodStart(anchorSeconds, period, begunByMonth) > atSeconds ? begunByMonth - 1 : begunByMonth;
}
