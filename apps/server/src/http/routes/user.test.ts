import { seedMerchant } from "@qbitflow/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestServer, testServer } from "../../../test/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const person = (email: string, role = "user") => ({
  name: "Uma",
  lastName: "User",
  email,
  password: "long enough",
  role,
  organizationFeeBps: 250,
});

interface Member {
  readonly id: number;
  readonly key: string;
}

/** A user with a key, as the owner makes them. */
async function member(email: string, role = "user"): Promise<Member> {
  const { id } = (await server.call("POST", "/v1/user/", { body: person(email, role) })).json();
  const made = await server.call("POST", "/v1/api-key/", { body: { name: "k", userId: id, test: true } });
  return { id, key: made.json().key };
}

test("a user is created, read, listed as a bare array, changed and removed, and then its key is refused", async () => {
  const created = await server.call("POST", "/v1/user/", { body: person("uma@shop.example") });
  expect(created.statusCode).toBe(200);
  const user = created.json();
  const { password: _, ...visible } = person("uma@shop.example");
  expect(user).toEqual({
    id: expect.any(Number),
    ...visible,
    createdAt: expect.any(String),
    updatedAt: expect.any(String),
    updateAt: user.updatedAt,
    organizationId: Number(server.merchant.organization.id),
    isOwner: false,
  });
  expect((await server.call("GET", `/v1/user/id/${user.id}`)).json()).toEqual(user);
  expect((await server.call("GET", "/v1/user/all")).json()).toContainEqual(user);
  const made = await server.call("POST", "/v1/api-key", { body: { name: "k", userId: user.id, test: true } });
  const { key } = made.json();
  expect((await server.call("GET", "/v1/user/", { key })).json()).toEqual(user);

  const body = { name: "Una", lastName: "", email: null, password: "", organizationFeeBps: 0 };
  const changed = (await server.call("PUT", `/v1/user/${user.id}`, { body })).json();
  expect(changed).toMatchObject({ ...visible, name: "Una", organizationFeeBps: 0 });

  const headers = { "content-type": "application/json" };
  const removed = await server.call("DELETE", `/v1/user/${user.id}`, { headers });
  expect(removed.json()).toEqual({ message: expect.any(String) });
  expect((await server.call("GET", `/v1/user/id/${user.id}`)).statusCode).toBe(404);
  expect((await server.call("GET", "/v1/user/", { key })).json()).toMatchObject({ status: 401, code: "key_invalid" });
});

test("an owner reads as admin, as 1.x clients know no other word, and as owner beside it", async () => {
  expect((await server.call("GET", "/v1/user")).json()).toMatchObject({ role: "admin", isOwner: true });
});

describe("roles", () => {
  let plain: Member;
  let admin: Member;
  let ownerId: number;
  beforeAll(async () => {
    plain = await member("plain@shop.example");
    admin = await member("admin@shop.example", "admin");
    ownerId = Number(server.merchant.user.id);
  });

  test("a plain user sees and changes itself alone, and neither its fee nor its role", async () => {
    const { key } = plain;
    for (const id of [ownerId, admin.id, 999_999]) {
      expect((await server.call("GET", `/v1/user/id/${id}`, { key })).statusCode).toBe(404);
      expect((await server.call("PUT", `/v1/user/${id}`, { key, body: { name: "X" } })).statusCode).toBe(404);
      expect((await server.call("DELETE", `/v1/user/${id}`, { key })).statusCode).toBe(404);
    }
    const body = { name: "Una", password: "a new password", organizationFeeBps: 0, role: "admin" };
    const changed = await server.call("PUT", `/v1/user/${plain.id}`, { key, body });
    expect(changed.json()).toMatchObject({ name: "Una", organizationFeeBps: 250, role: "user" });
    expect((await server.call("GET", "/v1/user/all", { key })).json()).toEqual([changed.json()]);
    expect((await server.call("DELETE", `/v1/user/${plain.id}`, { key })).json().code).toBe("forbidden");
    const another = await server.call("POST", "/v1/user", { key, body: person("another@shop.example") });
    expect(another.json()).toMatchObject({ status: 403, code: "forbidden" });
  });

  test("an admin manages users and admins, but no owner", async () => {
    const { key } = admin;
    const made = await server.call("POST", "/v1/user", { key, body: person("second@shop.example", "admin") });
    const { id } = made.json();
    expect((await server.call("PUT", `/v1/user/${id}`, { key, body: { name: "X" } })).json().name).toBe("X");
    expect((await server.call("DELETE", `/v1/user/${id}`, { key })).statusCode).toBe(200);
    const body = { password: "taken over", email: "mine@shop.example" };
    expect((await server.call("PUT", `/v1/user/${ownerId}`, { key, body })).json().code).toBe("forbidden");
    expect((await server.call("DELETE", `/v1/user/${ownerId}`, { key })).json().code).toBe("forbidden");
  });

  test("nobody becomes an owner, and the owner stays, whatever is sent", async () => {
    for (const { key } of [{ key: server.merchant.key }, admin]) {
      const refused = await server.call("POST", "/v1/user", { key, body: person("boss@shop.example", "owner") });
      expect(refused.json().errors).toMatchObject([{ field: "role" }]);
      await server.call("PUT", `/v1/user/${plain.id}`, { key, body: { role: "owner", isOwner: true } });
      expect((await server.call("GET", `/v1/user/id/${plain.id}`)).json()).toMatchObject({ isOwner: false });
    }
    await server.call("PUT", `/v1/user/${ownerId}`, { body: { role: "user", isOwner: false } });
    expect((await server.call("DELETE", `/v1/user/${ownerId}`)).json().code).toBe("forbidden");
    expect((await server.call("GET", "/v1/user")).json()).toMatchObject({ isOwner: true });
  });
});

test("another organization's users are not there", async () => {
  const other = await seedMerchant(server.ctx);
  const id = other.user.id;
  expect((await server.call("GET", `/v1/user/id/${id}`)).statusCode).toBe(404);
  expect((await server.call("PUT", `/v1/user/${id}`, { body: { name: "X" } })).statusCode).toBe(404);
  expect((await server.call("DELETE", `/v1/user/${id}`)).statusCode).toBe(404);
  const ids = (await server.call("GET", "/v1/user/all")).json().map((user: { id: number }) => user.id);
  expect(ids).not.toContain(Number(id));
});

test.each(["0", "abc", "-1", "99999999999999999999", "1.5", "%00"])(
  "the id %s is unknown to each route",
  async (id) => {
    expect((await server.call("GET", `/v1/user/id/${id}`)).statusCode).toBe(404);
    expect((await server.call("PUT", `/v1/user/${id}`, { body: { name: "X" } })).statusCode).toBe(404);
    expect((await server.call("DELETE", `/v1/user/${id}`)).statusCode).toBe(404);
  },
);

test.each([
  ["name", ""],
  ["name", "A\u0000"],
  ["lastName", undefined],
  ["email", "not an address"],
  ["password", "7 chars"],
  ["password", 12_345_678],
  ["role", "root"],
  ["organizationFeeBps", 1001],
  ["organizationFeeBps", "100"],
  ["organizationFeeBps", 0.5],
])("%s %j is refused with the field's name", async (field, value) => {
  const body = { ...person("bad@shop.example"), [field]: value };
  const refused = await server.call("POST", "/v1/user", { body });
  expect(refused.json()).toMatchObject({ status: 400, code: "validation_failed", errors: [{ field }] });
  expect(refused.body).not.toContain("long enough");
});

test("an email is one user's", async () => {
  await server.call("POST", "/v1/user", { body: person("twice@shop.example") });
  const second = await server.call("POST", "/v1/user", { body: person("Twice@Shop.example") });
  expect(second.json()).toMatchObject({ status: 409, code: "email_taken" });
});

test("a repetition answers alike; another password under the same Idempotency-Key is another request", async () => {
  const headers = { "idempotency-key": "user-1" };
  const body = person("again@shop.example");
  const first = await server.call("POST", "/v1/user", { body, headers });
  const again = await server.call("POST", "/v1/user/", { body, headers });
  expect(again.json()).toEqual(first.json());
  expect(again.headers["idempotency-replayed"]).toBe("true");
  const other = await server.call("POST", "/v1/user", { body: { ...body, password: "another one" }, headers });
  expect(other.json().code).toBe("idempotency_key_reused");
});
