import { dbKinds, type SeededMerchant, seedMerchant, type TestContext, testContext } from "@qbitflow/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { authenticate, issueKey } from "../api-key/index.ts";
import { createSession, getSession } from "../checkout-session/index.ts";
import * as products from "./index.ts";

const tea = { name: "Tea", description: "Green", price: 9.99 };

describe.each(dbKinds)("%s", (kind) => {
  let ctx: TestContext;
  let shop: SeededMerchant;
  let other: SeededMerchant;
  beforeAll(async () => {
    ctx = await testContext({ kind });
    shop = await seedMerchant(ctx);
    other = await seedMerchant(ctx);
  });
  afterAll(() => ctx.close());

  const create = (input: object) => products.createProduct(ctx, shop.principal, input);

  test("numbers count from 1 in each organization and mode, without gaps after failures, also when many are made at once", async () => {
    const fresh = await seedMerchant(ctx);
    expect(fresh.product.id).toBe(1n);
    await products.createProduct(ctx, fresh.principal, { ...tea, reference: "only-one" });
    const failed = products.createProduct(ctx, fresh.principal, { ...tea, reference: "only-one" });
    await expect(failed).rejects.toMatchObject({ kind: "conflict", code: "reference_taken" });
    const made = await Promise.all(Array.from({ length: 10 }, () => products.createProduct(ctx, fresh.principal, tea)));
    expect(made.map(({ id }) => Number(id)).sort((a, b) => a - b)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    const { key } = await issueKey(ctx, {
      organizationId: fresh.organization.id,
      userId: fresh.user.id,
      name: "l",
      test: false,
    });
    expect((await products.createProduct(ctx, await authenticate(ctx, key), tea)).id).toBe(1n);
  });

  test("a product is read by id and reference, and listed", async () => {
    const made = await create({ ...tea, reference: "green-1" });
    expect(await products.getProduct(ctx, shop.principal, made.id)).toEqual(made);
    expect(await products.getProductByReference(ctx, shop.principal, "green-1")).toEqual(made);
    expect(await products.listProducts(ctx, shop.principal)).toContainEqual(made);
    expect(products.productResource(made)).toEqual({
      id: Number(made.id),
      ...tea,
      reference: "green-1",
      isActive: true,
      createdAt: "2026-03-01T12:00:00.000Z",
    });
  });

  test("a change changes what it names; null and absent stay", async () => {
    const made = await create({ ...tea, reference: "change-1" });
    const changed = await products.updateProduct(ctx, shop.principal, {
      id: made.id,
      change: { price: 0.000001, name: null },
    });
    expect(changed).toEqual({ ...made, priceMicros: 1n });
    const twin = await create({ ...tea, reference: "change-2" });
    const taken = products.updateProduct(ctx, shop.principal, { id: twin.id, change: { reference: "change-1" } });
    await expect(taken).rejects.toMatchObject({ code: "reference_taken" });
  });

  test("a removed product is gone, its sessions stay, its reference is free", async () => {
    const made = await create({ ...tea, reference: "free-1" });
    const session = await createSession(ctx, shop.principal, { productId: Number(made.id) });
    await products.removeProduct(ctx, shop.principal, made.id);
    await expect(products.getProduct(ctx, shop.principal, made.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(products.getProductByReference(ctx, shop.principal, "free-1")).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(products.removeProduct(ctx, shop.principal, made.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(createSession(ctx, shop.principal, { productId: Number(made.id) })).rejects.toMatchObject({
      code: "product_not_found",
    });
    expect(await getSession(ctx, shop.principal, { uuid: session.uuid })).toMatchObject({
      productId: made.id,
      productName: "Tea",
    });
    await create({ ...tea, reference: "free-1" });
  });

  test("another organization's product, and an id no database could hold, do not exist", async () => {
    const theirs = await products.createProduct(ctx, other.principal, { ...tea, reference: "theirs" });
    for (const id of [theirs.id + 100n, 2n ** 64n, 0n, -5n]) {
      await expect(products.getProduct(ctx, shop.principal, id)).rejects.toMatchObject({ code: "not_found" });
      await expect(products.updateProduct(ctx, shop.principal, { id, change: tea })).rejects.toMatchObject({
        code: "not_found",
      });
      await expect(products.removeProduct(ctx, shop.principal, id)).rejects.toMatchObject({ code: "not_found" });
    }
    for (const reference of ["theirs", "a\u0000b", "x".repeat(5_000), "\ud800", ""]) {
      const found = products.getProductByReference(ctx, shop.principal, reference);
      await expect(found).rejects.toMatchObject({ code: "not_found" });
    }
  });

  test.each([
    [{}, ["name", "description", "price"]],
    [{ ...tea, price: 0 }, ["price"]],
    [{ ...tea, price: -1 }, ["price"]],
    [{ ...tea, price: 1e308 }, ["price"]],
    [{ ...tea, price: 0.0000001 }, ["price"]],
    [{ ...tea, price: "9.99" }, ["price"]],
    [{ ...tea, price: 1_000_000.5 }, ["price"]],
    [{ ...tea, name: "a\u202eb" }, ["name"]],
    [{ ...tea, name: ["x"], description: "\u0007" }, ["name", "description"]],
    [{ ...tea, reference: "" }, ["reference"]],
    [{ ...tea, reference: "r".repeat(201) }, ["reference"]],
  ])("%j is refused", async (input, fields) => {
    const error = await create(input).catch((caught) => caught);
    expect(error).toMatchObject({ kind: "invalid", code: "validation_failed" });
    expect(error.fields.map(({ field }: { field: string }) => field)).toEqual(fields);
  });

  test("script and emoji in texts are kept as they are: pages escape them", async () => {
    const made = await create({ ...tea, name: "<script>alert('🍵')</script>", description: "" });
    expect(await products.getProduct(ctx, shop.principal, made.id)).toMatchObject({
      name: "<script>alert('🍵')</script>",
      description: "",
    });
  });
});
