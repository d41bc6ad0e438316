import { describe, expect, test } from "vitest";
import { emailProblem } from "./email.ts";
import { textProblem, textRules } from "./text.ts";
import { urlProblem } from "./url.ts";

const name = { max: 20, name: true } as const;

describe("texts", () => {
  test.each(["Tea", "<script>alert(1)</script>".slice(0, 20), "茶 🍵", "Zoë O’Neil", "two\nlines\tand a tab", "שלום"])(
    "%j is a name",
    (text) => expect(textProblem(text, name)).toBeNull(),
  );

  test.each([
    ["", "empty"],
    ["  \t ", "empty"],
    ["\u200b\u200f", "empty"],
    ["a\u0000b", "control"],
    ["a\u001bb", "control"],
    ["a\u0085b", "control"],
    ["a\ud800", "surrogate"],
    ["evil\u202etxt.exe", "direction"],
    ["a\u2066b", "direction"],
    ["x".repeat(21), "at most 20"],
  ])("%j is refused as a name", (text, why) => expect(textProblem(text, name)).toContain(why));

  test("length counts characters, not code units", () => {
    expect(textProblem("🍵".repeat(20), name)).toBeNull();
  });

  test("prose may be empty and isolate foreign words", () => {
    expect(textProblem("", textRules.description)).toBeNull();
    expect(textProblem("the word \u2067שלום\u2069", textRules.description)).toBeNull();
  });
});

describe("URLs", () => {
  test.each([
    "https://shop.example/thanks?uuid={{UUID}}&type={{TRANSACTION_TYPE}}",
    "http://localhost:3000/hook",
    "HTTPS://shop.example",
    "https://shop.example/#/done/{{UUID}}",
    "http://[::1]:80/x",
  ])("%s is taken", (url) => expect(urlProblem(url)).toBeNull());

  test.each([
    "javascript:alert(1)",
    "JaVaScRiPt://shop.example/%0aalert(1)",
    "file:///etc/passwd",
    "data:text/html,x",
    "//evil.example",
    "/relative",
    "shop.example",
    "https:shop.example",
    "https:\\\\evil.example",
    "https://",
    "https://user:secret@shop.example/",
    "https://shop.example@evil.example/",
    "https://{{UUID}}.evil.example/",
    "https://shop.example/a b",
    "https://shop.example/\n",
    " https://shop.example/",
    'https://shop.example/"><script>',
    "https://shop.example/\\evil",
    "https://shop.example:99999/",
    `https://shop.example/${"x".repeat(10_000)}`,
    "https://shop.example/\ud800",
    "",
  ])("%j is refused", (url) => expect(urlProblem(url)).not.toBeNull());
});

describe("emails", () => {
  test.each(["a@b.cd", "First.Last+tag@Sub.Example.org", "o'neil@example.ie", "用户@例子.广告"])(
    "%s is taken",
    (email) => expect(emailProblem(email)).toBeNull(),
  );

  test.each([
    "",
    "a",
    "a@b",
    "@b.cd",
    "a@",
    "a@b@c.de",
    "a b@c.de",
    "a@-b.cd",
    "a@b..cd",
    "a@b.cd\n",
    "<a@b.cd>",
    `${"a".repeat(65)}@b.cd`,
    `a@${"b".repeat(260)}.cd`,
  ])("%j is refused", (email) => expect(emailProblem(email)).not.toBeNull());

  test("a hostile address is judged quickly", () => {
    const startedAt = performance.now();
    emailProblem(`${"a".repeat(60)}@${"a-".repeat(90)}`);
    expect(performance.now() - startedAt).toBeLessThan(100);
  });
});
