import type { Fields } from "./fields.ts";
import { textProblem } from "./text.ts";

const MAX_PAIRS = 50;
const KEY = { max: 40, name: true } as const;
const VALUE = { max: 500 } as const;

function metadataProblem(value: unknown): string | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "must be an object of texts";
  const pairs = Object.entries(value);
  if (pairs.length > MAX_PAIRS) return `must have at most ${MAX_PAIRS} pairs`;
  for (const [key, text] of pairs) {
    const wrongKey = textProblem(key, KEY);
    if (wrongKey !== null) return `has a key that ${wrongKey}`;
    const wrongText = typeof text === "string" ? textProblem(text, VALUE) : "must be a text";
    if (wrongText !== null) return `has a value that ${wrongText}`;
  }
  return null;
}

/** A merchant's own pairs of texts, complained of in the field `metadata`; null = none. */
export function readMetadata(fields: Fields): Readonly<Record<string, string>> | null {
  if (!fields.has("metadata")) return null;
  const value = fields.raw("metadata");
  const wrong = metadataProblem(value);
  if (wrong === null) return value as Record<string, string>;
  fields.problem("metadata", wrong);
  return null;
}
