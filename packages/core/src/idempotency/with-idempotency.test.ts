import { dbKinds, type SeededMerchant, seedMerchant, type TestContext, testContext } from "@qbitflow/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "../context.ts";
import { createProduct, listProducts } from "../product/index.ts";
import { expireIdempotency, withIdempotency } from "./index.ts";

describe.each(dbKinds)("%s", (kind) => {
  let ctx: TestContext;
  let shop: SeededMerchant;
  beforeAll(async () => {
    ctx = await testContext({ kind });
  });
  afterAll(() => ctx.close());

  const create = async (inner: Context) => {
    const { id } = await createProduct(inner, shop.principal, { name: "N", description: "D", price: 1 });
    return { status: 201, answer: { id: Number(id) } };
  };
  const request = (key: string, body = "{}") => ({ principal: shop.principal, key, request: `POST /product/ ${body}` });
  const countProducts = async () => (await listProducts(ctx, shop.principal)).length;

  test("the same key and body do the work once and answer alike, for 24 hours", async () => {
    shop = await seedMerchant(ctx);
    const first = await withIdempotency(ctx, request("k1"), create);
    const again = await withIdempotency(ctx, request("k1"), create);
    expect([first.replayed, again.replayed]).toEqual([false, true]);
    expect({ ...again, replayed: false }).toEqual(first);
    ctx.clock.advance(24 * 3_600_000 - 1);
    expect((await withIdempotency(ctx, request("k1"), create)).replayed).toBe(true);
    expect(await countProducts()).toBe(2);
    ctx.clock.advance(1);
    expect((await withIdempotency(ctx, request("k1"), create)).replayed).toBe(false);
    expect(await countProducts()).toBe(3);
  });

  test("another body under the same key is refused", async () => {
    shop = await seedMerchant(ctx);
    await withIdempotency(ctx, request("k2"), create);
    const reused = withIdempotency(ctx, request("k2", '{"a":1}'), create);
    await expect(reused).rejects.toMatchObject({ kind: "conflict", code: "idempotency_key_reused" });
  });

  test("many at once do the work once; the others wait and answer alike", async () => {
    shop = await seedMerchant(ctx);
    const answers = await Promise.all(Array.from({ length: 8 }, () => withIdempotency(ctx, request("k3"), create)));
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(answers.map(({ answer }) => JSON.stringify(answer))).size).toBe(1);
    expect(await countProducts()).toBe(2);
  });

  test("work that fails leaves nothing, and may be tried again with the same key", async () => {
    shop = await seedMerchant(ctx);
    const failing = withIdempotency(ctx, request("k4"), async (inner) => {
      await create(inner);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await countProducts()).toBe(1);
    expect((await withIdempotency(ctx, request("k4"), create)).replayed).toBe(false);
  });

  test("when the first of two fails, the second does the work", async () => {
    shop = await seedMerchant(ctx);
    let calls = 0;
    const flaky = async (inner: Context) => {
      calls += 1;
      const mine = calls;
      const made = await create(inner);
      if (mine === 1) throw new Error("no");
      return made;
    };
    const results = await Promise.allSettled([1, 2, 3].map(() => withIdempotency(ctx, request("k5"), flaky)));
    expect(results.filter(({ status }) => status === "rejected")).toHaveLength(1);
    expect(await countProducts()).toBe(2);
  });

  test("keys of another organization are other keys", async () => {
    shop = await seedMerchant(ctx);
    await withIdempotency(ctx, request("k6"), create);
    shop = await seedMerchant(ctx);
    expect((await withIdempotency(ctx, request("k6"), create)).replayed).toBe(false);
  });

  test("what may be shown only once is not stored", async () => {
    shop = await seedMerchant(ctx);
    const secret = async () => ({ status: 201, answer: { key: "sk_secret" } });
    await withIdempotency(ctx, { ...request("k7"), keep: false }, secret);
    const again = withIdempotency(ctx, { ...request("k7"), keep: false }, secret);
    await expect(again).rejects.toMatchObject({ code: "key_already_shown" });
    const rows = await ctx.db.query("select * from idempotency where answer like '%sk_secret%'");
    expect(rows).toEqual([]);
  });

  test("old ones are forgotten", async () => {
    ctx.clock.advance(25 * 3_600_000);
    expect(await expireIdempotency(ctx)).toBeGreaterThan(0);
    expect(await ctx.db.query("select 1 from idempotency")).toEqual([]);
  });
});
