import { expect, test } from "vitest";
import { cursorOf, isTimeKey, pageOf, readPage } from "./page.ts";
import { isUuid } from "./uuid.ts";

const UUID = "01997c89-d0e9-7c9a-9886-fe7709919695";
const TIME = "2026-03-01T12:00:00.000Z";

test("a cursor comes back as the key it was made of", () => {
  const cursor = cursorOf([TIME, UUID]);
  expect(readPage({ cursor, limit: 5 }, [isTimeKey, isUuid])).toEqual({ limit: 5, after: [TIME, UUID] });
});

test("without a cursor a list begins; without a limit it gives 20", () => {
  expect(readPage({}, [isUuid])).toEqual({ limit: 20, after: null });
  expect(readPage({ cursor: null, limit: null }, [isUuid])).toEqual({ limit: 20, after: null });
});

test.each([
  "x",
  "%%%",
  cursorOf([]),
  cursorOf([UUID]),
  cursorOf([UUID, TIME]),
  cursorOf(["2026-02-31T12:00:00.000Z", UUID]),
  cursorOf(["+275760-01-01T00:00:00.000Z", UUID]),
  cursorOf(["-000001-01-01T00:00:00.000Z", UUID]),
  cursorOf([`${TIME}'; drop table customer`, UUID]),
  Buffer.from('{"0":1}').toString("base64url"),
  Buffer.from("null").toString("base64url"),
  "A".repeat(501),
  5,
  {},
])("cursor %j is refused", (cursor) => {
  expect(() => readPage({ cursor }, [isTimeKey, isUuid])).toThrow(expect.objectContaining({ code: "invalid_cursor" }));
});

test.each([0, -1, 101, 1.5, Number.NaN, "10", {}])("limit %j is refused", (limit) => {
  expect(() => readPage({ limit }, [isUuid])).toThrow(expect.objectContaining({ code: "validation_failed" }));
});

test("the last page has no cursor", () => {
  expect(pageOf(["a", "b"], 2, (row) => [row])).toEqual({ items: ["a", "b"], nextCursor: null });
  expect(pageOf(["a", "b", "c"], 2, (row) => [row])).toEqual({ items: ["a", "b"], nextCursor: cursorOf(["b"]) });
  expect(pageOf([], 2, (row) => [row])).toEqual({ items: [], nextCursor: null });
});
