import { dbKinds, type SeededMerchant, seedMerchant, type TestContext, testContext } from "@qbitflow/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSession, getSession, sessionResource } from "../checkout-session/index.ts";
import * as customers from "./index.ts";

const ada = { name: "Ada", lastName: "Lovelace", email: "Ada@Example.org" };

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

  const create = (input: object, as = shop) => customers.createCustomer(ctx, as.principal, input);

  test("a customer is found by uuid, by email in any case, and by reference; the email stays as typed", async () => {
    const made = await create({ ...ada, reference: "c-1", phoneNumber: "+44 1", address: "12 St\nLondon" });
    expect(await customers.getCustomer(ctx, shop.principal, made.uuid)).toEqual(made);
    expect(await customers.getCustomer(ctx, shop.principal, made.uuid.toUpperCase())).toEqual(made);
    expect(await customers.getCustomerByEmail(ctx, shop.principal, "aDA@example.ORG")).toEqual(made);
    expect(await customers.getCustomerByReference(ctx, shop.principal, "c-1")).toEqual(made);
    expect(customers.customerResource(made)).toMatchObject({ email: "Ada@Example.org", reference: "c-1" });
  });

  test("optional fields without a value are left out of the answer", async () => {
    const made = await create({ ...ada, email: "bare@example.org", phoneNumber: null });
    expect(Object.keys(customers.customerResource(made)).sort()).toEqual([
      "createdAt",
      "email",
      "lastName",
      "name",
      "uuid",
    ]);
  });

  test("one email and one reference per organization and mode", async () => {
    await create({ ...ada, email: "once@example.org", reference: "once" });
    await expect(create({ ...ada, email: "ONCE@example.org" })).rejects.toMatchObject({ code: "email_taken" });
    await expect(create({ ...ada, email: "two@example.org", reference: "once" })).rejects.toMatchObject({
      code: "reference_taken",
    });
    await create({ ...ada, email: "once@example.org", reference: "once" }, other);
  });

  test("a change changes what it names", async () => {
    const made = await create({ ...ada, email: "change@example.org" });
    const change = { name: "Augusta", email: "changed@example.org", reference: "ch", phoneNumber: null };
    const changed = await customers.updateCustomer(ctx, shop.principal, { uuid: made.uuid, change });
    expect(changed).toEqual({ ...made, name: "Augusta", email: "changed@example.org", reference: "ch" });
    const twin = await create({ ...ada, email: "twin@example.org" });
    const taken = (fields: object) =>
      customers.updateCustomer(ctx, shop.principal, { uuid: twin.uuid, change: fields });
    await expect(taken({ email: "Changed@example.org" })).rejects.toMatchObject({ code: "email_taken" });
    await expect(taken({ reference: "ch" })).rejects.toMatchObject({ code: "reference_taken" });
  });

  test("removing erases everything personal, keeps the sessions, and frees email and reference", async () => {
    const made = await create({
      ...ada,
      email: "erase@example.org",
      reference: "er",
      address: "Home",
      phoneNumber: "1",
    });
    const session = await createSession(ctx, shop.principal, { productId: 1, customerUUID: made.uuid });
    await customers.removeCustomer(ctx, shop.principal, made.uuid);
    const [row] = await ctx.db.query<{ text: string }>("select c::text as text from customer c where uuid = $1", [
      made.uuid,
    ]);
    expect(row?.text).not.toMatch(/Ada|Lovelace|erase|Home/);
    const { principal } = shop;
    const attempts = [
      () => customers.getCustomer(ctx, principal, made.uuid),
      () => customers.getCustomerByEmail(ctx, principal, "erase@example.org"),
      () => customers.getCustomerByReference(ctx, principal, "er"),
      () => customers.removeCustomer(ctx, principal, made.uuid),
      () => customers.updateCustomer(ctx, principal, { uuid: made.uuid, change: { name: "X" } }),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
    const kept = await getSession(ctx, shop.principal, { uuid: session.uuid });
    expect((await sessionResource(ctx, kept)).customerUUID).toBe(made.uuid);
    await create({ ...ada, email: "erase@example.org", reference: "er" });
  });

  test("the list is complete and in order while customers are added and removed", async () => {
    const fresh = await seedMerchant(ctx);
    const made: string[] = [];
    for (let number = 0; number < 25; number++) {
      if (number % 3 === 0) ctx.clock.advance(7);
      made.unshift((await create({ ...ada, email: `list-${number}@example.org` }, fresh)).uuid);
    }
    const first = await customers.listCustomers(ctx, fresh.principal, { limit: 10 });
    ctx.clock.advance(1);
    await create({ ...ada, email: "newer@example.org" }, fresh);
    await customers.removeCustomer(ctx, fresh.principal, first.items.at(-1)?.uuid ?? "");
    const second = await customers.listCustomers(ctx, fresh.principal, { limit: 10, cursor: first.nextCursor });
    const third = await customers.listCustomers(ctx, fresh.principal, { limit: 10, cursor: second.nextCursor });
    expect([...first.items, ...second.items, ...third.items].map(({ uuid }) => uuid)).toEqual(made);
    expect(third.nextCursor).toBeNull();
  });

  test("another organization's customer does not exist, nor does one with an impossible name", async () => {
    const theirs = await create({ ...ada, email: "theirs@example.org", reference: "theirs" }, other);
    for (const uuid of [theirs.uuid, "x", "", "\u0000", `${theirs.uuid}x`]) {
      await expect(customers.getCustomer(ctx, shop.principal, uuid)).rejects.toMatchObject({ code: "not_found" });
      await expect(customers.removeCustomer(ctx, shop.principal, uuid)).rejects.toMatchObject({ code: "not_found" });
    }
    for (const text of ["theirs@example.org", "\u0000@b.cd", "x".repeat(9_000)]) {
      await expect(customers.getCustomerByEmail(ctx, shop.principal, text)).rejects.toMatchObject({
        code: "not_found",
      });
      await expect(customers.getCustomerByReference(ctx, shop.principal, text)).rejects.toMatchObject({
        code: "not_found",
      });
    }
  });

  test("two browsers that type one email at once make one customer", async () => {
    const typed = (name: string) =>
      customers.knowCustomer(ctx, shop.principal, { ...ada, name, email: "Race@example.org" });
    const known = await Promise.all(["A", "B", "C", "D", "E", "F"].map(typed));
    expect(new Set(known.map(({ uuid }) => uuid)).size).toBe(1);
    expect(known.filter(({ isNew }) => isNew)).toHaveLength(1);
  });

  test("typing a known email changes nothing of that customer", async () => {
    const made = await create({ ...ada, email: "known@example.org" });
    const known = await customers.knowCustomer(ctx, shop.principal, {
      name: "Eve",
      lastName: "Evil",
      email: "KNOWN@example.org",
    });
    expect(known).toEqual({ uuid: made.uuid, isNew: false });
    expect(await customers.getCustomer(ctx, shop.principal, made.uuid)).toEqual(made);
  });

  test("wrong fields are told at once", async () => {
    const error = await create({
      name: "\u202e",
      lastName: 5,
      email: "a@b",
      phoneNumber: "1".repeat(41),
      address: "\u0000",
      reference: "",
    }).catch((caught) => caught);
    expect(error.fields.map(({ field }: { field: string }) => field).sort()).toEqual([
      "address",
      "email",
      "lastName",
      "name",
      "phoneNumber",
      "reference",
    ]);
  });
});
