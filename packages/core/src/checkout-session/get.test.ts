import {
  liveNetwork,
  type SeededMerchant,
  seedMerchant,
  type TestContext,
  testContext,
  testNetwork,
} from "@qbitflow/testkit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { authenticate, issueKey } from "../api-key/index.ts";
import { setCurrencyOn } from "../currency/index.ts";
import {
  cancelSession,
  createSession,
  expireSession,
  getPublicSession,
  getSession,
  listSessions,
  sessionReadResource,
  sessionResource,
  sessionResources,
} from "./index.ts";

let ctx: TestContext;
let shop: SeededMerchant;
beforeAll(async () => {
  ctx = await testContext();
  shop = await seedMerchant(ctx);
});
afterAll(() => ctx.close());
beforeEach(() => ctx.clock.set("2026-03-01T12:00:00Z"));

const MINUTE_MS = 60_000;
const create = (input: object = {}) => createSession(ctx, shop.principal, { productId: 1, ...input });
const read = (uuid: string, closeToExpireError?: boolean) =>
  getSession(ctx, shop.principal, { uuid, ...(closeToExpireError === undefined ? {} : { closeToExpireError }) });

test("the resource has exactly the wire's fields: what has no value is left out, an absent customer is empty", async () => {
  const session = await create();
  const resource = await sessionResource(ctx, session);
  expect(Object.keys(resource).sort()).toEqual([
    "availableCurrencies",
    "customerUUID",
    "description",
    "organizationName",
    "price",
    "productId",
    "productName",
    "uuid",
  ]);
  expect(resource).toMatchObject({
    price: 25,
    customerUUID: "",
    productId: 1,
    organizationName: shop.organization.name,
  });
  expect(resource.availableCurrencies.map(({ symbol }) => symbol)).toEqual(["ETH", "tUSDC", "tDAI"]);
  expect(resource.availableCurrencies[1]).toEqual({
    id: 9_002,
    symbol: "tUSDC",
    name: "Test USDC",
    decimals: 6,
    address: testNetwork.tokens[0]?.address,
    test: true,
    mainCurrencyId: 9_001,
    mainCurrency: {
      id: 9_001,
      symbol: "ETH",
      name: "Ether",
      decimals: 18,
      address: "0x0000000000000000000000000000000000000000",
      test: true,
    },
  });
});

test("what was set appears; reading adds when it ends and how it stands", async () => {
  const given = {
    successUrl: "https://s.example/{{UUID}}",
    cancelUrl: "https://s.example/c",
    reference: "r",
    metadata: { a: "b" },
  };
  const session = await create(given);
  expect(await sessionReadResource(ctx, session)).toMatchObject({
    ...given,
    expiresAt: session.expiresAt.getTime() / 1_000,
    status: { type: "payment", status: "created" },
  });
});

test("many resources come in one query for sessions", async () => {
  const sessions = [await create(), await create({ reference: "x" })];
  const other = await seedMerchant(ctx);
  sessions.push(await createSession(ctx, other.principal, { productId: 1 }));
  const resources = await sessionResources(ctx, [
    ...sessions.map(({ uuid }) => uuid),
    "01997c89-d0e9-7c9a-9886-fe7709919695",
  ]);
  expect(resources.size).toBe(3);
  for (const session of sessions) expect(resources.get(session.uuid)).toEqual(await sessionResource(ctx, session));
});

test("a token's chain coin is named although the organization switched the coin off", async () => {
  const fresh = await seedMerchant(ctx);
  await setCurrencyOn(ctx, { organizationId: fresh.organization.id, currencyId: 9_001, on: false });
  const session = await createSession(ctx, fresh.principal, { productId: 1 });
  expect((await sessionResource(ctx, session)).availableCurrencies[0]).toMatchObject({
    id: 9_002,
    mainCurrencyId: 9_001,
  });
});

test("a session that ends within 5 minutes is refused unless told otherwise, and after its end the merchant still reads it", async () => {
  const { uuid } = await create({ expiresInMinutes: 10 });
  ctx.clock.advance(5 * MINUTE_MS);
  await read(uuid);
  ctx.clock.advance(1);
  await expect(read(uuid)).rejects.toMatchObject({ kind: "gone", code: "session_close_to_expire" });
  await expect(read(uuid, true)).rejects.toMatchObject({ kind: "gone" });
  await read(uuid, false);
  ctx.clock.advance(5 * MINUTE_MS);
  await expect(read(uuid)).rejects.toMatchObject({ kind: "gone", code: "session_expired" });
  const late = await sessionReadResource(ctx, await read(uuid, false));
  expect(late.status.status).toBe("expired");
});

test("one that is over is read whenever: there is nothing left to expire", async () => {
  const { uuid } = await create({ expiresInMinutes: 10 });
  await cancelSession(ctx, { uuid });
  ctx.clock.advance(20 * MINUTE_MS);
  expect((await read(uuid)).status).toBe("cancelled");
});

test("another organization's, another mode's and an impossible uuid do not exist, in the same words", async () => {
  const { uuid } = await create();
  const other = await seedMerchant(ctx);
  const { key } = await issueKey(ctx, {
    organizationId: shop.organization.id,
    userId: shop.user.id,
    name: "l",
    test: false,
  });
  const live = await authenticate(ctx, key);
  const words = new Set<string>();
  for (const [principal, wanted] of [
    [other.principal, uuid],
    [live, uuid],
    [shop.principal, "01997c89-d0e9-7c9a-9886-fe7709919695"],
    [shop.principal, "x'; --"],
    [shop.principal, ""],
  ] as const) {
    for (const attempt of [
      () => getSession(ctx, principal, { uuid: wanted, closeToExpireError: false }),
      () => expireSession(ctx, principal, wanted),
    ]) {
      const error = await attempt().catch((caught) => caught);
      expect(error).toMatchObject({ kind: "not_found", code: "not_found" });
      words.add(error.message);
    }
  }
  expect(words.size).toBe(1);
  await expect(getPublicSession(ctx, "\u0000")).rejects.toMatchObject({ code: "not_found" });
});

test("the list is newest first and of one mode", async () => {
  const fresh = await seedMerchant(ctx);
  const made: string[] = [];
  for (let number = 0; number < 5; number++)
    made.unshift((await createSession(ctx, fresh.principal, { productId: 1 })).uuid);
  const first = await listSessions(ctx, fresh.principal, { limit: 3 });
  const second = await listSessions(ctx, fresh.principal, { limit: 3, cursor: first.nextCursor });
  expect([...first.items, ...second.items].map(({ uuid }) => uuid)).toEqual(made);
  expect(second.nextCursor).toBeNull();
  const elsewhere = { ...fresh.principal, test: liveNetwork.test };
  expect((await listSessions(ctx, elsewhere, {})).items).toEqual([]);
});
