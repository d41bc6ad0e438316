import { type SeededMerchant, seedMerchant, type TestContext, testContext } from "@qbitflow/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { authenticate, issueKey } from "../api-key/index.ts";
import type { Principal } from "../context.ts";
import * as users from "./index.ts";

let ctx: TestContext;
let shop: SeededMerchant;
let other: SeededMerchant;
beforeAll(async () => {
  ctx = await testContext();
  shop = await seedMerchant(ctx);
  other = await seedMerchant(ctx);
});
afterAll(() => ctx.close());

const person = (email: string, role = "user") => ({
  name: "Uma",
  lastName: "User",
  email,
  password: "long enough",
  role,
  organizationFeeBps: 250,
});

async function principalOf(user: users.User): Promise<Principal> {
  const { key } = await issueKey(ctx, { organizationId: user.organizationId, userId: user.id, name: "k", test: true });
  return authenticate(ctx, key);
}

test("an owner makes users; the answer has no password and both spellings of the time", async () => {
  const made = await users.createUser(ctx, shop.principal, person("uma@shop.example"));
  const resource = users.userResource(made);
  expect(resource).toMatchObject({ email: "uma@shop.example", role: "user", organizationFeeBps: 250 });
  expect(resource.updateAt).toBe(resource.updatedAt);
  expect(JSON.stringify(resource)).not.toMatch(/scrypt|long enough/);
  expect(await users.getUser(ctx, shop.principal, made.id)).toEqual(made);
  expect(await users.listUsers(ctx, shop.principal)).toContainEqual(made);
});

test("an email is one user's, in whatever case, until that user is removed", async () => {
  const made = await users.createUser(ctx, shop.principal, person("Twice@shop.example"));
  const again = users.createUser(ctx, shop.principal, person("twice@SHOP.example"));
  await expect(again).rejects.toMatchObject({ kind: "conflict", code: "email_taken" });
  await users.removeUser(ctx, shop.principal, made.id);
  await expect(users.getUser(ctx, shop.principal, made.id)).rejects.toMatchObject({ code: "not_found" });
  await users.createUser(ctx, shop.principal, person("twice@shop.example"));
});

test("a plain user's key makes no users, changes nobody else, and cannot set its own fee", async () => {
  const made = await users.createUser(ctx, shop.principal, person("plain@shop.example"));
  const plain = await principalOf(made);
  await expect(users.createUser(ctx, plain, person("x@shop.example"))).rejects.toMatchObject({ kind: "forbidden" });
  const changed = await users.updateUser(ctx, plain, {
    id: made.id,
    change: { name: "New", organizationFeeBps: 0, password: null },
  });
  expect(changed).toMatchObject({ name: "New", lastName: "User", organizationFeeBps: 250 });
  for (const nobodyElse of [
    users.getUser(ctx, plain, shop.user.id),
    users.updateUser(ctx, plain, { id: shop.user.id, change: { name: "X" } }),
    users.removeUser(ctx, plain, shop.user.id),
  ]) {
    await expect(nobodyElse).rejects.toMatchObject({ code: "not_found" });
  }
  expect(await users.listUsers(ctx, plain)).toEqual([changed]);
  await expect(users.removeUser(ctx, plain, made.id)).rejects.toMatchObject({ kind: "forbidden" });
});

test("an admin cannot change an owner, and an owner stays", async () => {
  const admin = await principalOf(await users.createUser(ctx, shop.principal, person("admin@shop.example", "admin")));
  await expect(users.updateUser(ctx, admin, { id: shop.user.id, change: {} })).rejects.toMatchObject({
    kind: "forbidden",
  });
  await expect(users.removeUser(ctx, shop.principal, shop.user.id)).rejects.toMatchObject({ kind: "forbidden" });
});

test("an owner reads as admin where older clients decode it", () => {
  expect(users.userResource(shop.user)).toMatchObject({ role: "admin", isOwner: true });
});

test("without a fee a user's is 0; a password of 8 characters will do", async () => {
  const { organizationFeeBps: _, ...input } = { ...person("nofee@shop.example"), password: "8 chars." };
  expect(await users.createUser(ctx, shop.principal, input)).toMatchObject({ organizationFeeBps: 0 });
  const change = { password: "7 chars" };
  await expect(users.updateUser(ctx, shop.principal, { id: shop.user.id, change })).rejects.toMatchObject({
    code: "validation_failed",
  });
});

test("another organization's users do not exist", async () => {
  for (const id of [other.user.id, 2n ** 70n, 0n]) {
    await expect(users.getUser(ctx, shop.principal, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(users.updateUser(ctx, shop.principal, { id, change: { name: "X" } })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(users.removeUser(ctx, shop.principal, id)).rejects.toMatchObject({ code: "not_found" });
  }
});

test("all wrong fields are told at once", async () => {
  const bad = { name: "", email: "x", password: "short", role: "owner", organizationFeeBps: 1_001 };
  const error = await users.createUser(ctx, shop.principal, bad).catch((caught) => caught);
  expect(error.fields.map(({ field }: { field: string }) => field).sort()).toEqual([
    "email",
    "lastName",
    "name",
    "organizationFeeBps",
    "password",
    "role",
  ]);
});

test("a password's digest is its own with each salt", async () => {
  const digest = await users.passwordDigest("long enough", "a");
  expect(await users.passwordDigest("long enough", "a")).toBe(digest);
  expect(await users.passwordDigest("long enough", "b")).not.toBe(digest);
  expect(await users.passwordDigest("long enougH", "a")).not.toBe(digest);
});

test("a password is checked against its hash, however it was composed", async () => {
  const hash = await users.hashPassword("pässword-é");
  expect(await users.verifyPassword("pa\u0308ssword-e\u0301", hash)).toBe(true);
  expect(await users.verifyPassword("password-e", hash)).toBe(false);
  expect(await users.verifyPassword("x", "plain")).toBe(false);
  expect(await users.hashPassword("pässword-é")).not.toBe(hash);
});
