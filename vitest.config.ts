import { defineConfig } from "vitest/config";

export default defineConfig({
  // Packages that are published from dist are tested from their source.
  ssr: { resolve: { conditions: ["qbitflow-source", "module", "node", "development|production"] } },
  test: {
    include: ["{apps,packages,scripts,sdks,bench,examples,e2e,docs}/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", "**/dist/**", "**/*.load.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
