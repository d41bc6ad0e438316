import { describe, expect, it } from "vitest";
import { type Period, periodIndexAt, periodStart } from "./index.ts";

const monthly: Period = { unit: "months", length: 1 };
const seconds = (iso: string) => Date.parse(iso) / 1000;
const iso = (at: number) => new Date(at * 1000).toISOString().slice(0, 19);

function starts(anchor: string, period: Period, count: number): string[] {
  return Array.from({ length: count }, (_, k) => iso(periodStart(seconds(anchor), period, k)).slice(0, 10));
}

/** Counts on a paper calendar, month by month. */
function naiveStart(anchor: number, months: number): number {
  const [year = 0, month = 0, day = 0] = iso(anchor).slice(0, 10).split("-").map(Number);
  let [y, m] = [year, month];
  for (let step = 0; step < months; step++) [y, m] = m === 12 ? [y + 1, 1] : [y, m + 1];
  const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const two = (value: number) => String(value).padStart(2, "0");
  return seconds(`${y}-${two(m)}-${two(Math.min(day, lengths[m - 1] ?? 0))}T${iso(anchor).slice(11)}Z`);
}

/** Repeatable numbers below `limit`. */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * limit);
  };
}

describe("periodStart", () => {
  it("of calendar months keeps the anchor's day where the month has it", () => {
    expect(starts("2027-01-31T10:20:30Z", monthly, 5)).toEqual([
      "2027-01-31",
      "2027-02-28",
      "2027-03-31",
      "2027-04-30",
      "2027-05-31",
    ]);
    expect(starts("2028-01-31T00:00:00Z", monthly, 2)).toEqual(["2028-01-31", "2028-02-29"]);
    expect(starts("2027-12-30T23:59:59Z", monthly, 4)).toEqual([
      "2027-12-30",
      "2028-01-30",
      "2028-02-29",
      "2028-03-30",
    ]);
  });

  it("of years and quarters counts months", () => {
    expect(starts("2028-02-29T12:00:00Z", { unit: "months", length: 12 }, 5)).toEqual([
      "2028-02-29",
      "2029-02-28",
      "2030-02-28",
      "2031-02-28",
      "2032-02-29",
    ]);
    expect(starts("2026-11-30T12:00:00Z", { unit: "months", length: 3 }, 3)).toEqual([
      "2026-11-30",
      "2027-02-28",
      "2027-05-30",
    ]);
  });

  it("knows that 2100 has no leap day and 2000 had one", () => {
    expect(starts("2100-01-31T00:00:00Z", monthly, 2)[1]).toBe("2100-02-28");
    expect(starts("2000-01-31T00:00:00Z", monthly, 2)[1]).toBe("2000-02-29");
    expect(starts("2096-02-29T00:00:00Z", { unit: "months", length: 48 }, 3)).toEqual([
      "2096-02-29",
      "2100-02-28",
      "2104-02-29",
    ]);
  });

  it("keeps the time of day", () => {
    expect(iso(periodStart(seconds("2027-01-31T23:59:59Z"), monthly, 1))).toBe("2027-02-28T23:59:59");
    expect(iso(periodStart(0, monthly, 1))).toBe("1970-02-01T00:00:00");
  });

  it("of seconds adds them", () => {
    expect(periodStart(1000, { unit: "seconds", length: 60 }, 3)).toBe(1180);
  });

  it("is that of a paper calendar for any date", () => {
    const below = numbers(7);
    for (let run = 0; run < 2_000; run++) {
      const anchor = below(6_000_000_000);
      const length = 1 + below(36);
      const k = below(40);
      expect(periodStart(anchor, { unit: "months", length }, k)).toBe(naiveStart(anchor, length * k));
    }
  });

  it.each([
    [-1, monthly, 0],
    [0.5, monthly, 0],
    [0, { unit: "months", length: 0 }, 0],
    [0, { unit: "seconds", length: 1.5 }, 0],
    [0, monthly, -1],
    [0, { unit: "months", length: 2 ** 40 }, 2 ** 10],
    [0, { unit: "seconds", length: 2 ** 40 }, 2 ** 40],
  ] as const)("(%j, %j, %j) is refused", (anchor, period, k) => {
    expect(() => periodStart(anchor, period, k)).toThrow(RangeError);
  });
});

describe("periodIndexAt", () => {
  it("is −1 before the anchor and turns exactly at each start", () => {
    const below = numbers(11);
    for (let run = 0; run < 2_000; run++) {
      const anchor = 1 + below(6_000_000_000);
      const unit = run % 2 === 0 ? "months" : "seconds";
      const period: Period = { unit, length: 1 + below(unit === "months" ? 24 : 10_000_000) };
      const k = below(50);
      const start = periodStart(anchor, period, k);
      expect(periodIndexAt(anchor, period, start)).toBe(k);
      expect(periodIndexAt(anchor, period, start - 1)).toBe(k - 1);
      expect(periodIndexAt(anchor, period, periodStart(anchor, period, k + 1) - 1)).toBe(k);
    }
  });

  it("refuses what is no time", () => {
    expect(() => periodIndexAt(0, monthly, Number.NaN)).toThrow(RangeError);
    expect(() => periodIndexAt(0, monthly, -1)).toThrow(RangeError);
  });
});
