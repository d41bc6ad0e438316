// With its zone: a time without one would mean the server's.
const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/i;
const YEAR_10000_MS = Date.UTC(10_000, 0);

/**
 * A time as RFC 3339 writes it, like 2027-01-31T12:00:00Z; null for anything else, for a day that no calendar has, and for
 * what is, in UTC, before 1970 or not of four digits of a year: a database takes no such time. Pure.
 */
export function readInstant(value: unknown): Date | null {
  const [, day] = typeof value === "string" ? (INSTANT.exec(value) ?? []) : [];
  if (day === undefined || new Date(day).toJSON()?.slice(0, 10) !== day) return null;
  const at = new Date(value as string);
  const ms = at.getTime();
  return ms >= 0 && ms < YEAR_10000_MS ? at : null;
}
