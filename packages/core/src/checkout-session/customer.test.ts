import { dbKinds, type SeededMerchant, seedMerchant, type TestContext, testContext } from "@qbitflow/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCustomer, getCustomer, getCustomerByEmail, removeCustomer } from "../customer/index.ts";
import {
  cancelSession,
  checkoutCustomer,
  createSession,
  expireSession,
  getPublicSession,
  setCustomer,
} from "./index.ts";

const ada = { name: "Ada", lastName: "Lovelace", email: "ada@example.org", address: "12 St" };

describe.each(dbKinds)("%s", (kind) => {
  let ctx: TestContext;
  let shop: SeededMerchant;
  beforeAll(async () => {
    ctx = await testContext({ kind });
    shop = await seedMerchant(ctx);
  });
  afterAll(() => ctx.close());

  const create = async (input: object = {}) =>
    (await createSession(ctx, shop.principal, { productId: 1, ...input })).uuid;

  test("who types the data owns the session: sees it, corrects it, cancels it; nobody else does", async () => {
    const uuid = await create();
    const { session, browserToken } = await setCustomer(ctx, { uuid, customer: ada });
    expect(session.customerUuid).not.toBeNull();
    expect(await checkoutCustomer(ctx, uuid, browserToken)).toEqual(ada);
    const corrected = { ...ada, name: "Augusta", address: null };
    const again = await setCustomer(ctx, { uuid, customer: corrected, browserToken });
    expect(again.browserToken).toBe(browserToken);
    expect(again.session.customerUuid).toBe(session.customerUuid);
    const { address: _gone, ...shown } = { ...ada, name: "Augusta" };
    expect(await checkoutCustomer(ctx, uuid, browserToken)).toEqual(shown);
    for (const token of [undefined, "", "guess", `${browserToken}x`]) {
      const stranger = { uuid, customer: ada, browserToken: token };
      await expect(setCustomer(ctx, stranger)).rejects.toMatchObject({ kind: "forbidden", code: "not_session_owner" });
      await expect(checkoutCustomer(ctx, uuid, token)).rejects.toMatchObject({ code: "not_session_owner" });
      await expect(cancelSession(ctx, { uuid, browserToken: token })).rejects.toMatchObject({
        code: "not_session_owner",
      });
    }
    expect((await cancelSession(ctx, { uuid, browserToken })).status).toBe("cancelled");
  });

  test("the token is not stored, and a browser cannot choose it", async () => {
    const uuid = await create();
    const { browserToken, session } = await setCustomer(ctx, { uuid, customer: ada, browserToken: "chosen-by-me" });
    expect(browserToken).not.toBe("chosen-by-me");
    expect(Buffer.from(session.browserTokenHash ?? []).toString()).not.toContain(browserToken);
  });

  test("a known email means that customer, who is neither shown nor changed", async () => {
    const known = await createCustomer(ctx, shop.principal, {
      ...ada,
      email: "Known@example.org",
      phoneNumber: "+1 secret",
    });
    const uuid = await create();
    const typed = { name: "Eve", lastName: "Evil", email: "known@EXAMPLE.org" };
    const { session, browserToken } = await setCustomer(ctx, { uuid, customer: typed });
    expect(session.customerUuid).toBe(known.uuid);
    // As for a new customer: whoever types an email does not learn whether it is known.
    expect(await checkoutCustomer(ctx, uuid, browserToken)).toEqual(typed);
    await setCustomer(ctx, { uuid, customer: { ...typed, name: "Mallory" }, browserToken });
    expect((await checkoutCustomer(ctx, uuid, browserToken)).name).toBe("Mallory");
    expect(await getCustomer(ctx, shop.principal, known.uuid)).toEqual(known);
  });

  test("a customer made here is no longer corrected here once another session has him", async () => {
    const [first, second] = [await create(), await create()];
    const customer = { ...ada, email: "shared@example.org" };
    const { browserToken } = await setCustomer(ctx, { uuid: first, customer });
    await setCustomer(ctx, { uuid: second, customer });
    await setCustomer(ctx, { uuid: first, customer: { ...customer, name: "Mallory" }, browserToken });
    expect((await getCustomerByEmail(ctx, shop.principal, "shared@example.org")).name).toBe("Ada");
  });

  test("another email typed later is another customer", async () => {
    const uuid = await create();
    const first = await setCustomer(ctx, { uuid, customer: { ...ada, email: "typo@example.org" } });
    const { browserToken } = first;
    const second = await setCustomer(ctx, { uuid, customer: { ...ada, email: "right@example.org" }, browserToken });
    expect(second.session.customerUuid).not.toBe(first.session.customerUuid);
    expect((await checkoutCustomer(ctx, uuid, browserToken)).email).toBe("right@example.org");
  });

  test("whoever types one email after another leaves one customer, and takes nobody else's away", async () => {
    const uuid = await create();
    const type = (email: string, browserToken?: string) =>
      setCustomer(ctx, { uuid, customer: { ...ada, email }, browserToken });
    const emails = async () => {
      const rows = await ctx.db.query<{ email: string }>(
        "select email from customer where email like '%@spam.example' order by email",
      );
      return rows.map(({ email }) => email);
    };
    const known = await createCustomer(ctx, shop.principal, { ...ada, email: "known@spam.example" });
    const { browserToken } = await type("a@spam.example");
    const own = (await type("b@spam.example", browserToken)).session.customerUuid ?? "";
    expect(await emails()).toEqual(["b@spam.example", "known@spam.example"]);
    await type("known@spam.example", browserToken);
    await expect(getCustomer(ctx, shop.principal, own)).rejects.toMatchObject({ code: "not_found" });
    await type("c@spam.example", browserToken);
    expect(await getCustomer(ctx, shop.principal, known.uuid)).toMatchObject({ email: "known@spam.example" });
    await create({ customerUUID: (await getCustomerByEmail(ctx, shop.principal, "c@spam.example")).uuid });
    await type("d@spam.example", browserToken);
    expect(await emails()).toEqual(["c@spam.example", "d@spam.example", "known@spam.example"]);
  });

  test("of two browsers at once one owns the session, and the other's customer is not kept", async () => {
    const uuid = await create();
    const typed = ["one", "two", "three"].map((name) =>
      setCustomer(ctx, { uuid, customer: { ...ada, email: `${name}@race.example` } }),
    );
    const results = await Promise.allSettled(typed);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "not_session_owner" });
    }
    const made = await ctx.db.query("select 1 from customer where email like '%@race.example'");
    expect(made).toHaveLength(1);
  });

  test("many sessions at once with one email share one customer", async () => {
    const uuids = await Promise.all(Array.from({ length: 6 }, () => create()));
    const customer = { ...ada, email: "crowd@example.org" };
    const made = await Promise.all(uuids.map((uuid) => setCustomer(ctx, { uuid, customer })));
    expect(new Set(made.map(({ session }) => session.customerUuid)).size).toBe(1);
  });

  test("where the merchant named the customer nothing is typed, and nothing is shown", async () => {
    const known = await createCustomer(ctx, shop.principal, { ...ada, email: "named@example.org" });
    const uuid = await create({ customerUUID: known.uuid });
    await expect(setCustomer(ctx, { uuid, customer: ada })).rejects.toMatchObject({ kind: "conflict" });
    await expect(checkoutCustomer(ctx, uuid, undefined)).rejects.toMatchObject({ code: "not_found" });
    expect((await getPublicSession(ctx, uuid)).customerUuid).toBe(known.uuid);
  });

  test("an erased customer is shown to nobody", async () => {
    const uuid = await create();
    const { session, browserToken } = await setCustomer(ctx, {
      uuid,
      customer: { ...ada, email: "erased@example.org" },
    });
    await removeCustomer(ctx, shop.principal, session.customerUuid ?? "");
    await expect(checkoutCustomer(ctx, uuid, browserToken)).rejects.toMatchObject({ code: "not_found" });
  });

  test("nothing is typed into a session that is over", async () => {
    const expired = await create();
    await expireSession(ctx, shop.principal, expired);
    await expect(setCustomer(ctx, { uuid: expired, customer: ada })).rejects.toMatchObject({
      kind: "gone",
      code: "session_expired",
    });
    const cancelled = await create();
    await cancelSession(ctx, { uuid: cancelled });
    await expect(setCustomer(ctx, { uuid: cancelled, customer: ada })).rejects.toMatchObject({
      kind: "conflict",
      code: "session_final",
    });
  });

  test("wrong fields are told at once, and leave the session nobody's", async () => {
    const uuid = await create();
    const error = await setCustomer(ctx, { uuid, customer: { name: "\u202e", email: "x" } }).catch((caught) => caught);
    expect(error.fields.map(({ field }: { field: string }) => field)).toEqual(["name", "lastName", "email"]);
    expect((await getPublicSession(ctx, uuid)).browserTokenHash).toBeNull();
  });
});
