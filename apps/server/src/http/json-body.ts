import { isUtf8 } from "node:buffer";
import { DomainError } from "@qbitflow/core";
import type { FastifyInstance } from "fastify";
import type { TSchema } from "typebox";

/** Deeper JSON is refused before it is parsed, so that nothing that walks it can run out of stack. */
const MAX_DEPTH = 64;

/** Deepest nesting of arrays and objects in JSON text, stopping at `limit + 1`; texts in quotes do not count. */
export function jsonDepth(text: string, limit: number): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (quoted) {
      if (code === 92) index++;
      else if (code === 34) quoted = false;
    } else if (code === 34) quoted = true;
    else if (code === 123 || code === 91) {
      depth++;
      if (depth > deepest) deepest = depth;
      if (depth > limit) return deepest;
    } else if (code === 125 || code === 93) depth--;
  }
  return deepest;
}

/** Takes JSON bodies as UTF-8 text of bounded depth; an empty body is no body, whatever the content type says. */
export function acceptJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "ignore");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body, done) => {
    const bytes = body as Buffer;
    if (bytes.length === 0) return done(null, undefined);
    if (!isUtf8(bytes)) return done(invalidJson());
    const text = bytes.toString("utf8");
    if (jsonDepth(text, MAX_DEPTH) > MAX_DEPTH) {
      return done(new DomainError("invalid", "json_too_deep", `The JSON is nested deeper than ${MAX_DEPTH} levels.`));
    }
    parse(request, text, (error, value) => (error ? done(invalidJson()) : done(null, value)));
  });
}

function invalidJson(): DomainError {
  return new DomainError("invalid", "invalid_json", "The body is not valid JSON: send UTF-8 JSON.");
}

/** In a request null means absent: removes such fields in place, as deep as they go (the depth is bounded). */
export function dropNulls(value: unknown, deep = true): void {
  if (Array.isArray(value)) {
    if (deep) for (const item of value) dropNulls(item);
  } else if (typeof value === "object" && value !== null) {
    const fields = value as Record<string, unknown>;
    for (const key of Object.keys(fields)) {
      if (fields[key] === null) delete fields[key];
      else if (deep && typeof fields[key] === "object") dropNulls(fields[key]);
    }
  }
}

interface FieldSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly FieldSchema[];
}

const takesText = ({ type, anyOf = [], enum: choices = [] }: FieldSchema): boolean =>
  type === "string" || choices.some((choice) => typeof choice === "string") || anyOf.some(takesText);

/**
 * 1.x clients send empty text for what their caller did not set: absent, wherever the field is optional and a text. In a
 * number's place it is a mistake, and leaving it out could mean a limit less. In place.
 */
export function emptyTextDropper(schema: TSchema): (body: unknown) => void {
  const { properties = {}, required = [] } = schema as {
    properties?: Record<string, FieldSchema>;
    required?: string[];
  };
  // An empty description is one: a shop may have nothing to add to a product's name.
  const optional = Object.entries(properties)
    .filter(([name, field]) => !required.includes(name) && name !== "description" && takesText(field))
    .map(([name]) => name);
  return (body) => {
    if (typeof body !== "object" || body === null) return;
    const fields = body as Record<string, unknown>;
    for (const name of optional) if (fields[name] === "") delete fields[name];
  };
}
