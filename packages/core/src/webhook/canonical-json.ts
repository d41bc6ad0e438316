export const MAX_DEPTH = 64;
// What HTML could stumble over, and the two line ends that JavaScript knows and JSON does not (API-V1.md).
const ESCAPED = /[<>&\u2028\u2029]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

/** A value that has no canonical form: not JSON, control characters, lone surrogates, too deep. */
export class CanonicalJsonError extends Error {
  override readonly name = "CanonicalJsonError";
}

/**
 * The one text of a JSON value, whatever wrote it: keys sorted by their UTF-8 bytes at every level, no white space,
 * numbers as ECMAScript prints them, literal UTF-8 except `<` `>` `&` U+2028 U+2029 as `\uXXXX`. Throws
 * CanonicalJsonError.
 */
export function canonicalJson(value: unknown): string {
  return write(value, { depth: 0, dropNulls: false });
}

/** The same without fields that are null: what some clients add when they encode again what we sent without them. */
export function canonicalJsonWithoutNulls(value: unknown): string {
  return write(value, { depth: 0, dropNulls: true });
}

interface Place {
  readonly depth: number;
  readonly dropNulls: boolean;
}

function write(value: unknown, { depth, dropNulls }: Place): string {
  if (depth > MAX_DEPTH) throw new CanonicalJsonError(`JSON may be nested ${MAX_DEPTH} deep.`);
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return text(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new CanonicalJsonError("A number must be finite.");
    // JSON has one zero.
    return JSON.stringify(value === 0 ? 0 : value);
  }
  const inside = { depth: depth + 1, dropNulls };
  if (Array.isArray(value)) return `[${value.map((item) => write(item, inside)).join(",")}]`;
  if (typeof value !== "object") throw new CanonicalJsonError(`A ${typeof value} is not JSON.`);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined && !(dropNulls && item === null));
  const sorted = entries
    .map(([key, item]) => ({ key, item, bytes: Buffer.from(key) }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes));
  return `{${sorted.map(({ key, item }) => `${text(key)}:${write(item, inside)}`).join(",")}}`;
}

function text(value: string): string {
  if (!value.isWellFormed()) throw new CanonicalJsonError("A text has half a surrogate pair.");
  if (FORBIDDEN.test(value)) throw new CanonicalJsonError("A text has control characters.");
  return JSON.stringify(value).replace(ESCAPED, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
