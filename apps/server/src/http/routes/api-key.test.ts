import { issueKey } from "@qbitflow/core";
import { seedMerchant } from "@qbitflow/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestServer, testServer } from "../../../test/server.ts";

let server: TestServer;
let ownerId: number;
beforeAll(async () => {
  server = await testServer();
  ownerId = Number(server.merchant.user.id);
});
afterAll(() => server.close());

const wanted = (userId = ownerId) => ({ name: "shop server", userId, test: true });
const create = (body: unknown, options: { key?: string; headers?: Record<string, string> } = {}) =>
  server.call("POST", "/v1/api-key/", { body, ...options });

async function member(email: string, role: string): Promise<{ id: number; key: string }> {
  const body = { name: "Uma", lastName: "User", email, password: "long enough", role };
  const { id } = (await server.call("POST", "/v1/user/", { body })).json();
  return { id, key: (await create(wanted(id))).json().key };
}

test("a key is shown once, works, is listed without its secret, and is refused as soon as it is revoked", async () => {
  const created = await create({ ...wanted(), role: "user", expiresAt: null });
  expect(created.statusCode).toBe(200);
  const { data, key, id, prefix } = created.json();
  expect(Object.keys(created.json()).sort()).toEqual(["data", "id", "key", "prefix"]);
  expect(data).toEqual({
    id,
    ...wanted(),
    organizationId: Number(server.merchant.organization.id),
    createdAt: expect.any(String),
    role: "admin",
  });
  expect(prefix).toBe(`sk_${id}_test`);
  expect(key.startsWith(`${prefix}_`)).toBe(true);
  expect((await server.call("GET", "/v1/user", { key })).json().id).toBe(ownerId);

  for (const path of ["/v1/api-key/", "/v1/api-key", `/v1/api-key/user/${ownerId}`]) {
    const list = await server.call("GET", path);
    expect(list.json(), path).toContainEqual(data);
    expect(list.body).not.toContain(key.slice(prefix.length + 1));
  }
  const headers = { "content-type": "application/json" };
  const revoked = await server.call("DELETE", `/v1/api-key/${id}`, { headers });
  expect(revoked.json()).toEqual({ message: expect.any(String) });
  expect((await server.call("GET", "/v1/user", { key })).json()).toMatchObject({ status: 401, code: "key_invalid" });
  expect((await server.call("DELETE", `/v1/api-key/${id}`)).statusCode).toBe(404);
  expect((await server.call("GET", "/v1/api-key")).json()).not.toContainEqual(data);
});

test("a repetition does not show the key again, nor make a second one", async () => {
  const headers = { "idempotency-key": "key-1" };
  const first = await create(wanted(), { headers });
  expect(first.statusCode).toBe(200);
  const count = (await server.call("GET", "/v1/api-key")).json().length;
  const again = await create(wanted(), { headers });
  expect(again.json()).toMatchObject({ status: 409, code: "key_already_shown" });
  expect(again.body).not.toContain(first.json().key);
  const other = await create({ ...wanted(), name: "other" }, { headers });
  expect(other.json().code).toBe("idempotency_key_reused");
  expect((await server.call("GET", "/v1/api-key")).json()).toHaveLength(count);
});

test("a key that expires does so, in whatever zone its end was told", async () => {
  const end = new Date(server.ctx.clock.now().getTime() + 3_600_000);
  const inBerlin = new Date(end.getTime() + 2 * 3_600_000).toISOString().replace(/\.\d+Z$/, ".000000001+02:00");
  const { key, data } = (await create({ ...wanted(), expiresAt: inBerlin })).json();
  expect(Math.abs(Date.parse(data.expiresAt) - end.getTime())).toBeLessThan(1_000);
  expect((await server.call("GET", "/v1/user", { key })).statusCode).toBe(200);
  server.ctx.clock.advance(3_600_000);
  expect((await server.call("GET", "/v1/user", { key })).json()).toMatchObject({ status: 401, code: "key_expired" });
});

describe("roles", () => {
  test("a plain user makes, sees and revokes keys of its own alone", async () => {
    const { id, key } = await member("plain@shop.example", "user");
    const own = (await create(wanted(id), { key })).json();
    expect(own.data).toMatchObject({ userId: id, role: "user" });
    expect((await server.call("GET", "/v1/api-key", { key })).json()).toHaveLength(2);
    expect((await server.call("GET", `/v1/api-key/user/${id}`, { key })).json()).toHaveLength(2);
    expect((await create(wanted(ownerId), { key })).statusCode).toBe(404);
    expect((await server.call("GET", `/v1/api-key/user/${ownerId}`, { key })).statusCode).toBe(404);
    const ownersKey = server.merchant.principal.keyId;
    expect((await server.call("DELETE", `/v1/api-key/${ownersKey}`, { key })).statusCode).toBe(404);
    expect((await server.call("DELETE", `/v1/api-key/${own.id}`, { key })).statusCode).toBe(200);
  });

  test("an admin makes and revokes keys of users, but no owner's", async () => {
    const plain = await member("other@shop.example", "user");
    const { key } = await member("admin@shop.example", "admin");
    const made = (await create(wanted(plain.id), { key })).json();
    expect((await server.call("GET", `/v1/api-key/user/${plain.id}`, { key })).json()).toHaveLength(2);
    expect((await server.call("DELETE", `/v1/api-key/${made.id}`, { key })).statusCode).toBe(200);
    expect((await create(wanted(ownerId), { key })).json()).toMatchObject({ status: 403, code: "forbidden" });
    const ownersKey = server.merchant.principal.keyId;
    expect((await server.call("DELETE", `/v1/api-key/${ownersKey}`, { key })).json().code).toBe("forbidden");
  });
});

test("a test key makes and sees test keys only; a live key is the way to both", async () => {
  const { organization, user } = server.merchant;
  const live = await issueKey(server.ctx, { organizationId: organization.id, userId: user.id, name: "l", test: false });
  expect((await create({ ...wanted(), test: false })).json()).toMatchObject({ status: 403, code: "forbidden" });
  const modes = async (key: string) =>
    new Set((await server.call("GET", "/v1/api-key", { key })).json().map(({ test: mode }: { test: boolean }) => mode));
  expect(await modes(server.merchant.key)).toEqual(new Set([true]));
  expect(await modes(live.key)).toEqual(new Set([true, false]));
  expect((await server.call("DELETE", `/v1/api-key/${live.apiKey.id}`)).statusCode).toBe(404);
  const made = (await create({ ...wanted(), test: false }, { key: live.key })).json();
  expect(made.key).toMatch(/^sk_\d+_live_/);
  expect((await server.call("DELETE", `/v1/api-key/${made.id}`, { key: live.key })).statusCode).toBe(200);
});

test("another organization's users and keys are not there", async () => {
  const other = await seedMerchant(server.ctx);
  expect((await create(wanted(Number(other.user.id)))).statusCode).toBe(404);
  expect((await server.call("GET", `/v1/api-key/user/${other.user.id}`)).statusCode).toBe(404);
  expect((await server.call("DELETE", `/v1/api-key/${other.principal.keyId}`)).statusCode).toBe(404);
  expect((await server.call("GET", "/v1/user", { key: other.key })).statusCode).toBe(200);
});

test.each([
  ["name", ""],
  ["userId", 0],
  ["userId", "1"],
  ["userId", 1e300],
  ["test", "true"],
  ["test", undefined],
  ["expiresAt", "2020-01-01T00:00:00Z"],
  ["expiresAt", "2099-01-01T00:00:00"],
  ["expiresAt", "2099-02-30T00:00:00Z"],
  ["expiresAt", "9999-12-31T23:59:59-01:00"],
  ["expiresAt", 4_070_908_800],
])("%s %j is refused with the field's name", async (field, value) => {
  const refused = await create({ ...wanted(), [field]: value });
  expect(refused.json()).toMatchObject({ status: 400, code: "validation_failed", errors: [{ field }] });
});

test.each(["0", "abc", "99999999999999999999", "1.5"])("the id %s is unknown to each route", async (id) => {
  expect((await server.call("GET", `/v1/api-key/user/${id}`)).statusCode).toBe(404);
  expect((await server.call("DELETE", `/v1/api-key/${id}`)).statusCode).toBe(404);
});
