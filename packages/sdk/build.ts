// Makes dist/: what is published, and what other packages of this repository run. ESM and CommonJS, each with its types.
import { spawnSync } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "rolldown";

const root = import.meta.dirname;

/** Builds the SDK from scratch; the types only where TypeScript is installed (a production install has none). */
export async function buildSdk(dist: string = join(root, "dist")): Promise<void> {
  await rm(dist, { recursive: true, force: true });
  for (const format of ["esm", "cjs"] as const) {
    await build({
      input: join(root, "src/index.ts"),
      platform: "neutral",
      logLevel: "warn",
      transform: { target: "es2022" },
      output: { file: join(dist, format, "index.js"), format, exports: "named" },
    });
  }
  // The package is "type": "module"; this makes Node and TypeScript read dist/cjs as CommonJS.
  await writeFile(join(dist, "cjs/package.json"), '{ "type": "commonjs" }\n');
  const compiler = findCompiler();
  if (compiler !== undefined) await buildTypes(compiler, dist);
}

async function buildTypes(compiler: string, dist: string): Promise<void> {
  const options = ["-p", join(root, "tsconfig.build.json"), "--outDir", join(dist, "esm")];
  const run = spawnSync(process.execPath, [compiler, ...options], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(`The SDK's types could not be built:\n${run.stdout}${run.stderr}`);
  const esm = join(dist, "esm");
  for (const name of await readdir(esm, { recursive: true })) {
    if (!name.endsWith(".d.ts")) continue;
    // TypeScript leaves the .ts endings of imports in declarations; published ones name the .js beside them.
    const text = (await readFile(join(esm, name), "utf8")).replace(/(from "\.[^"]+)\.ts"/g, '$1.js"');
    await writeFile(join(esm, name), text);
    await mkdir(dirname(join(dist, "cjs", name)), { recursive: true });
    await cp(join(esm, name), join(dist, "cjs", name));
  }
}

/** The launcher of the TypeScript this package is built with. */
export function findCompiler(): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  } catch {
    return undefined;
  }
}

if (import.meta.main) await buildSdk();
