import { DomainError } from "./errors.ts";

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;
const MAX_CURSOR_LENGTH = 500;

export interface PageQuery {
  readonly limit?: unknown;
  readonly cursor?: unknown;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

/** Whether a text can stand at this place in a list's key: the database must not stumble over a made-up cursor. */
export type KeyPart = (text: string) => boolean;

/** A time as `Date.toISOString` writes it, within the years that every database knows. */
export const isTimeKey: KeyPart = (text) => {
  const at = new Date(text);
  return (
    text.length === "2026-03-01T12:00:00.000Z".length &&
    !Number.isNaN(at.getTime()) &&
    at.toISOString() === text &&
    at.getUTCFullYear() > 0
  );
};

/** Opaque to callers; names the last item of a page, never a position. */
export function cursorOf(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

function parseCursor(cursor: unknown, parts: readonly KeyPart[]): string[] {
  try {
    if (typeof cursor !== "string" || cursor.length > MAX_CURSOR_LENGTH) throw new Error("not a cursor");
    const key: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (!Array.isArray(key) || key.length !== parts.length) throw new Error("another list's cursor");
    if (!parts.every((part, index) => typeof key[index] === "string" && part(key[index]))) {
      throw new Error("not this list's cursor");
    }
    return key;
  } catch (cause) {
    throw new DomainError("invalid", "invalid_cursor", "The cursor is not one this list gave.", { cause });
  }
}

/**
 * What page is asked for: `after` is the key of the last item seen, null at the beginning. `parts` judges each part
 * of this list's key. Throws `invalid_cursor`, or `validation_failed` for a limit outside 1..100.
 */
export function readPage(query: PageQuery, parts: readonly KeyPart[]): { limit: number; after: string[] | null } {
  const limit = query.limit ?? DEFAULT_LIMIT;
  if (typeof limit !== "number" || !Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    const message = `limit must be a whole number from 1 to ${MAX_LIMIT}.`;
    throw new DomainError("invalid", "validation_failed", message, { fields: [{ field: "limit", message }] });
  }
  const absent = query.cursor === undefined || query.cursor === null || query.cursor === "";
  return { limit, after: absent ? null : parseCursor(query.cursor, parts) };
}

/** Makes a page of `limit` items out of rows that were asked for one more than that. */
export function pageOf<T>(rows: readonly T[], limit: number, keyOf: (row: T) => readonly string[]): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursorOf(keyOf(last)) : null };
}
