/** What a page must be for somebody who sees little, or has no mouse. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect } from "vitest";
import type { CheckoutPage } from "./page.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.2 AA, and nothing to scroll sideways for. */
export async function accessible({ page }: CheckoutPage): Promise<void> {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const { violations } = await (window as unknown as { axe: Axe }).axe.run(document, { runOnly });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  });
  expect(found).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}
interface Axe {
  run(
    root: Document,
    options: { runOnly: string[] },
  ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

/** Presses Tab until it has the focus, as somebody without a mouse does. */
export async function tabTo({ page }: CheckoutPage, testId: string): Promise<void> {
  for (let press = 0; press < 60; press += 1) {
    if (await page.evaluate((id) => document.activeElement?.closest(`[data-testid="${id}"]`) !== null, testId)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${testId} cannot be reached with Tab`);
}
