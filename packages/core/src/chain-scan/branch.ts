import type { BlockRef, ScanResult } from "@qbitflow/chains";

export interface BlockId {
  readonly number: number;
  readonly hash: string;
}

/** How a scanned range continues the branch we have. `moved`: the chain changed while it was read; read again. */
export type Continuation = "continues" | "other_branch" | "moved";

/**
 * Checks the blocks of a range against the last block we have and against each other: adjoining blocks must name each
 * other as parent, and each transfer and mandate event must stand in one of the blocks. Pure.
 */
export function checkBranch(last: BlockId, to: number, scan: ScanResult): Continuation {
  let previous: BlockId = last;
  for (const block of scan.blocks) {
    if (block.number <= previous.number) return "moved";
    if (block.number === previous.number + 1 && block.parentHash !== previous.hash) {
      return previous === last ? "other_branch" : "moved";
    }
    previous = block;
  }
  if (previous.number !== to) return "moved";
  const hashes = new Map(scan.blocks.map((block: BlockRef) => [block.number, block.hash]));
  const inBlock = (log: { blockNumber: number; blockHash: string }) => hashes.get(log.blockNumber) === log.blockHash;
  return scan.transfers.every(inBlock) && scan.mandateEvents.every(inBlock) ? "continues" : "moved";
}

/**
 * The end of the next range: at most `maxBlocks`, and never from settled blocks into those within finality depth of
 * the head, where every block's hash must be had.
 */
export function rangeEnd(range: { from: number; head: number; maxBlocks: number; finalityDepth: number }): number {
  const { from, head, maxBlocks, finalityDepth } = range;
  const lastSettled = head - finalityDepth - 1;
  const end = Math.min(head, from + maxBlocks - 1);
  return from <= lastSettled ? Math.min(end, lastSettled) : end;
}
