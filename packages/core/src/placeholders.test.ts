import { expect, test } from "vitest";
import { replacePlaceholders } from "./placeholders.ts";

const values = { uuid: "01997c89-d0e9-7c9a-9886-fe7709919695", transactionType: "payment" };

test("the documented example", () => {
  expect(replacePlaceholders("https://yoursite.com/success?uuid={{UUID}}&type={{TRANSACTION_TYPE}}", values)).toBe(
    "https://yoursite.com/success?uuid=01997c89-d0e9-7c9a-9886-fe7709919695&type=payment",
  );
});

test("as often as they stand there, encoded, and nothing else", () => {
  const odd = { uuid: "a b&c/$&", transactionType: "x=y" };
  expect(
    replacePlaceholders("https://s.example/{{UUID}}/{{UUID}}?{{TRANSACTION_TYPE}}#{{uuid}}{{OTHER}} %20", odd),
  ).toBe("https://s.example/a%20b%26c%2F%24%26/a%20b%26c%2F%24%26?x%3Dy#{{uuid}}{{OTHER}} %20");
});
