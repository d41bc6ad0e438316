import { expect, test } from "vitest";
import { allowanceToSet, isCovered, needOf, UNLIMITED } from "./allowance.ts";

const other = { maximumBase: 10n, periods: 3 };

test("until cancelled is no limit, and three periods are three caps", () => {
  expect(needOf({ capBase: 7n, periods: 3 })).toBe(21n);
  expect(needOf({ capBase: 7n, periods: null })).toBe(UNLIMITED);
});

test("what others still need is kept, and no more than stands", () => {
  expect(allowanceToSet({ needBase: 21n, allowanceBase: 0n, others: [] })).toBe(21n);
  // Nobody needs what stands: it is set anew, not added.
  expect(allowanceToSet({ needBase: 21n, allowanceBase: 100n, others: [] })).toBe(21n);
  expect(allowanceToSet({ needBase: 21n, allowanceBase: 100n, others: [other] })).toBe(51n);
  expect(allowanceToSet({ needBase: 21n, allowanceBase: 12n, others: [other, other] })).toBe(33n);
});

test("an endless allowance stays one", () => {
  const endless = { maximumBase: 10n, periods: null };
  expect(allowanceToSet({ needBase: 21n, allowanceBase: UNLIMITED - 5n, others: [endless] })).toBe(UNLIMITED);
  expect(isCovered(UNLIMITED - 5n, UNLIMITED)).toBe(true);
  expect(isCovered(20n, 21n)).toBe(false);
  expect(isCovered(21n, 21n)).toBe(true);
});
