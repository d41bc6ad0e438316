import { dbKinds, seedMerchant, testContext } from "@qbitflow/testkit";
import { describe, expect, test } from "vitest";
import { createSession, getSession } from "./checkout-session/index.ts";
import { createCustomer } from "./customer/index.ts";
import { gather } from "./gather.ts";

const custom = (index: number) => ({ productName: `Thing ${index}`, description: "", price: index + 1 });

describe.each(dbKinds)("callers of one moment, on %s", (kind) => {
  test("each gets its own session, and its own refusal", async () => {
    const ctx = await testContext({ kind });
    const shop = await seedMerchant(ctx);
    const other = await seedMerchant(ctx);
    const person = await createCustomer(ctx, shop.principal, { name: "A", lastName: "B", email: "a@b.cd" });
    const made = await Promise.all(
      Array.from({ length: 120 }, async (_, index) => {
        const input = index % 3 === 0 ? { productId: 1 } : custom(index);
        const owner = index % 2 === 0 ? shop : other;
        const session = await createSession(ctx, owner.principal, {
          ...input,
          ...(index % 4 === 0 && { customerUUID: person.uuid, metadata: { order: `{"a",\\${index}}` } }),
          reference: `order ${index}`,
        });
        return { session, owner };
      }).concat(
        [{ productId: 77 }, { ...custom(1), customerUUID: ctx.ids.uuid() }].map(async (input) => {
          const refusal = await createSession(ctx, shop.principal, input).catch((error: unknown) => error);
          expect(refusal).toMatchObject({ code: expect.stringMatching(/^(product|customer)_not_found$/) });
          return null;
        }) as never,
      ),
    );
    const sessions = made.filter((one) => one !== null);
    expect(sessions).toHaveLength(120);
    const read = await Promise.all(
      sessions.map(({ session, owner }) => getSession(ctx, owner.principal, { uuid: session.uuid })),
    );
    expect(read).toEqual(sessions.map(({ session }) => session));
    expect(new Set(read.map(({ reference }) => reference)).size).toBe(120);
    const strangers = sessions.map(({ session, owner }) =>
      getSession(ctx, (owner === shop ? other : shop).principal, { uuid: session.uuid }),
    );
    for (const outcome of await Promise.allSettled(strangers)) {
      expect(outcome).toMatchObject({ status: "rejected", reason: { code: "not_found" } });
    }
    const [events] = await ctx.db.query<{ count: bigint }>(
      "select count(*) from event where type = 'checkout_session.created'",
    );
    expect(events?.count).toBe(120n);
    await ctx.close();
  });

  test("one caller's failure is nobody else's", async () => {
    const ctx = await testContext({ kind });
    await ctx.db.script("create table thing (id integer generated always as identity, name text not null)");
    const add = gather(async (db, names: readonly (string | null)[]) => {
      const rows = await db.query<{ name: string }>(
        "insert into thing (name) select name from unnest($1::text[]) as t(name) returning name",
        [[...names]],
      );
      return rows.map(({ name }) => name);
    });
    const outcomes = [];
    for (const name of ["a", null, "b"]) outcomes.push(add(ctx.db, name));
    expect(await Promise.allSettled(outcomes)).toMatchObject([
      { status: "fulfilled", value: "a" },
      { status: "rejected" },
      { status: "fulfilled", value: "b" },
    ]);
    await ctx.close();
  });

  test("what says nothing against any one caller is not tried again for each: a database in trouble gets no more to do", async () => {
    const ctx = await testContext({ kind });
    let statements = 0;
    for (const code of [undefined, "08006", "53300", "57014"]) {
      const ask = gather(async () => {
        statements += 1;
        throw Object.assign(new Error("trouble"), code === undefined ? {} : { code });
      });
      statements = 0;
      const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => ask(ctx.db, 1)));
      expect(outcomes.every(({ status }) => status === "rejected")).toBe(true);
      if (ctx.db.kind === "postgres") expect(statements).toBe(1);
    }
    await ctx.close();
  });

  test("in a transaction a call is part of it", async () => {
    const ctx = await testContext({ kind });
    const shop = await seedMerchant(ctx);
    const undone = ctx.db.transaction(async (tx) => {
      const { uuid } = await createSession({ ...ctx, db: tx }, shop.principal, custom(1));
      expect(await getSession({ ...ctx, db: tx }, shop.principal, { uuid })).toMatchObject({ uuid });
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(await ctx.db.query("select uuid from checkout_session")).toEqual([]);
    await ctx.close();
  });
});
