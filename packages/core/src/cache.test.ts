import { fakeClock, testContext } from "@qbitflow/testkit";
import { expect, test, vi } from "vitest";
import { createCache, keepCacheFresh } from "./cache.ts";

test("remembers for as long as it was told, whichever way the clock moves", () => {
  const clock = fakeClock("2026-03-01T12:00:00Z");
  const cache = createCache(clock, { keepMs: 1_000 });
  cache.set("a", 1);
  clock.advance(999);
  expect(cache.get("a")).toBe(1);
  clock.advance(1);
  expect(cache.get("a")).toBeUndefined();
  cache.set("a", 2);
  clock.advance(-1);
  expect(cache.get("a")).toBeUndefined();
});

test("forgets by the beginning of keys, and holds a bounded number", () => {
  const cache = createCache(fakeClock(), { maxEntries: 3 });
  cache.set("key:1:", 1);
  cache.set("key:12:", 2);
  cache.forget("key:1:");
  expect([cache.get("key:1:"), cache.get("key:12:")]).toEqual([undefined, 2]);
  for (let number = 0; number < 100; number++) cache.set(`x:${number}`, number);
  expect(
    Array.from({ length: 100 }, (_, number) => cache.get(`x:${number}`)).filter((kept) => kept !== undefined).length,
  ).toBeLessThanOrEqual(3);
});

test("hears what another process changed", async () => {
  const ctx = await testContext();
  const stop = await keepCacheFresh(ctx);
  for (const key of ["key:7:", "key:8:", "merchant:1:2:true"]) ctx.cache.set(key, true);
  await ctx.db.query("select pg_notify('key_changed', '7'), pg_notify('merchant_changed', '1')");
  await vi.waitFor(() => expect(ctx.cache.get("merchant:1:2:true")).toBeUndefined());
  expect([ctx.cache.get("key:7:"), ctx.cache.get("key:8:")]).toEqual([undefined, true]);
  await ctx.db.query("select pg_notify('key_changed', '')");
  await vi.waitFor(() => expect(ctx.cache.get("key:8:")).toBeUndefined());
  await stop();
  await ctx.close();
});
