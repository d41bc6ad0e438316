import { describe, expect, it } from "vitest";
import { parseRetryAfter, retryDelayMs, retryDelaysMs } from "./schedule.ts";

const still = { random: () => 0 };

describe("the rests between attempts", () => {
  it("are the published ones, and the eleventh failure is the last", () => {
    const minutes = retryDelaysMs.map((ms) => ms / 60_000);
    expect(minutes).toEqual([1 / 6, 1, 5, 30, 120, 300, 600, 840, 1200, 1440]);
    expect(retryDelayMs(1, still)).toBe(10_000);
    expect(retryDelayMs(10, still)).toBe(86_400_000);
    expect(retryDelayMs(11, still)).toBeNull();
  });

  it("get longer by jitter, never shorter", () => {
    expect(retryDelayMs(1, { random: () => 1 })).toBe(11_000);
  });

  it("are lengthened by Retry-After, to a day at most, and never shortened", () => {
    expect(retryDelayMs(1, { ...still, retryAfterMs: 90_000 })).toBe(90_000);
    expect(retryDelayMs(1, { ...still, retryAfterMs: 1_000 })).toBe(10_000);
    expect(retryDelayMs(1, { ...still, retryAfterMs: 10 ** 12 })).toBe(86_400_000);
  });
});

describe("Retry-After", () => {
  const nowMs = Date.parse("2026-03-01T12:00:00Z");
  it("is read as seconds or as a date, and ignored otherwise", () => {
    expect(parseRetryAfter("120", nowMs)).toBe(120_000);
    expect(parseRetryAfter("Sun, 01 Mar 2026 12:01:00 GMT", nowMs)).toBe(60_000);
    expect(parseRetryAfter("Sun, 01 Mar 2026 11:00:00 GMT", nowMs)).toBe(0);
    for (const text of [undefined, "", "soon", "-5", "1e9", "99999999999"]) {
      expect(parseRetryAfter(text, nowMs) ?? 0).toBe(0);
    }
  });
});
