import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestServer, testServer } from "../../../test/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const tea = { name: "Green tea", description: "A box", price: 12.345678, reference: "tea-green" };

test("a product is created, read, listed as a bare array, changed and deleted", async () => {
  const created = await server.call("POST", "/v1/product/", { body: tea });
  expect(created.statusCode).toBe(200);
  const product = created.json();
  expect(product).toEqual({ id: expect.any(Number), ...tea, createdAt: expect.any(String), isActive: true });
  expect(new Date(product.createdAt).toISOString().slice(0, 19)).toBe(product.createdAt.slice(0, 19));

  expect((await server.call("GET", `/v1/product/id/${product.id}`)).json()).toEqual(product);
  expect((await server.call("GET", "/v1/product/reference/tea-green")).json()).toEqual(product);
  const list = (await server.call("GET", "/v1/product/")).json();
  expect(list).toContainEqual(product);
  expect((await server.call("GET", "/v1/product")).json()).toEqual(list);

  const changed = await server.call("PUT", `/v1/product/${product.id}`, {
    body: { name: "Black tea", description: "", price: 13 },
  });
  expect(changed.json()).toMatchObject({ id: product.id, name: "Black tea", price: 13, reference: "tea-green" });

  const deleted = await server.call("DELETE", `/v1/product/${product.id}`, {
    headers: { "content-type": "application/json" },
  });
  expect(deleted.json()).toEqual({ message: expect.any(String) });
  expect((await server.call("GET", `/v1/product/id/${product.id}`)).statusCode).toBe(404);
});

test("null and empty text mean absent", async () => {
  const body = { name: "Nulls", description: "", price: 1, reference: null };
  const created = await server.call("POST", "/v1/product", { body });
  expect(created.statusCode).toBe(200);
  expect(created.json()).not.toHaveProperty("reference");
  const again = await server.call("POST", "/v1/product", { body: { ...body, reference: "" } });
  expect(again.json()).not.toHaveProperty("reference");
});

test("a second product with the reference is refused", async () => {
  const body = { name: "One", description: "", price: 1, reference: "twice" };
  expect((await server.call("POST", "/v1/product", { body })).statusCode).toBe(200);
  const second = await server.call("POST", "/v1/product", { body });
  expect(second.statusCode).toBe(409);
  expect(second.json().code).toBe("reference_taken");
});

test.each([0, -1, 0.0000001, 1e308, "12", true, [1]])(
  "a price of %j is refused with the field's name",
  async (price) => {
    const refused = await server.call("POST", "/v1/product", { body: { name: "Bad", description: "", price } });
    expect(refused.statusCode).toBe(400);
    expect(refused.json()).toMatchObject({ code: "validation_failed", status: 400 });
    expect(refused.json().errors[0]).toEqual({
      field: "price",
      message: expect.any(String),
      error: expect.any(String),
    });
  },
);

test.each(["0", "abc", "-1", "99999999999999999999", "1.5", "%00"])(
  "the id %s is unknown, not a failure",
  async (id) => {
    expect((await server.call("GET", `/v1/product/id/${id}`)).statusCode).toBe(404);
  },
);
