import { afterEach, beforeEach, expect, test } from "vitest";
import { problem, ScriptedApi } from "../test/scripted-api.ts";
import { NotFoundError, type Payment, QBitFlow } from "./index.ts";

const route = "GET /v1/transaction/payments";
let api: ScriptedApi;
let client: QBitFlow;
beforeEach(async () => {
  api = await new ScriptedApi().start();
  client = new QBitFlow({ apiKey: "sk_1_test_x", baseUrl: api.url, retryDelayMs: 1 });
});
afterEach(() => api.stop());

function scriptThreePages(): void {
  api.on(
    route,
    { body: { items: [{ uuid: "a" }, { uuid: "b" }], nextCursor: "after b" } },
    { body: { items: [], nextCursor: "after nothing" } },
    { body: { items: [{ uuid: "c" }], nextCursor: null } },
  );
}

async function uuidsOf(payments: AsyncIterable<Payment>): Promise<string[]> {
  const uuids: string[] = [];
  for await (const { uuid } of payments) uuids.push(uuid);
  return uuids;
}

test("for await goes over every page, an empty one too", async () => {
  scriptThreePages();
  expect(await uuidsOf(client.oneTimePayments.getAll({ limit: 2 }))).toEqual(["a", "b", "c"]);
  expect(api.seen.map(({ url }) => url.split("?")[1])).toEqual([
    "limit=2",
    "limit=2&cursor=after+b",
    "limit=2&cursor=after+nothing",
  ]);
});

test("iterate does the same, and pages that nobody asks for are not fetched", async () => {
  scriptThreePages();
  for await (const { uuid } of client.oneTimePayments.iterate()) if (uuid === "b") break;
  expect(api.seen).toHaveLength(1);
});

test("awaited, a list is its first page, which leads to the next", async () => {
  scriptThreePages();
  const first = await client.oneTimePayments.getAll();
  expect(first.items.map(({ uuid }) => uuid)).toEqual(["a", "b"]);
  expect(first.hasNext).toBe(true);
  const second = await first.next();
  expect(second?.nextCursor).toBe("after nothing");
  const third = await second?.next();
  expect(await third?.next()).toBeNull();
});

test("a page that was awaited can be iterated to the end, from a cursor", async () => {
  scriptThreePages();
  const page = await client.oneTimePayments.getAll({ cursor: "start" });
  expect(await uuidsOf(page)).toEqual(["a", "b", "c"]);
  expect(api.seen[0]?.url).toContain("cursor=start");
});

test("a server that repeats its cursor does not keep the loop running", async () => {
  api.on(route, { body: { items: [], nextCursor: "same" } });
  await expect(uuidsOf(client.oneTimePayments.getAll())).rejects.toMatchObject({ code: "cursor_repeated" });
});

test("a failure reaches whoever awaits or iterates, and nobody else", async () => {
  api.on(route, problem(404, "not_found", "No."));
  client.oneTimePayments.getAll();
  await expect(client.oneTimePayments.getAll()).rejects.toBeInstanceOf(NotFoundError);
  await expect(uuidsOf(client.oneTimePayments.getAll())).rejects.toBeInstanceOf(NotFoundError);
  expect(await client.oneTimePayments.getAll().catch(() => "caught")).toBe("caught");
});
