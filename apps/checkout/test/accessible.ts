/** What a page must be for somebody who sees little, or has no mouse. */
import { expect } from "vitest";
import { hindrances } from "./hindrances.ts";
import type { CheckoutPage } from "./page.ts";

/** WCAG 2.2 AA, and nothing to scroll sideways for. */
export async function accessible({ page }: CheckoutPage): Promise<void> {
  expect(await hindrances(page)).toEqual([]);
}

/** Presses Tab until it has the focus, as somebody without a mouse does. */
export async function tabTo({ page }: CheckoutPage, testId: string): Promise<void> {
  for (let press = 0; press < 60; press += 1) {
    if (await page.evaluate((id) => document.activeElement?.closest(`[data-testid="${id}"]`) !== null, testId)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${testId} cannot be reached with Tab`);
}
