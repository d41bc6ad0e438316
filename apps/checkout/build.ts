import { rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "vite";
import { buildExit } from "./build-exit.ts";
import { type Page, pageBuild, pages } from "./page-build.ts";
import { precompress } from "./precompress.ts";

/** Builds the pages into dist/. Quiet unless something is wrong. */
export async function buildCheckout(outDir = join(import.meta.dirname, "dist")): Promise<void> {
  // Vite follows a NODE_ENV it finds: a test run's would build React's development version.
  process.env.NODE_ENV = "production";
  await rm(outDir, { recursive: true, force: true });
  for (const page of Object.keys(pages) as Page[]) await build(pageBuild(page, outDir));
  await precompress(outDir);
  await buildExit(outDir);
}

if (import.meta.main) await buildCheckout();
