import type { StoredMandate } from "./mandate.ts";

/** What stands for "until cancelled". */
export const UNLIMITED = 2n ** 256n - 1n;
/** Tokens count an endless allowance down or store it in fewer bits; nobody owns as much as this. */
const NO_LIMIT_IN_SIGHT = 2n ** 95n;

export const isUnlimited = (allowanceBase: bigint): boolean => allowanceBase >= NO_LIMIT_IN_SIGHT;

/** What the mandate may take in all its periods. Pure. */
export const needOf = ({ capBase, periods }: { readonly capBase: bigint; readonly periods: number | null }): bigint =>
  periods === null ? UNLIMITED : capBase * BigInt(periods);

/**
 * The allowance to be set, as a permit or an approval sets and does not add: the new need, and on top what stands already
 * as far as other mandates of this wallet and token may take it. Pure.
 */
export function allowanceToSet(input: {
  readonly needBase: bigint;
  readonly allowanceBase: bigint;
  readonly others: readonly Pick<StoredMandate, "maximumBase" | "periods">[];
}): bigint {
  const { needBase, allowanceBase, others } = input;
  if (isUnlimited(needBase)) return UNLIMITED;
  const theirs = others.reduce((sum, { maximumBase, periods }) => sum + needOf({ capBase: maximumBase, periods }), 0n);
  let kept = theirs;
  if (kept > allowanceBase) kept = allowanceBase;
  const total = kept + needBase;
  return isUnlimited(total) ? UNLIMITED : total;
}

/** What stands is enough. Pure. */
export const isCovered = (allowanceBase: bigint, toSetBase: bigint): boolean =>
  allowanceBase >= toSetBase || (isUnlimited(toSetBase) && isUnlimited(allowanceBase));
