import type { FieldShape, ObjectShape } from "./shape.ts";

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number;
  readonly anyOf?: readonly Schema[];
}

interface Operation {
  readonly operationId?: string;
  readonly requestBody?: { readonly content: { readonly "application/json": { readonly schema: Schema } } };
  readonly responses?: Readonly<
    Record<string, { readonly content?: { readonly "application/json": { readonly schema: Schema } } }>
  >;
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly webhooks: Readonly<Record<string, { readonly post: Operation }>>;
}

function valuesOf({ enum: values, const: value, anyOf }: Schema): string[] | undefined {
  if (values !== undefined) return values.map(String);
  if (value !== undefined) return [String(value)];
  const alternatives = anyOf?.map(valuesOf);
  return alternatives?.every((one) => one !== undefined) ? alternatives.flatMap((one) => one ?? []) : undefined;
}

function shapeOf(schema: Schema): ObjectShape {
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]): [string, FieldShape] => {
    const values = valuesOf(field);
    const required = schema.required?.includes(name) ?? false;
    return [name, { required, ...(values !== undefined && { values }) }];
  });
  return Object.fromEntries(fields);
}

/**
 * The shape at a place of the document: `answer getProduct`, `body createProduct`, `webhook session`, and after it the way
 * inside: `answer listProducts []`, `answer getPayment currency mainCurrency`.
 */
export function wireShape({ paths, webhooks }: OpenApi, place: string): ObjectShape {
  const [kind, name = "", ...way] = place.split(" ");
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  const operation =
    kind === "webhook" ? webhooks[name]?.post : operations.find(({ operationId }) => operationId === name);
  const content = kind === "answer" ? operation?.responses?.["200"]?.content : operation?.requestBody?.content;
  let schema = content?.["application/json"].schema;
  for (const step of way) schema = step === "[]" ? schema?.items : schema?.properties?.[step];
  if (schema?.properties === undefined) throw new Error(`The document has nothing at: ${place}`);
  return shapeOf(schema);
}
