// What the server's OpenAPI document and each SDK say of the same thing, in a form that no language owns.

export interface Shape {
  readonly type: "text" | "time" | "integer" | "number" | "boolean" | "enum" | "list" | "map" | "object" | "any";
  /** Of an enum. */
  readonly values?: readonly string[];
  /** Of a list, or of a map of free names. */
  readonly items?: Shape;
  /** Of an object. */
  readonly fields?: Fields;
}

export interface Field extends Shape {
  readonly required: boolean;
}
export type Fields = Readonly<Record<string, Field>>;

/** The Python SDK as python_sdk.py describes it. */
export interface PythonSdk {
  /** By `products.get_by_reference`: the named arguments by their names on the wire, and what is answered. */
  readonly methods: Readonly<Record<string, { readonly takes: Fields; readonly answers: Shape }>>;
  readonly types: Readonly<Record<string, Shape>>;
}

export const without = (fields: Fields, ...names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

/** The shape with each object in it changed. */
export function eachObject<S extends Shape>(shape: S, change: (fields: Fields) => Fields): S {
  const { items, fields } = shape;
  const inner = (all: Fields): Fields =>
    Object.fromEntries(Object.entries(all).map(([name, field]) => [name, eachObject(field, change)]));
  return {
    ...shape,
    ...(items !== undefined && { items: eachObject(items, change) }),
    ...(fields !== undefined && { fields: inner(change(fields)) }),
  };
}
