import type { TObject } from "typebox";

type Query = Record<string, unknown>;

/**
 * A query string is text: turns the fields that the schema wants as integer or boolean into such, in place, and drops
 * empty ones (1.x clients send `cursor=`). What is not exactly a number or a boolean stays text and fails validation.
 */
export function queryReader(schema: TObject): (query: Query) => void {
  const fields = Object.entries(schema.properties).map(([name, field]) => ({
    name,
    type: (field as { type?: string }).type,
  }));
  return (query) => {
    for (const { name, type } of fields) {
      const text = query[name];
      if (typeof text !== "string") continue;
      if (text === "") delete query[name];
      else if (type === "integer" && /^\d{1,15}$/.test(text)) query[name] = Number(text);
      else if (type === "boolean" && /^(true|1)$/i.test(text)) query[name] = true;
      else if (type === "boolean" && /^(false|0)$/i.test(text)) query[name] = false;
    }
  };
}

const DEFAULT_LIMIT = 20;

/** Which page a list is asked for. */
export function pageQuery(query: Readonly<Record<string, unknown>>): { limit: number; cursor?: string } {
  const { limit, cursor } = query as { limit?: number; cursor?: string };
  return { limit: limit ?? DEFAULT_LIMIT, ...(cursor !== undefined && { cursor }) };
}
