// The compiler compares the TypeScript SDK with the document: what the document says is written as types beside the SDK's.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Fields, Shape } from "./shape.ts";

const root = join(import.meta.dirname, "../..");

/** One comparison; its name is what an objection begins with. */
export interface Claim {
  readonly name: string;
  /** A type, in the words of `helpers`. */
  readonly sdk: string;
  readonly wire: Shape;
  /** The SDK knows more of what belongs together: the same names, and all of it can be sent. */
  readonly isNarrower?: boolean;
}

const helpers = `
import type * as sdk from "${join(root, "packages/sdk/src/index.ts")}";

type Answer<M> = M extends (...given: never[]) => infer R ? Settled<R> : never;
type Settled<R> = R extends PromiseLike<infer P>
  ? P extends sdk.Page<infer Item> ? Item[] : P
  : R extends AsyncIterable<infer Item> ? Item[] : never;
type Flat<T> = T extends (infer Item)[] ? Flat<Item>[] : T extends object ? { [Name in keyof T]: Flat<T[Name]> } : T;
type Same<A, B> = (<T>() => T extends Flat<A> ? 1 : 2) extends <T>() => T extends Flat<B> ? 1 : 2 ? true : "not the same";

type Names<T> = T extends unknown ? keyof T : never;
/** JSON leaves out what is undefined, and writes dates as text. */
type Sent<T> = T extends unknown ? { [Name in keyof T as Exclude<Name, keyof sdk.AdvanceOptions>]: SentValue<T[Name]> } : never;
type SentValue<T> = T extends undefined ? never : T extends Date ? string : T;
/** What stands in a method's object; each object is of one of several kinds where something is said in several ways. */
type Taken<M, Index extends number> = M extends (...given: infer Given) => unknown ? Sent<NonNullable<Given[Index]>> : never;
`;

/** A shape as a type. TypeScript has one type for numbers, and times are text. */
function typeOf({ type, values, items, fields }: Shape): string {
  if (type === "enum")
    return (values ?? []).map((value) => (/^\d+$/.test(value) ? value : JSON.stringify(value))).join(" | ");
  if (type === "list") return `(${typeOf(items ?? { type: "any" })})[]`;
  if (type === "map") return `Record<string, ${typeOf(items ?? { type: "any" })}>`;
  if (fields !== undefined) return objectOf(fields);
  const names = {
    text: "string",
    time: "string",
    integer: "number",
    number: "number",
    boolean: "boolean",
    any: "unknown",
  };
  return type === "object" ? "object" : names[type];
}

function objectOf(fields: Fields): string {
  const members = Object.entries(fields).map(
    ([name, field]) => `${name}${field.required ? "" : "?"}: ${typeOf(field)};`,
  );
  return `{ ${members.join(" ")} }`;
}

function linesOf({ name, sdk, wire, isNarrower }: Claim, index: number): string {
  const [ours, theirs] = [`Sdk${index}`, `Wire${index}`];
  const types = `// ${name}\ntype ${ours} = ${sdk};\ntype ${theirs} = ${typeOf(wire)};`;
  const check = (type: string) => `{ const same: ${type} = true; void same; }`;
  // What the compiler says of an assignment names the field.
  const assigned = `{ const one = {} as ${ours}; const other: ${theirs} = one; void other; }`;
  if (isNarrower) return `${types} ${check(`Same<Names<${ours}>, keyof ${theirs}>`)} ${assigned}`;
  return `${types} ${check(`Same<${ours}, ${theirs}>`)} ${assigned}`;
}

/** What the compiler has against the claims, by their names; nothing, where all hold. */
export async function objections(claims: readonly Claim[]): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "qbitflow-drift-"));
  try {
    const code = claims.map(linesOf);
    writeFileSync(join(directory, "claims.ts"), `${helpers}\n${code.join("\n")}\n`);
    const compilerOptions = {
      ...{ target: "es2023", module: "nodenext", lib: ["es2023", "dom"], strict: true, noEmit: true },
      ...{ allowImportingTsExtensions: true, skipLibCheck: true, exactOptionalPropertyTypes: true, types: ["node"] },
      typeRoots: [join(root, "node_modules/@types")],
    };
    writeFileSync(join(directory, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["claims.ts"] }));
    const complaints = await compile(directory);
    const lines = `${helpers}\n${code.join("\n")}`.split("\n");
    return complaints.replaceAll(/claims\.ts\((\d+),\d+\)/g, (_, line: string) => nameBefore(lines, Number(line)));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function nameBefore(lines: readonly string[], line: number): string {
  return (
    lines
      .slice(0, line)
      .findLast((text) => text.startsWith("// "))
      ?.slice(3) ?? "helpers"
  );
}

function compile(directory: string): Promise<string> {
  const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  return new Promise((resolve) => {
    execFile(process.execPath, [compiler, "-p", directory], { cwd: directory }, (error, printed) => {
      resolve(error === null ? "" : printed || String(error));
    });
  });
}
