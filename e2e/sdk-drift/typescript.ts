import type { FieldShape, ObjectShape, SdkTypes } from "./shape.ts";

/** Cuts at a separator that stands in no bracket. */
function split(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = "";
  for (const character of text) {
    if ("{[(<".includes(character)) depth++;
    if ("}])>".includes(character)) depth--;
    if (character === separator && depth === 0) {
      parts.push(part);
      part = "";
    } else part += character;
  }
  return [...parts, part].map((one) => one.trim()).filter((one) => one !== "");
}

/** The text or number that a literal type allows; none for any other type. */
function literal(type: string): string[] | undefined {
  const text = /^"(.*)"$|^(\d+)$/.exec(type);
  return text === null ? undefined : [text[1] ?? text[2] ?? ""];
}

/** Reads a module of exported interfaces and types, as the SDK's types.ts is. Throws where it cannot read one. */
export function typesOfTypeScript(source: string): SdkTypes {
  const text = source.replace(/\/\*\*.*?\*\//gs, "").replace(/^\s*\/\/.*$/gm, "");
  const declared = new Map<string, { readonly bases: string; readonly body: string }>();
  for (const [, name = "", bases = "", body = ""] of text.matchAll(
    /^export interface (\w+)(?: extends (\w+))? (\{.*?^\})/gms,
  )) {
    declared.set(name, { bases, body });
  }
  for (const [, name = "", body = ""] of text.matchAll(/^export type (\w+) =\s*(.*?);\n(?=\n|export|(?!.))/gms)) {
    declared.set(name, { bases: "", body });
  }

  /** The texts a type allows, if it allows only certain ones. */
  function valuesOf(type: string): string[] | undefined {
    const known = declared.get(type);
    if (known !== undefined) return known.body.startsWith("{") ? undefined : valuesOf(known.body);
    const alternatives = split(type, "|").filter((one) => one !== "undefined");
    const found = alternatives.map((one) => (declared.has(one) ? valuesOf(one) : literal(one)));
    return found.every((one) => one !== undefined) ? found.flatMap((one) => one ?? []) : undefined;
  }

  function fieldsOf(body: string): ObjectShape {
    const fields: Record<string, FieldShape> = {};
    for (const member of split(body.slice(1, -1), ";")) {
      const [, name, optional, type = ""] = /^(\w+)(\?)?:\s*(.*)$/s.exec(member) ?? [];
      if (name === undefined) throw new Error(`What is the field "${member}"?`);
      if (type === "never") continue;
      const values = valuesOf(type);
      fields[name] = { required: optional === undefined, ...(values !== undefined && { values }) };
    }
    return fields;
  }

  const optional = (shape: ObjectShape): ObjectShape =>
    Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, { ...field, required: false }]));

  function shapeOf(type: string): ObjectShape {
    const known = declared.get(type);
    if (known !== undefined) return { ...(known.bases === "" ? {} : shapeOf(known.bases)), ...shapeOf(known.body) };
    const all = split(type, "&");
    if (all.length > 1) return Object.assign({}, ...all.map(shapeOf)) as ObjectShape;
    // One of several objects: each field may be missing.
    const any = split(type, "|");
    if (any.length > 1) return Object.assign({}, ...any.map(shapeOf).map(optional)) as ObjectShape;
    const [single = ""] = any;
    const mapped = /^\{ \[\w+ in keyof (\w+)\]\?:/.exec(single)?.[1];
    if (mapped !== undefined) return optional(shapeOf(mapped));
    if (single.startsWith("{")) return fieldsOf(single);
    throw new Error(`What is the type "${type}"?`);
  }

  const objects = [...declared].filter(
    ([name, { body }]) => body.includes("{") || (valuesOf(name) === undefined && /[&|]/.test(body)),
  );
  return new Map(objects.map(([name]) => [name, shapeOf(name)]));
}
