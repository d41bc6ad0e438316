import { expect, test } from "vitest";
import { DomainError } from "./errors.ts";
import { readFields } from "./fields.ts";

const price = { minMicros: 10_000n, maxMicros: 1_000_000_000_000n };

function problemsOf(work: () => void): Record<string, string> {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError)
      return Object.fromEntries(error.fields.map(({ field, message }) => [field, message]));
    throw error;
  }
  return {};
}

test("everything that is wrong is told at once", () => {
  const problems = problemsOf(() => {
    const fields = readFields({ name: 5, email: "nobody", price: "10", count: 1.5, role: "king", url: "//x" });
    fields.text("name", { max: 5 });
    fields.text("missing", { max: 5 });
    fields.email("email");
    fields.price("price", price);
    fields.integer("count", { min: 0, max: 9 });
    fields.choice("role", ["admin", "user"]);
    fields.optionalUrl("url");
    fields.done();
  });
  expect(Object.keys(problems).sort()).toEqual(["count", "email", "missing", "name", "price", "role", "url"]);
  expect(problems.missing).toBe("missing is required.");
});

test("null is absent", () => {
  const fields = readFields({ a: null, b: null });
  expect(fields.has("a")).toBe(false);
  expect(fields.optionalText("a", { max: 1 })).toBeNull();
  expect(
    problemsOf(() => {
      fields.text("b", { max: 1 });
      fields.done();
    }),
  ).toEqual({ b: "b is required." });
});

test.each([undefined, null, "text", 5, [], ["name"]])("%j counts as a body without fields", (input) => {
  expect(readFields(input).has("name")).toBe(false);
});

test("what an object inherits is no field of a request", () => {
  expect(readFields({}).has("toString")).toBe(false);
  expect(readFields(JSON.parse('{"__proto__": {"name": "x"}}')).has("name")).toBe(false);
});

test.each([
  0,
  -1,
  0.001,
  0.009999,
  1_000_000.01,
  1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  "10",
  true,
  {},
  [10],
  0.0100001,
])("%j is no price", (value) => {
  expect(
    problemsOf(() => {
      const fields = readFields({ price: value });
      fields.price("price", price);
      fields.done();
    }),
  ).toHaveProperty("price");
});

test.each([
  [0.01, 10_000n],
  [0.1, 100_000n],
  [19.99, 19_990_000n],
  [1.1, 1_100_000n],
  [0.123456, 123_456n],
  [1_000_000, 1_000_000_000_000n],
])("%d USD is %d micro-dollars", (value, micros) => {
  expect(readFields({ price: value }).price("price", price)).toBe(micros);
});
