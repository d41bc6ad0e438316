import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildSdk, findCompiler } from "../build.ts";
import * as source from "./index.ts";

const packageRoot = join(import.meta.dirname, "..");
let consumer: string;
let dist: string;

// A project outside the repository that has installed what would be published.
beforeAll(async () => {
  consumer = await mkdtemp(join(tmpdir(), "qbitflow-sdk-"));
  const installed = join(consumer, "node_modules/@qbitflow/sdk");
  dist = join(installed, "dist");
  await buildSdk(dist);
  await cp(join(packageRoot, "package.json"), join(installed, "package.json"));
  const types = dirname(dirname(createRequire(import.meta.url).resolve("@types/node/package.json")));
  await symlink(types, join(consumer, "node_modules/@types"));
  await symlink(join(dirname(types), "undici-types"), join(consumer, "node_modules/undici-types"));
});
afterAll(() => rm(consumer, { recursive: true, force: true }));

/** This Node and every other one on the PATH, so that the oldest at hand is tried too. */
function nodes(): string[] {
  const byVersion = new Map<string, string>();
  for (const folder of [dirname(process.execPath), ...(process.env.PATH ?? "").split(delimiter)]) {
    try {
      const node = join(folder, "node");
      const version = execFileSync(node, ["--version"], { encoding: "utf8", stdio: "pipe" }).trim();
      if (Number(/^v(\d+)/.exec(version)?.[1]) >= 18 && !byVersion.has(version)) byVersion.set(version, node);
    } catch {
      // Most folders hold no Node.
    }
  }
  return [...byVersion.values()];
}

const useIt = `
  const client = new QBitFlow({ apiKey: "sk_1_test_x", baseUrl: "http://127.0.0.1:9", webhookSecret: "whsec_c2VjcmV0" });
  const { body, headers } = await client.webhooks.sign({ uuid: "u1" });
  const event = await client.webhooks.verify(body, headers);
  const failure = await client.products.create({ name: "a", description: "b", price: 1 }, { maxRetries: 0 }).catch((error) => error);
  console.log(event.uuid, failure.name, failure instanceof QBitFlowError);
`;

test.each(nodes())("imported and required under %s", async (node) => {
  await writeFile(join(consumer, "use.mjs"), `import { QBitFlow, QBitFlowError } from "@qbitflow/sdk";\n${useIt}`);
  await writeFile(
    join(consumer, "use.cjs"),
    `const { QBitFlow, QBitFlowError } = require("@qbitflow/sdk");\n(async () => {${useIt}})();`,
  );
  for (const file of ["use.mjs", "use.cjs"]) {
    const output = execFileSync(node, [file], { cwd: consumer, encoding: "utf8" });
    expect(output.trim()).toBe("u1 ConnectionError true");
  }
});

test("both builds export what the source exports", async () => {
  const esm = (await import(join(dist, "esm/index.js"))) as object;
  const cjs = createRequire(import.meta.url)(join(dist, "cjs/index.js")) as object;
  const names = Object.keys(source).sort();
  expect(Object.keys(esm).sort()).toEqual(names);
  expect(
    Object.keys(cjs)
      .filter((name) => name !== "__esModule")
      .sort(),
  ).toEqual(names);
});

test("the bundles import nothing: no Node module, no dependency", async () => {
  for (const format of ["esm", "cjs"]) {
    const text = await readFile(join(dist, format, "index.js"), "utf8");
    expect(text).not.toMatch(/\bnode:/);
    expect(text).not.toMatch(/\brequire\(|^import |\bfrom ["']/m);
    expect(text.match(/\bimport\(/g)).toHaveLength(1);
  }
  const manifest = JSON.parse(await readFile(join(packageRoot, "package.json"), "utf8")) as Record<string, unknown>;
  expect(manifest).not.toHaveProperty("dependencies");
  expect(manifest.version).toBe(source.version);
});

test("the types stand alone", async () => {
  const declarations = (await readdir(dist, { recursive: true })).filter((name) => name.endsWith(".d.ts"));
  expect(declarations.length).toBeGreaterThan(20);
  for (const name of declarations) {
    const text = await readFile(join(dist, name), "utf8");
    for (const [, specifier] of text.matchAll(/from "([^"]+)"/g)) expect(specifier).toMatch(/^\.\.?\/.+\.js$/);
  }
});

test("README snippets compile for users of ESM and CommonJS, with all checks on", async () => {
  const readme = await readFile(join(packageRoot, "README.md"), "utf8");
  const snippets = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code ?? "");
  expect(snippets.length).toBeGreaterThan(4);
  await mkdir(join(consumer, "snippets"));
  for (const [index, code] of snippets.entries()) {
    await writeFile(join(consumer, `snippets/esm-${index}.mts`), `${code}\nexport {};\n`);
  }
  const required =
    'import sdk = require("@qbitflow/sdk");\nconst page: Promise<sdk.Page<sdk.Payment> | null> | undefined = undefined;\nexport = [sdk.QBitFlow, page];\n';
  await writeFile(join(consumer, "snippets/cjs.cts"), required);
  const compilerOptions = {
    target: "es2022",
    module: "nodenext",
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    lib: ["es2022"],
    types: ["node"],
  };
  await writeFile(join(consumer, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["snippets"] }));
  const compiler = findCompiler() ?? "";
  const run = () => execFileSync(process.execPath, [compiler, "-p", consumer], { encoding: "utf8", stdio: "pipe" });
  try {
    run();
  } catch (error) {
    throw new Error((error as { stdout: string }).stdout);
  }
});
