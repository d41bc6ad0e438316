#!/usr/bin/env node
// The source is TypeScript, which the pinned Node runs as it is. An older one on the PATH only starts that one.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const RUNS_TYPESCRIPT = 24;

if (Number.parseInt(process.versions.node, 10) >= RUNS_TYPESCRIPT) await import("../src/main.ts");
else {
  const pinned = dirname(createRequire(import.meta.url).resolve("node/package.json"));
  const node = join(pinned, "bin", process.platform === "win32" ? "node.exe" : "node");
  const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: "inherit" });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  // A terminal sends Ctrl-C to both; told twice, it would not stop cleanly.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  child.on("exit", (code) => process.exit(code ?? 1));
}
