import { concatHex, type Hex, numberToHex, pad, size } from "viem";

export interface BatchCall {
  readonly to: Hex;
  readonly data: Hex;
  readonly value?: bigint;
}

const CALL_CODE_BYTES = 79;
const END_BYTES = 5;

/**
 * Creation code that makes these calls and leaves no contract: a transaction with several payments in it, whose payer
 * is the address being created. Reverts when a call does.
 */
export function batchCreationCode(calls: readonly BatchCall[]): Hex {
  const failAt = calls.length * CALL_CODE_BYTES + END_BYTES;
  let offset = failAt + 6;
  const code: Hex[] = [];
  const two = (value: number) => numberToHex(value, { size: 2 });
  for (const { to, data, value = 0n } of calls) {
    const length = size(data);
    // codecopy(0, offset, length); if (!call(gas, to, value, 0, length, 0, 0)) goto fail
    code.push("0x61", two(length), "0x61", two(offset), "0x600039", "0x60006000", "0x61", two(length), "0x6000");
    code.push("0x7f", pad(numberToHex(value)), "0x73", to, "0x5af115", "0x61", two(failAt), "0x57");
    offset += length;
  }
  code.push("0x60006000f3", "0x5b60006000fd");
  return concatHex([...code, ...calls.map(({ data }) => data)]);
}
