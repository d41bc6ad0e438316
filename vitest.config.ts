import { defineConfig } from "vitest/config";
import { TestOrder } from "./scripts/test-order.ts";

export default defineConfig({
  // Packages that are published from dist are tested from their source.
  ssr: { resolve: { conditions: ["qbitflow-source", "module", "node", "development|production"] } },
  test: {
    exclude: ["**/node_modules/**", "**/dist/**", "**/*.load.test.ts"],
    globalSetup: "scripts/test-shared.ts",
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // One more than the cores it is made for: tests of the running system wait for blocks, pages and other processes.
    maxWorkers: 3,
    sequence: { sequencer: TestOrder },
    projects: [
      {
        extends: true,
        test: {
          name: "system",
          include: ["{e2e,examples,docs,scripts,bench,sdks}/**/*.test.ts", "apps/checkout/test/**/*.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "units",
          include: ["packages/**/*.test.ts", "apps/{server,checkout}/src/**/*.test.{ts,tsx}"],
          // Nothing here changes what another file sees, and importing everything anew for each took a fifth of the time.
          isolate: false,
        },
      },
    ],
  },
});
