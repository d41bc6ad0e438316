import { defineConfig } from "vitest/config";

export default defineConfig({
  // Packages that are published from dist are tested from their source.
  ssr: { resolve: { conditions: ["qbitflow-source", "module", "node", "development|production"] } },
  test: {
    include: ["{apps,packages,scripts,bench,examples,e2e,docs}/**/*.load.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    globalSetup: "scripts/test-shared.ts",
    testTimeout: 1_800_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
  },
});
