import { join } from "node:path";
import { build } from "vite";
import { buildExit } from "./build-exit.ts";

/** Builds the pages into dist/. Quiet unless something is wrong. */
export async function buildCheckout(outDir = join(import.meta.dirname, "dist")): Promise<void> {
  // Vite follows a NODE_ENV it finds: a test run's would build React's development version.
  process.env.NODE_ENV = "production";
  await build({
    configFile: join(import.meta.dirname, "vite.config.ts"),
    mode: "production",
    logLevel: "warn",
    build: { outDir },
  });
  await buildExit(outDir);
}

if (import.meta.main) await buildCheckout();
