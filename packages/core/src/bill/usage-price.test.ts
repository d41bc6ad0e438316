import { describe, expect, it } from "vitest";
import { priceUsage, type UsageToPrice, usageMicros } from "./usage-price.ts";

const USD = 1_000_000n;
const usage = (change: Partial<UsageToPrice> = {}): UsageToPrice => ({
  unitsMicros: 100n * USD,
  priceMicros: USD / 2n,
  freeCreditsMicros: 0n,
  carriedMicros: 0n,
  maxSpendingMicros: null,
  dustLimitMicros: USD,
  ...change,
});

describe("a pay-as-you-go bill", () => {
  it.each([
    ["units × price", {}, { amountMicros: 50n * USD, freeCreditsUsedMicros: 0n, carriedOutMicros: 0n }],
    [
      "free credits first",
      { freeCreditsMicros: 20n * USD },
      { amountMicros: 30n * USD, freeCreditsUsedMicros: 20n * USD, carriedOutMicros: 0n },
    ],
    [
      "credits do not pay what was carried",
      { freeCreditsMicros: 60n * USD, carriedMicros: 5n * USD },
      { amountMicros: 5n * USD, freeCreditsUsedMicros: 50n * USD, carriedOutMicros: 0n },
    ],
    [
      "stopped at the cap, the rest is carried",
      { maxSpendingMicros: 40n * USD },
      { amountMicros: 40n * USD, freeCreditsUsedMicros: 0n, carriedOutMicros: 10n * USD },
    ],
    [
      "below the dust limit all is carried",
      { unitsMicros: 1n * USD },
      { amountMicros: 0n, freeCreditsUsedMicros: 0n, carriedOutMicros: USD / 2n },
    ],
    [
      "at the dust limit it is asked",
      { unitsMicros: 2n * USD },
      { amountMicros: USD, freeCreditsUsedMicros: 0n, carriedOutMicros: 0n },
    ],
    [
      "a cap below the dust limit is asked, or it would carry for ever",
      { maxSpendingMicros: USD / 10n },
      { amountMicros: USD / 10n, freeCreditsUsedMicros: 0n, carriedOutMicros: 50n * USD - USD / 10n },
    ],
    [
      "nothing used, nothing asked",
      { unitsMicros: 0n },
      { amountMicros: 0n, freeCreditsUsedMicros: 0n, carriedOutMicros: 0n },
    ],
  ] as const)("%s", (_name, change, wanted) => {
    expect(priceUsage(usage(change))).toEqual(wanted);
  });

  it("a part of a micro-dollar is rounded down, once per bill", () => {
    expect(usageMicros(1n, 999_999n)).toBe(0n);
    expect(usageMicros(1_500_000n, 1n)).toBe(1n);
    expect(usageMicros(333_333n, 3n)).toBe(0n);
    expect(usageMicros(1_000_000n, 3n)).toBe(3n);
  });

  it("nothing is lost and nothing doubled over any number of periods", () => {
    let seed = 42n;
    const random = (below: bigint) => {
      seed = (seed * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) % 2n ** 64n;
      return (seed >> 20n) % below;
    };
    for (let round = 0; round < 300; round += 1) {
      const maxSpendingMicros = random(3n) === 0n ? null : random(100n * USD) + 1n;
      const priceMicros = random(5n * USD) + 1n;
      const granted = random(50n * USD);
      let [used, asked, carriedMicros, freeCreditsMicros] = [0n, 0n, 0n, granted];
      for (let period = 0; period < 12; period += 1) {
        const unitsMicros = random(30n * USD);
        const before = { unitsMicros, priceMicros, freeCreditsMicros, carriedMicros, maxSpendingMicros };
        const price = priceUsage({ ...before, dustLimitMicros: USD });
        used += usageMicros(unitsMicros, priceMicros);
        asked += price.amountMicros;
        freeCreditsMicros -= price.freeCreditsUsedMicros;
        carriedMicros = price.carriedOutMicros;
        expect(price.amountMicros <= (maxSpendingMicros ?? price.amountMicros)).toBe(true);
        expect(price.amountMicros >= 0n && freeCreditsMicros >= 0n && carriedMicros >= 0n).toBe(true);
      }
      expect(asked + carriedMicros + (granted - freeCreditsMicros)).toBe(used);
    }
  });
});
