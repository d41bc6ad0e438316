import { describe, expect, it } from "vitest";
import type { Log } from "./context.ts";
import { backoffMs, createBell, pause, runLoop } from "./loop.ts";

const log: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const took = async (work: () => Promise<unknown>): Promise<number> => {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
};

describe("the rest after failures", () => {
  it("doubles, is bounded, and differs between processes", () => {
    expect([1, 2, 3].map((failures) => backoffMs(failures, () => 1))).toEqual([250, 500, 1_000]);
    expect(backoffMs(1_000, () => 1)).toBe(15_000);
    expect(backoffMs(1_000, () => 0)).toBe(7_500);
  });
});

describe("a bell", () => {
  it("ends a wait, and keeps one ring for who comes later", async () => {
    const bell = createBell();
    const { signal } = new AbortController();
    setImmediate(() => bell.ring());
    expect(await took(() => bell.wait(10_000, signal))).toBeLessThan(1_000);
    bell.ring();
    bell.ring();
    expect(await took(() => bell.wait(10_000, signal))).toBeLessThan(1_000);
    expect(await took(() => bell.wait(60, signal))).toBeGreaterThan(50);
  });
});

describe("a loop", () => {
  it("survives errors and ends at once when it is told to", async () => {
    const stop = new AbortController();
    let steps = 0;
    const step = async () => {
      steps += 1;
      if (steps < 3) throw new Error("not now");
      setImmediate(() => stop.abort());
      return 60_000;
    };
    const ms = await took(() => runLoop({ name: "test", log, signal: stop.signal, step }));
    expect(steps).toBe(3);
    expect(ms).toBeLessThan(5_000);
  });

  it("does not begin after the abort", async () => {
    const signal = AbortSignal.abort();
    await runLoop({ name: "test", log, signal, step: () => Promise.reject(new Error("began")) });
    expect(await took(() => pause(10_000, signal))).toBeLessThan(1_000);
  });
});
