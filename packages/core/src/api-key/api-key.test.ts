import { type SeededMerchant, seedMerchant, type TestContext, testContext } from "@qbitflow/testkit";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createCache, keepCacheFresh } from "../cache.ts";
import { createUser, removeUser } from "../user/index.ts";
import { apiKeyResource, authenticate, createKey, issueKey, listKeys, revokeKey } from "./index.ts";

let ctx: TestContext;
let shop: SeededMerchant;
let other: SeededMerchant;
beforeAll(async () => {
  ctx = await testContext();
  shop = await seedMerchant(ctx);
  other = await seedMerchant(ctx);
});
afterAll(() => ctx.close());

const newKey = (options: { test?: boolean; expiresAt?: Date } = {}) =>
  issueKey(ctx, { organizationId: shop.organization.id, userId: shop.user.id, name: "k", test: true, ...options });

test("a key says whose it is; only its hash is stored", async () => {
  const { key, apiKey } = await newKey({ test: false });
  expect(key).toMatch(new RegExp(`^sk_${apiKey.id}_live_[A-Za-z0-9_-]{43}$`));
  expect(await authenticate(ctx, key)).toEqual({
    keyId: apiKey.id,
    organizationId: shop.organization.id,
    organizationName: shop.organization.name,
    userId: shop.user.id,
    role: "owner",
    test: false,
  });
  const [row] = await ctx.db.query<{ text: string }>("select k::text as text from api_key k where id = $1", [
    apiKey.id,
  ]);
  expect(row?.text).not.toContain(key.split("_")[3]);
  expect(apiKeyResource(apiKey)).not.toHaveProperty("expiresAt");
});

test("without a key, and with one that is not known, the caller learns which; nothing tells why it is not known", async () => {
  const { key, apiKey } = await newKey();
  await expect(authenticate(ctx, undefined)).rejects.toMatchObject({ code: "key_missing" });
  await expect(authenticate(ctx, "")).rejects.toMatchObject({ code: "key_missing" });
  const wrong = [
    "x",
    `${key}x`,
    key.replace("_test_", "_live_"),
    key.replace(`sk_${apiKey.id}_`, "sk_999999_"),
    key.replace(`sk_${apiKey.id}_`, "sk_9223372036854775808_"),
    `sk_${apiKey.id}_test_${"A".repeat(43)}`,
    `sk_${apiKey.id}_test_`,
    `sk_${"9".repeat(4_000)}_test_${"A".repeat(43)}`,
  ];
  const words = new Set<string>();
  for (const text of wrong) {
    const error = await authenticate(ctx, text).catch((caught) => caught);
    expect(error).toMatchObject({ kind: "unauthenticated", code: "key_invalid" });
    words.add(error.message);
  }
  expect(words.size).toBe(1);
});

test("a revoked key stops at once, here and in another process", async () => {
  const { key, apiKey } = await newKey();
  const elsewhere = { ...ctx, cache: createCache(ctx.clock) };
  const stop = await keepCacheFresh(elsewhere);
  await Promise.all([authenticate(ctx, key), authenticate(elsewhere, key)]);
  await revokeKey(ctx, shop.principal, apiKey.id);
  await expect(authenticate(ctx, key)).rejects.toMatchObject({ code: "key_invalid" });
  await vi.waitFor(() => expect(authenticate(elsewhere, key)).rejects.toMatchObject({ code: "key_invalid" }));
  await expect(revokeKey(ctx, shop.principal, apiKey.id)).rejects.toMatchObject({ code: "not_found" });
  await stop();
});

test("an expired key says so, by the clock, remembered or not", async () => {
  const { key } = await newKey({ expiresAt: new Date(ctx.clock.now().getTime() + 1_000) });
  await authenticate(ctx, key);
  ctx.clock.advance(1_000);
  await expect(authenticate(ctx, key)).rejects.toMatchObject({ code: "key_expired" });
});

test("a removed user's keys stop working", async () => {
  const person = {
    name: "U",
    lastName: "V",
    email: "gone@shop.example",
    password: "long enough",
    role: "user",
    organizationFeeBps: 0,
  };
  const user = await createUser(ctx, shop.principal, person);
  const { key } = await issueKey(ctx, { organizationId: user.organizationId, userId: user.id, name: "k", test: true });
  await authenticate(ctx, key);
  await removeUser(ctx, shop.principal, user.id);
  await expect(authenticate(ctx, key)).rejects.toMatchObject({ code: "key_invalid" });
});

test("a plain user sees, makes and revokes only keys of his own", async () => {
  const person = {
    name: "U",
    lastName: "V",
    email: "own@shop.example",
    password: "long enough",
    role: "user",
    organizationFeeBps: 0,
  };
  const user = await createUser(ctx, shop.principal, person);
  const { key } = await createKey(ctx, shop.principal, { name: "hers", userId: Number(user.id), test: true });
  const plain = await authenticate(ctx, key);
  expect(await listKeys(ctx, plain)).toHaveLength(1);
  await expect(listKeys(ctx, plain, { userId: shop.user.id })).rejects.toMatchObject({ code: "not_found" });
  const forOwner = { name: "k", userId: Number(shop.user.id), test: true };
  await expect(createKey(ctx, plain, forOwner)).rejects.toMatchObject({ code: "not_found" });
  await expect(revokeKey(ctx, plain, shop.principal.keyId)).rejects.toMatchObject({ code: "not_found" });
  expect((await listKeys(ctx, shop.principal, { userId: user.id })).map(({ userId }) => userId)).toEqual([user.id]);
});

test("an admin neither makes nor revokes an owner's keys", async () => {
  const person = { name: "A", lastName: "D", email: "admin@shop.example", password: "long enough", role: "admin" };
  const admin = await createUser(ctx, shop.principal, person);
  const { key } = await createKey(ctx, shop.principal, { name: "k", userId: Number(admin.id), test: true });
  const principal = await authenticate(ctx, key);
  const forOwner = { name: "k", userId: Number(shop.user.id), test: true };
  await expect(createKey(ctx, principal, forOwner)).rejects.toMatchObject({ kind: "forbidden" });
  await expect(revokeKey(ctx, principal, shop.principal.keyId)).rejects.toMatchObject({ kind: "forbidden" });
  expect(await listKeys(ctx, principal, { userId: shop.user.id })).not.toEqual([]);
});

test("a test key makes, sees and revokes test keys only; a live key both", async () => {
  const live = await newKey({ test: false });
  const wanted = { name: "k", userId: Number(shop.user.id), test: false };
  await expect(createKey(ctx, shop.principal, wanted)).rejects.toMatchObject({ kind: "forbidden" });
  expect((await listKeys(ctx, shop.principal)).every(({ test }) => test)).toBe(true);
  await expect(revokeKey(ctx, shop.principal, live.apiKey.id)).rejects.toMatchObject({ code: "not_found" });
  const principal = await authenticate(ctx, live.key);
  expect(new Set((await listKeys(ctx, principal)).map(({ test }) => test))).toEqual(new Set([true, false]));
  const { apiKey } = await createKey(ctx, principal, { ...wanted, test: true });
  await revokeKey(ctx, principal, apiKey.id);
  await revokeKey(ctx, principal, live.apiKey.id);
});

test.each(["2020-01-01T00:00:00Z", "2099-01-01T00:00:00", "2099-01-01", "tomorrow", 4_070_908_800])(
  "%j is no time to expire at",
  async (expiresAt) => {
    const input = { name: "k", userId: Number(shop.user.id), test: true, expiresAt };
    const error = await createKey(ctx, shop.principal, input).catch((caught) => caught);
    expect(error.fields.map(({ field }: { field: string }) => field)).toEqual(["expiresAt"]);
  },
);

test("another organization's users and keys are out of reach", async () => {
  const forStranger = { name: "k", userId: Number(other.user.id), test: true };
  await expect(createKey(ctx, shop.principal, forStranger)).rejects.toMatchObject({ code: "not_found" });
  await expect(listKeys(ctx, shop.principal, { userId: other.user.id })).rejects.toMatchObject({ code: "not_found" });
  await expect(revokeKey(ctx, shop.principal, other.principal.keyId)).rejects.toMatchObject({ code: "not_found" });
  const ids = (await listKeys(ctx, shop.principal)).map(({ organizationId }) => organizationId);
  expect(new Set(ids)).toEqual(new Set([shop.organization.id]));
});

test("wrong fields are told at once", async () => {
  const bad = { name: "", userId: "1", test: "yes", expiresAt: "2020-01-01T00:00:00Z" };
  const error = await createKey(ctx, shop.principal, bad).catch((caught) => caught);
  expect(error.fields.map(({ field }: { field: string }) => field)).toEqual(["name", "userId", "test", "expiresAt"]);
});
