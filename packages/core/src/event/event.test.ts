import type { Db } from "@qbitflow/db";
import { type SeededMerchant, seedMerchant, type TestContext, testContext, testDb } from "@qbitflow/testkit";
import { afterAll, beforeAll, expect, it } from "vitest";
import { appendEvents, type NewEvent } from "./append.ts";
import { listEvents } from "./list.ts";

let db: Db;
let ctx: TestContext;
let merchant: SeededMerchant;

beforeAll(async () => {
  db = await testDb();
  ctx = await testContext({ db });
  merchant = await seedMerchant(ctx);
});
afterAll(() => db.close());

const event = (type: string, change: Partial<NewEvent> = {}): NewEvent => ({
  organizationId: merchant.organization.id,
  test: true,
  type,
  subjectUuid: ctx.ids.uuid(),
  data: { amountBase: "115792089237316195423570985008687907853269984665640564039457584007913129639935", text: 'é\n"<' },
  ...change,
});

it("events are kept in their order and read page by page, newest first", async () => {
  const ids = await appendEvents(
    ctx,
    ["a", "b", "c", "d"].map((type) => event(type)),
  );
  expect(ids).toEqual([...ids].sort((a, b) => Number(a - b)));
  const first = await listEvents(ctx, merchant.principal, { limit: 3 });
  await appendEvents(ctx, [event("e")]);
  const rest = await listEvents(ctx, merchant.principal, { limit: 3, cursor: first.nextCursor });
  expect([...first.items, ...rest.items].slice(0, 4).map(({ type }) => type)).toEqual(["d", "c", "b", "a"]);
  expect(first.items[0]?.data).toEqual(event("d").data);
});

it("another organization's and the other mode's events are not shown", async () => {
  const stranger = await seedMerchant(ctx);
  await appendEvents(ctx, [
    event("live", { test: false }),
    event("theirs", { organizationId: stranger.organization.id }),
  ]);
  const { items } = await listEvents(ctx, merchant.principal, { limit: 100 });
  expect(items.map(({ type }) => type)).not.toEqual(expect.arrayContaining(["live"]));
  expect(items.map(({ type }) => type)).not.toEqual(expect.arrayContaining(["theirs"]));
  await expect(listEvents(ctx, merchant.principal, { type: "\0" })).rejects.toMatchObject({
    code: "validation_failed",
  });
  await expect(listEvents(ctx, merchant.principal, { cursor: "made-up" })).rejects.toMatchObject({
    code: "invalid_cursor",
  });
});

it("the log is read by type and by session; a page looks through 10 000 lines at most and says where to go on", async () => {
  const [quiet, busy] = [await seedMerchant(ctx), await seedMerchant(ctx)];
  const of = (shop: SeededMerchant, type: string, subjectUuid = ctx.ids.uuid()) =>
    event(type, { organizationId: shop.organization.id, subjectUuid });
  const uuid = ctx.ids.uuid();
  await appendEvents(ctx, [of(quiet, "rare", uuid), of(quiet, "often", uuid), of(quiet, "often"), of(busy, "rare")]);
  const types = async (shop: SeededMerchant, query: object) => {
    const page = await listEvents(ctx, shop.principal, query);
    return { types: page.items.map(({ type }) => type), nextCursor: page.nextCursor };
  };
  expect(await types(quiet, { type: "often" })).toEqual({ types: ["often", "often"], nextCursor: null });
  expect(await types(quiet, { subjectUuid: uuid })).toEqual({ types: ["often", "rare"], nextCursor: null });
  expect(await types(quiet, { type: "rare", subjectUuid: uuid })).toEqual({ types: ["rare"], nextCursor: null });
  expect((await types(quiet, { type: "often", limit: 1 })).nextCursor).not.toBeNull();

  await db.query(
    `insert into event (organization_id, test, type, data, created_at)
     select $1, true, 'often', '{}', now() from generate_series(1, 10000)`,
    [busy.organization.id],
  );
  const first = await types(busy, { type: "rare" });
  expect(first).toEqual({ types: [], nextCursor: expect.any(String) });
  expect(await types(busy, { type: "rare", cursor: first.nextCursor })).toEqual({ types: ["rare"], nextCursor: null });
});
