import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(join(import.meta.dirname, "styles.css"), "utf8");
const [light = "", dark = ""] = [...css.matchAll(/:root \{([^}]*)\}/g)].map((match) => match[1]);

// Text on its ground, as the components use them.
const pairs = [
  ["ink", "page"],
  ["ink", "panel"],
  ["ink", "well"],
  ["muted", "page"],
  ["muted", "panel"],
  ["muted", "well"],
  ["accent", "panel"],
  ["accent", "page"],
  ["accent", "well"],
  ["accent", "accent-soft"],
  ["on-accent", "accent"],
  ["on-accent", "accent-strong"],
  ["good", "panel"],
  ["good", "good-soft"],
  ["warn", "warn-soft"],
  ["ink", "warn-soft"],
  ["ink", "bad-soft"],
  ["ink", "accent-soft"],
  ["muted", "accent-soft"],
  ["bad", "bad-soft"],
  ["bad", "panel"],
  ["panel", "bad"],
] as const;

function luminance(block: string, name: string): number {
  const hex = new RegExp(`--${name}: #([0-9a-f]{6})`).exec(block)?.[1];
  if (!hex) throw new Error(`No colour --${name}.`);
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(block: string, a: string, b: string): number {
  const [lower = 0, higher = 0] = [luminance(block, a), luminance(block, b)].sort((x, y) => x - y);
  return (higher + 0.05) / (lower + 0.05);
}

describe.each([
  ["light", light],
  ["dark", dark],
])("%s colours", (_name, block) => {
  it.each(pairs)("%s on %s can be read (WCAG AA, 4.5 to 1)", (text, ground) => {
    expect(contrast(block, text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it("draws the edges of fields so that they can be seen (3 to 1)", () => {
    expect(contrast(block, "edge", "panel")).toBeGreaterThanOrEqual(3);
  });
});
