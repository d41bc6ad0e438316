import { concatHex, type Hex, toFunctionSelector } from "viem";

/** Where OP-stack rollups have theirs. */
export const feeOracleAddress = "0x420000000000000000000000000000000000000F";

/** What the oracle below answers for so many bytes. */
export const dataFeeOf = (bytes: bigint) => bytes * 1_000_000_000n + 7n;

/** Code of a rollup's oracle that knows `getL1FeeUpperBound(uint256)` and nothing else. */
export const feeOracleCode: Hex = concatHex([
  // The selector, or it reverts.
  "0x5f3560e01c63",
  toFunctionSelector("getL1FeeUpperBound(uint256)"),
  "0x14601157",
  "0x5f5ffd",
  // The argument × 10^9 + 7.
  "0x5b600435633b9aca0002600701",
  "0x5f5260205ff3",
]);
