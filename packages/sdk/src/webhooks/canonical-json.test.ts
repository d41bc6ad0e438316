import { expect, test } from "vitest";
import { canonicalJson } from "./canonical-json.ts";

test.each<[string, unknown, string]>([
  [
    "keys sorted at every level, arrays in order",
    { b: [2, { z: 1, a: 2 }, 1], a: {} },
    '{"a":{},"b":[2,{"a":2,"z":1},1]}',
  ],
  [
    "keys sorted by UTF-8 bytes, not by UTF-16 units",
    { "\u{1f600}": 1, "\uffee": 2, é: 3, z: 4 },
    '{"z":4,"é":3,"\uffee":2,"\u{1f600}":1}',
  ],
  ["a key before its own continuation", { ab: 1, a: 2, "": 3 }, '{"":3,"a":2,"ab":1}'],
  ["keys that look like numbers in text order", { 10: 1, 9: 2, 1: 3 }, '{"1":3,"10":1,"9":2}'],
  [
    "numbers as ECMAScript prints them",
    [1.0, -0, 1e21, 1e-7, 0.1, 24.99, 123456789012],
    "[1,0,1e+21,1e-7,0.1,24.99,123456789012]",
  ],
  [
    "HTML characters and JavaScript line ends escaped",
    "<a> & \u2028\u2029",
    '"\\u003ca\\u003e \\u0026 \\u2028\\u2029"',
  ],
  ["the same in keys", { "<": 1 }, '{"\\u003c":1}'],
  ["quotes, backslash, tab and line ends in their short form", '"\\\t\n\r/', '"\\"\\\\\\t\\n\\r/"'],
  ["other text literal", "Zürich 🍵 \u007f\u0085", '"Zürich 🍵 \u007f\u0085"'],
  ["null, true, false", [null, true, false], "[null,true,false]"],
  ["what JSON leaves out", { a: undefined, b: 1 }, '{"b":1}'],
  ["a key that objects have by birth", JSON.parse('{"__proto__":1,"a":2}'), '{"__proto__":1,"a":2}'],
])("%s", (_name, value, text) => {
  expect(canonicalJson(value)).toBe(text);
});

test.each<[string, unknown]>([
  ["a NUL", "a\u0000b"],
  ["a backspace", "\b"],
  ["an escape in a key", { "\u001b": 1 }],
  ["a lone high surrogate", "\ud83d"],
  ["a lone low surrogate", "\ude00x"],
  ["infinity", Number.POSITIVE_INFINITY],
  ["NaN", [Number.NaN]],
  ["undefined", undefined],
  ["a bigint", 1n],
  ["depth 65", JSON.parse(`${"[".repeat(65)}${"]".repeat(65)}`)],
  ["depth 10 000", JSON.parse(`${"[".repeat(10_000)}${"]".repeat(10_000)}`)],
])("%s has no canonical form", (_name, value) => {
  expect(() => canonicalJson(value)).toThrow(TypeError);
});

test("depth 64 still has one", () => {
  const text = `${"[".repeat(64)}${"]".repeat(64)}`;
  expect(canonicalJson(JSON.parse(text))).toBe(text);
});
