import { keccak256 } from "viem/utils";
import type { Hex } from "../adapter.ts";

const BLOOM = /^0x[0-9a-f]{512}$/i;

/** The three bits that a value sets in a block's filter of logs. */
function bitsOf(value: string): readonly number[] {
  const hash = keccak256(value as Hex).slice(2);
  return [0, 4, 8].map((at) => Number.parseInt(hash.slice(at, at + 4), 16) & 2047);
}

/**
 * Tells from a block's bloom filter whether it may hold a log of one of these contracts with its first topic. False
 * is certain; true may be chance. A chain that leaves its filters empty or out gives no answer: null.
 */
export function createBloomCheck(
  logs: readonly { readonly contract: string; readonly topic: string }[],
): (bloom: string) => boolean | null {
  const filters = logs.map(({ contract, topic }) => [...bitsOf(contract), ...bitsOf(topic)]);
  return (bloom) => {
    if (!BLOOM.test(bloom)) return null;
    const has = (bit: number) =>
      ((Number.parseInt(bloom.charAt(bloom.length - 1 - (bit >> 2)), 16) >> (bit & 3)) & 1) === 1;
    return filters.some((bits) => bits.every(has));
  };
}
