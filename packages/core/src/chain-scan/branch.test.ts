import type { BlockRef, Hex, Transfer } from "@qbitflow/chains";
import { describe, expect, it } from "vitest";
import { checkBranch, rangeEnd } from "./branch.ts";

const block = (number: number, hash = `0x${number}`, parentHash = `0x${number - 1}`): BlockRef => ({
  number,
  hash: hash as Hex,
  parentHash: parentHash as Hex,
  timestamp: number,
});
const last = { number: 10, hash: "0x10" };
const inBlock = (blockNumber: number, blockHash: string): Transfer =>
  ({ blockNumber, blockHash, transactionHash: "0xt", logIndex: 0 }) as unknown as Transfer;

describe("a scanned range", () => {
  it("continues our branch when each block names the one before", () => {
    const scan = { blocks: [block(11), block(12)], transfers: [inBlock(12, "0x12")], mandateEvents: [] };
    expect(checkBranch(last, 12, scan)).toBe("continues");
  });

  it("is another branch when its first block has another parent", () => {
    expect(checkBranch(last, 11, { blocks: [block(11, "0x11", "0xother")], transfers: [], mandateEvents: [] })).toBe(
      "other_branch",
    );
  });

  it("is not taken when the chain changed within it", () => {
    expect(
      checkBranch(last, 12, { blocks: [block(11), block(12, "0x12b", "0x11b")], transfers: [], mandateEvents: [] }),
    ).toBe("moved");
    expect(checkBranch(last, 12, { blocks: [block(11)], transfers: [], mandateEvents: [] })).toBe("moved");
    expect(checkBranch(last, 12, { blocks: [], transfers: [], mandateEvents: [] })).toBe("moved");
    expect(checkBranch(last, 11, { blocks: [block(11), block(11)], transfers: [], mandateEvents: [] })).toBe("moved");
  });

  it("is not taken when a payment stands in no block of it, or in a block of another branch", () => {
    const blocks = [block(11), block(12)];
    expect(checkBranch(last, 12, { blocks, transfers: [inBlock(12, "0x12b")], mandateEvents: [] })).toBe("moved");
    expect(checkBranch(last, 12, { blocks: [block(12)], transfers: [inBlock(11, "0x11")], mandateEvents: [] })).toBe(
      "moved",
    );
  });

  it("may leave out settled blocks without payments", () => {
    expect(
      checkBranch(last, 400, { blocks: [block(30), block(400)], transfers: [inBlock(30, "0x30")], mandateEvents: [] }),
    ).toBe("continues");
  });
});

describe("the end of a range", () => {
  it("never crosses from settled blocks into those that may be reorganised", () => {
    expect(rangeEnd({ from: 1, head: 1000, maxBlocks: 500, finalityDepth: 64 })).toBe(500);
    expect(rangeEnd({ from: 501, head: 1000, maxBlocks: 500, finalityDepth: 64 })).toBe(935);
    expect(rangeEnd({ from: 936, head: 1000, maxBlocks: 500, finalityDepth: 64 })).toBe(1000);
    expect(rangeEnd({ from: 1000, head: 1000, maxBlocks: 500, finalityDepth: 64 })).toBe(1000);
    expect(rangeEnd({ from: 0, head: 3, maxBlocks: 500, finalityDepth: 64 })).toBe(3);
  });
});
