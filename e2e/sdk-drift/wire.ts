import type { Field, Fields, Shape } from "./shape.ts";

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly enum?: readonly (string | number)[];
}
interface Content {
  readonly content?: { readonly "application/json": { readonly schema: Schema; readonly example?: unknown } };
}
interface Described {
  readonly operationId: string;
  readonly deprecated?: boolean;
  readonly security: readonly object[];
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: Schema & { readonly description?: string };
  }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly webhooks: Readonly<Record<string, { readonly post: { readonly requestBody: Content } }>>;
}

/** A route that wants a key, as the document has it. */
export interface Operation {
  readonly method: string;
  readonly path: RegExp;
  readonly query: Fields;
  readonly body: Fields;
  /** A list is the list of its items, paged or not. */
  readonly answer: Shape;
  /** The document's own example of it. */
  readonly example: unknown;
  readonly isIdempotent: boolean;
}

function shapeOf({ type, format, properties, patternProperties, required = [], items, enum: values }: Schema): Shape {
  if (values !== undefined) return { type: "enum", values: values.map(String).sort() };
  if (items !== undefined) return { type: "list", items: shapeOf(items) };
  if (properties !== undefined) {
    const fields = Object.entries(properties).map(([name, schema]): [string, Field] => [
      name,
      { required: required.includes(name), ...shapeOf(schema) },
    ]);
    return { type: "object", fields: Object.fromEntries(fields) };
  }
  const [ofNames] = Object.values(patternProperties ?? {});
  if (ofNames !== undefined) return { type: "map", items: shapeOf(ofNames) };
  if (type === "string") return { type: format === "date-time" ? "time" : "text" };
  return { type: type === "integer" || type === "number" || type === "boolean" ? type : "any" };
}

function answerOf(schema: Schema): Shape {
  const { items } = schema.properties ?? {};
  return shapeOf(items?.type === "array" ? items : schema);
}

const schemaOf = (content: Content | undefined): Schema => content?.content?.["application/json"].schema ?? {};

/** By operationId. What older clients call by another address is left out: it is the same route. */
export function operationsOf({ paths }: OpenApi): Map<string, Operation> {
  const found = new Map<string, Operation>();
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, described] of Object.entries(methods)) {
      const { operationId, deprecated, security, parameters, requestBody, responses } = described;
      const isForKeys = security.some((way) => "apiKey" in way) && security.length === 1;
      if (deprecated === true || !isForKeys) continue;
      const inQuery = parameters.flatMap(({ name, in: place, required, schema }): [string, Field][] =>
        place === "query" ? [[name, { required, ...shapeOf(schema) }]] : [],
      );
      found.set(operationId, {
        method: method.toUpperCase(),
        path: new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}/?$`),
        query: Object.fromEntries(inQuery),
        body: shapeOf(schemaOf(requestBody)).fields ?? {},
        answer: answerOf(schemaOf(responses["200"])),
        example: responses["200"]?.content?.["application/json"].example,
        isIdempotent: parameters.some(({ name }) => name === "Idempotency-Key"),
      });
    }
  }
  return found;
}

/** What a webhook carries, by the document's name for it. */
export const webhookOf = ({ webhooks }: OpenApi, name: string): Shape =>
  shapeOf(schemaOf(webhooks[name]?.post.requestBody));
