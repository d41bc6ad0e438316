import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestServer, testServer } from "../../../test/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const ada = {
  name: "Ada",
  lastName: "Lovelace",
  email: "ada@example.com",
  phoneNumber: "+44 1",
  address: "12 Main St",
  reference: "u-1",
};

test("a customer is created, found in every way, changed in both ways and erased", async () => {
  const created = await server.call("POST", "/v1/customer/", { body: ada });
  expect(created.statusCode).toBe(200);
  const customer = created.json();
  expect(customer).toEqual({ uuid: expect.stringMatching(/^[0-9a-f-]{36}$/), ...ada, createdAt: expect.any(String) });

  for (const path of [`uuid/${customer.uuid}`, "email/ada@example.com", "email/ada%40example.com", "reference/u-1"]) {
    expect((await server.call("GET", `/v1/customer/${path}`)).json(), path).toEqual(customer);
  }
  const byPath = await server.call("PUT", `/v1/customer/${customer.uuid}`, { body: { address: "13 Main St" } });
  expect(byPath.json()).toEqual({ ...customer, address: "13 Main St" });
  // The Go client always sends the three names, empty where its caller set nothing.
  const byBody = await server.call("PUT", "/v1/customer/", {
    body: { uuid: customer.uuid, name: "", lastName: "King", email: "", phoneNumber: null },
  });
  expect(byBody.json()).toEqual({ ...customer, address: "13 Main St", lastName: "King" });

  expect((await server.call("DELETE", `/v1/customer/uuid/${customer.uuid}`)).json()).toEqual({
    message: expect.any(String),
  });
  expect((await server.call("GET", `/v1/customer/uuid/${customer.uuid}`)).statusCode).toBe(404);
});

test("the list goes on where its cursor says, and ends with null", async () => {
  for (let index = 0; index < 3; index++) {
    await server.call("POST", "/v1/customer", {
      body: { name: "N", lastName: "L", email: `page${index}@example.com` },
    });
  }
  const emails: string[] = [];
  let cursor: string | null = "";
  for (let pages = 0; cursor !== null && pages < 10; pages++) {
    const page: { items: { email: string }[]; nextCursor: string | null } = (
      await server.call("GET", `/v1/customer/all?limit=2&cursor=${cursor}`)
    ).json();
    emails.push(...page.items.map(({ email }) => email));
    cursor = page.nextCursor;
    if (cursor !== null) expect(cursor).toMatch(/^[A-Za-z0-9_-]{1,500}$/);
  }
  expect(cursor).toBeNull();
  expect(emails.filter((email) => email.startsWith("page"))).toEqual([
    "page2@example.com",
    "page1@example.com",
    "page0@example.com",
  ]);
});

test.each(["limit=0", "limit=101", "limit=ten", "limit=1.5", "cursor=nonsense", "limit=1&limit=2"])(
  "%s is refused",
  async (query) => {
    const refused = await server.call("GET", `/v1/customer/all?${query}`);
    expect(refused.statusCode).toBe(400);
    expect(refused.json().errors.length).toBeGreaterThan(0);
  },
);

test("a second customer with the email is refused", async () => {
  const body = { name: "A", lastName: "B", email: "twice@example.com" };
  await server.call("POST", "/v1/customer", { body });
  const second = await server.call("POST", "/v1/customer", { body: { ...body, email: "TWICE@example.com" } });
  expect(second.json()).toMatchObject({ status: 409, code: "email_taken" });
});

test("every wrong field is named at once", async () => {
  const refused = (await server.call("POST", "/v1/customer", { body: { name: "A\u0000", email: 5 } })).json();
  expect(refused.status).toBe(400);
  expect(refused.errors.map(({ field }: { field: string }) => field)).toEqual(
    expect.arrayContaining(["lastName", "email"]),
  );
});
