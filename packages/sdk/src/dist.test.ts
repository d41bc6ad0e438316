import { execFile, execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { EdgeVM } from "@edge-runtime/vm";
import { build } from "rolldown";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { buildSdk, findCompiler } from "../build.ts";
import { problem, ScriptedApi } from "../test/scripted-api.ts";
import * as source from "./index.ts";

const packageRoot = join(import.meta.dirname, "..");
let consumer: string;
let dist: string;
let api: ScriptedApi;

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

const node18 = join(
  dirname(createRequire(import.meta.url).resolve("@qbitflow/node-18/package.json")),
  "node_modules/node/bin/node",
);
const session = { uuid: "0199", link: "http://pay/0199", expiresAt: 1_800_000_000 };
const createRoute = "POST /v1/transaction/session-checkout/";
const used = "0199 u1 signature_mismatch not_found ConnectionError true";

/** What every runtime must do: a session after one retry, a signature, its proof, a forgery seen, both kinds of failure. */
const useIt = (url: string) => `
  const client = new QBitFlow({ apiKey: "sk_1_test_x", baseUrl: "${url}", webhookSecret: "whsec_c2VjcmV0", retryDelayMs: 1 });
  const { uuid } = await client.oneTimePayments.createSession({ productName: "Tea", description: "Green", price: 24.99 });
  const { body, headers } = await client.webhooks.sign({ uuid: "u1" });
  const event = await client.webhooks.verify(body, headers);
  const forged = await client.webhooks.verify(body.replace("u1", "u2"), headers).catch((error) => error);
  const missing = await client.products.get(9).catch((error) => error);
  const away = new QBitFlow({ apiKey: "sk_1_test_x", baseUrl: "http://127.0.0.1:9", maxRetries: 0 });
  const failure = await away.products.getAll().catch((error) => error);
  const said = [uuid, event.uuid, forged.reason, missing.code, failure.name, failure instanceof QBitFlowError].join(" ");
`;

beforeEach(async ({ onTestFinished }) => {
  api = await new ScriptedApi().start();
  api.on(createRoute, problem(503, "unavailable", "Busy."), { body: session });
  onTestFinished(() => api.stop());
});

function expectOneSession(): void {
  const created = api.seen.filter(({ url }) => url === "/v1/transaction/session-checkout/");
  expect(created.map(({ body }) => body)).toEqual(
    Array(2).fill({ productName: "Tea", description: "Green", price: 24.99 }),
  );
  expect(new Set(created.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
}

test.each([
  ["Node 18", node18, /^v18\./],
  ["this Node", process.execPath, /^v24\./],
])("imported and required under %s", async (_, node, version) => {
  expect(execFileSync(node, ["--version"], { encoding: "utf8" })).toMatch(version);
  const files = {
    "use.mjs": `import { QBitFlow, QBitFlowError } from "@qbitflow/sdk";\n${useIt(api.url)}\nconsole.log(said);`,
    "use.cjs": `const { QBitFlow, QBitFlowError } = require("@qbitflow/sdk");\n(async () => {${useIt(api.url)}\nconsole.log(said);})();`,
  };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(consumer, name), text);
    api.seen.length = 0;
    api.on(createRoute, problem(503, "unavailable", "Busy."), { body: session });
    // Not the synchronous call: the server is in this process.
    const { stdout } = await promisify(execFile)(node, [name], { cwd: consumer });
    expect(stdout.trim()).toBe(used);
    expectOneSession();
  }
});

test("bundled for an edge runtime: no Node module, no eval, only what the web platform has", async () => {
  const entry = join(consumer, "edge.mjs");
  await writeFile(
    entry,
    `import { QBitFlow, QBitFlowError } from "@qbitflow/sdk";\nexport async function run() {${useIt(api.url)}\nreturn said; }`,
  );
  const { output } = await build({
    input: entry,
    cwd: consumer,
    platform: "neutral",
    logLevel: "warn",
    write: false,
    output: { format: "iife", name: "worker" },
  });
  const edge = new EdgeVM({ codeGeneration: { strings: false, wasm: false } });
  expect(edge.evaluate<string>("typeof process + typeof require + typeof Buffer")).toBe("undefined".repeat(3));
  edge.evaluate(output[0].code);
  expect(await edge.evaluate<Promise<string>>("worker.run()")).toBe(used);
  expectOneSession();
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
