import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtCheckout } from "../test/built.ts";
import { checkoutAssets } from "./assets.ts";

const budgetBytes = 120 * 1024;
let directory: string;
let remove: () => void;

beforeAll(async () => {
  ({ directory, remove } = await builtCheckout());
});
afterAll(() => remove());

describe("the built page", () => {
  it("loads at most 120 kB of compressed JavaScript at first", () => {
    const { js } = checkoutAssets(directory);
    const sizes = js.map((path) => gzipSync(readFileSync(join(directory, basename(path)))).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(budgetBytes);
  });

  it("keeps wallet and chain libraries out of the first load", () => {
    const first = checkoutAssets(directory).js.map((path) => readFileSync(join(directory, basename(path)), "utf8"));
    const later = readdirSync(directory).filter((file) => file.endsWith(".js")).length - first.length;
    expect(first.join("")).not.toMatch(/relay\.walletconnect|function payNative/);
    expect(later).toBeGreaterThanOrEqual(3);
  });

  it("is a production build", () => {
    const first = checkoutAssets(directory).js.map((path) => readFileSync(join(directory, basename(path)), "utf8"));
    // JSX built for development carries where each element stands; React and Preact's tools say who they are.
    expect(first.join("")).not.toMatch(/\.tsx|jsxDEV|react\.dev|preact\/debug/);
  });

  it("says what to run when it has not been built", () => {
    expect(() => checkoutAssets(join(directory, "nowhere"))).toThrow("npm run build -w @qbitflow/checkout");
  });
});
