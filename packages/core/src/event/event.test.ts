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
  await expect(listEvents(ctx, merchant.principal, { cursor: "made-up" })).rejects.toMatchObject({
    code: "invalid_cursor",
  });
});
