import { dbKinds, type SeededMerchant, seedMerchant, type TestContext, testContext } from "@qbitflow/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { authenticate, issueKey } from "../api-key/index.ts";
import type { Principal } from "../context.ts";
import { createCustomer } from "../customer/index.ts";
import { addOwner, createOrganization, createProduct } from "../index.ts";
import { createdResource, createSession, getSession } from "./index.ts";

let ctx: TestContext;
let shop: SeededMerchant;
let other: SeededMerchant;
let live: Principal;
const custom = { productName: "Custom Product", description: "Product description", price: 99.99 };

const create = (input: unknown) => createSession(ctx, shop.principal, input);
const fieldsOf = async (input: unknown) => {
  const error = await create(input).catch((caught) => caught);
  expect(error).toMatchObject({ kind: "invalid", code: "validation_failed" });
  return error.fields.map(({ field }: { field: string }) => field).sort();
};

beforeAll(async () => {
  ctx = await testContext();
  shop = await seedMerchant(ctx);
  other = await seedMerchant(ctx);
  const { key } = await issueKey(ctx, {
    organizationId: shop.organization.id,
    userId: shop.user.id,
    name: "l",
    test: false,
  });
  live = await authenticate(ctx, key);
});
afterAll(() => ctx.close());

describe.each(dbKinds)("on %s", (kind) => {
  test("what was made is what is read, field by field", async () => {
    const here = await testContext({ kind });
    const merchant = await seedMerchant(here);
    const customer = await createCustomer(here, merchant.principal, { name: "A", lastName: "B", email: "a@b.cd" });
    for (const input of [
      { productId: 1 },
      { ...custom, customerUuid: customer.uuid.toUpperCase(), reference: "order-1", metadata: { a: "1", ключ: "🍵" } },
      {
        productId: 1,
        successUrl: "https://s.example/{{UUID}}",
        cancelUrl: "http://s.example",
        webhookUrl: "https://s.example/h",
        expiresInMinutes: 10,
      },
    ]) {
      const made = await createSession(here, merchant.principal, input);
      expect(await getSession(here, merchant.principal, { uuid: made.uuid })).toEqual(made);
    }
    const events = await here.db.query("select type from event where type = 'checkout_session.created'");
    expect(events).toHaveLength(3);
    await here.close();
  });
});

describe("a session", () => {
  test("of a product takes its name, description and price, and keeps them when the product changes", async () => {
    const made = await create({ productId: 1 });
    expect(made).toMatchObject({
      productId: 1n,
      productName: "Tea",
      description: "One box of tea",
      priceMicros: 25_000_000n,
    });
    expect(createdResource(ctx, made)).toEqual({
      uuid: made.uuid,
      link: `https://pay.test/pay/${made.uuid}`,
      expiresAt: Date.parse("2026-03-02T12:00:00Z") / 1_000,
    });
  });

  test("of its own texts has no product", async () => {
    const made = await create({ ...custom, productId: null, customerUUID: "", options: null });
    expect(made).toMatchObject({
      productId: null,
      productName: "Custom Product",
      priceMicros: 99_990_000n,
      customerUuid: null,
    });
  });

  test("has a version 7 uuid, in the order of creation", async () => {
    const uuids = [];
    for (let number = 0; number < 20; number++) uuids.push((await create({ productId: 1 })).uuid);
    expect([...uuids].sort()).toEqual(uuids);
    expect(uuids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/);
  });

  test("ends in whole seconds, never later than asked", async () => {
    const clock = ctx.clock.now();
    ctx.clock.set("2026-03-01T12:00:00.999Z");
    const made = await create({ productId: 1, expiresInMinutes: 30 });
    expect(made.expiresAt.toISOString()).toBe("2026-03-01T12:30:00.000Z");
    ctx.clock.set(clock);
  });
});

describe("a session is not made", () => {
  const absent = "01997c89-d0e9-7c9a-9886-fe7709919695";

  test("of an unknown product or customer, another organization's or another mode's", async () => {
    await createProduct(ctx, other.principal, { name: "Two", description: "", price: 1 });
    const theirs = await createCustomer(ctx, other.principal, { name: "A", lastName: "B", email: "a@b.cd" });
    const inLive = await createCustomer(ctx, live, { name: "A", lastName: "B", email: "a@b.cd" });
    await expect(create({ productId: 2 })).rejects.toMatchObject({ kind: "not_found", code: "product_not_found" });
    await expect(create({ productId: Number.MAX_SAFE_INTEGER })).rejects.toMatchObject({ code: "product_not_found" });
    await expect(createSession(ctx, live, { productId: 1 })).rejects.toMatchObject({ code: "product_not_found" });
    for (const customerUUID of [absent, theirs.uuid, inLive.uuid]) {
      const refused = create({ productId: 1, customerUUID });
      await expect(refused).rejects.toMatchObject({ kind: "not_found", code: "customer_not_found" });
    }
    await expect(create({ productId: 99, customerUUID: absent })).rejects.toMatchObject({ code: "product_not_found" });
    const rows = await ctx.db.query("select 1 from checkout_session where customer_uuid = $1", [theirs.uuid]);
    expect(rows).toEqual([]);
  });

  test("of a product that is switched off or costs less than a cent", async () => {
    const off = await createProduct(ctx, shop.principal, { name: "Off", description: "", price: 1 });
    await ctx.db.query("update product set is_active = false where id = $1 and organization_id = $2", [
      off.id,
      shop.organization.id,
    ]);
    await expect(create({ productId: Number(off.id) })).rejects.toMatchObject({
      kind: "unprocessable",
      code: "product_inactive",
    });
    const unit = await createProduct(ctx, shop.principal, { name: "Unit", description: "", price: 0.009999 });
    await expect(create({ productId: Number(unit.id) })).rejects.toMatchObject({
      kind: "unprocessable",
      code: "unprocessable",
    });
  });

  test("when nobody could pay it", async () => {
    const { id: organizationId } = await createOrganization(ctx, { name: "Walletless" });
    const user = await addOwner(ctx, { organizationId, name: "A", lastName: "B", email: "walletless@x.example" });
    const { key } = await issueKey(ctx, { organizationId, userId: user.id, name: "k", test: true });
    const refused = createSession(ctx, await authenticate(ctx, key), custom);
    await expect(refused).rejects.toMatchObject({ kind: "unprocessable", code: "no_payable_currency" });
  });
});

describe("wrong fields", () => {
  test("are told all at once", async () => {
    const wrong = {
      productName: "",
      price: "1",
      successUrl: "javascript:alert(1)",
      cancelUrl: "//evil",
      webhookUrl: "file:///etc/passwd",
      customerUUID: "me",
      reference: "x".repeat(201),
      metadata: [],
      expiresInMinutes: 9,
    };
    expect(await fieldsOf(wrong)).toEqual([
      "cancelUrl",
      "customerUUID",
      "description",
      "expiresInMinutes",
      "metadata",
      "price",
      "productName",
      "reference",
      "successUrl",
      "webhookUrl",
    ]);
  });

  const cases: [unknown, string[]][] = [
    [{}, ["productId"]],
    [null, ["productId"]],
    [[], ["productId"]],
    ["x", ["productId"]],
    [{ productId: 1, ...custom }, ["description", "price", "productName"]],
    [{ productId: 1, price: 5 }, ["price"]],
    [{ productId: "1" }, ["productId"]],
    [{ productId: 1.5 }, ["productId"]],
    [{ productId: 0 }, ["productId"]],
    [{ productId: -1 }, ["productId"]],
    [{ productId: 1e300 }, ["productId"]],
    [{ price: 5 }, ["description", "productName"]],
    ...[0, -1, Number.NaN, 1e308, 0.001, 1_000_000.01, 0.0100001, "5", [5], true].map((price): [unknown, string[]] => [
      { ...custom, price },
      ["price"],
    ]),
    ...["a\u0000", "a\u202eb", "\ud800", "x".repeat(201), 5, {}].map((productName): [unknown, string[]] => [
      { ...custom, productName },
      ["productName"],
    ]),
    [{ productId: 1, customerUUID: 5 }, ["customerUUID"]],
    [
      {
        productId: 1,
        customerUUID: "01997c89-d0e9-7c9a-9886-fe7709919695",
        customerUuid: "01997c89-d0e9-7c9a-9886-fe7709919696",
      },
      ["customerUUID"],
    ],
    [{ productId: 1, metadata: { a: 1 } }, ["metadata"]],
    [{ productId: 1, metadata: { ["k".repeat(41)]: "v" } }, ["metadata"]],
    [{ productId: 1, metadata: { "": "v" } }, ["metadata"]],
    [{ productId: 1, metadata: { k: "v".repeat(501) } }, ["metadata"]],
    [{ productId: 1, metadata: { k: "\u0000" } }, ["metadata"]],
    [{ productId: 1, metadata: { k: null } }, ["metadata"]],
    [
      { productId: 1, metadata: Object.fromEntries(Array.from({ length: 51 }, (_, key) => [`k${key}`, "v"])) },
      ["metadata"],
    ],
    [{ productId: 1, expiresInMinutes: 1_441 }, ["expiresInMinutes"]],
    [{ productId: 1, expiresInMinutes: 10.5 }, ["expiresInMinutes"]],
    [{ productId: 1, successUrl: `https://s.example/${"x".repeat(10_000)}` }, ["successUrl"]],
    [{ productId: 1, successUrl: { href: "https://s.example" } }, ["successUrl"]],
  ];
  test.each(cases)("%j", async (input, fields) => expect(await fieldsOf(input)).toEqual(fields));
});

test("script, emoji and every language are kept as they are", async () => {
  const productName = "<script>alert(1)</script> 🍵 茶 שלום";
  expect((await create({ ...custom, productName })).productName).toBe(productName);
});
