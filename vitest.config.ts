import { defineConfig } from "vitest/config";
import { TestOrder } from "./scripts/test-order.ts";

export default defineConfig({
  // Packages that are published from dist are tested from their source.
  ssr: { resolve: { conditions: ["qbitflow-source", "module", "node", "development|production"] } },
  test: {
    include: ["{apps,packages,scripts,sdks,bench,examples,e2e,docs}/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", "**/dist/**", "**/*.load.test.ts"],
    globalSetup: "scripts/test-shared.ts",
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // One more than the cores it is made for: tests of the running system wait for blocks, pages and other processes.
    maxWorkers: 3,
    sequence: { sequencer: TestOrder },
  },
});
