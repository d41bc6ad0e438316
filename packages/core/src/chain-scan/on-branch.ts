import type { ScanResult } from "@qbitflow/chains";
import type { Queryable } from "@qbitflow/db";

/** Every event stands in one of the scan's own blocks. Pure. */
export function isWhole({ blocks, transfers, mandateEvents }: ScanResult): boolean {
  const hashes = new Map(blocks.map(({ number, hash }) => [number, hash]));
  return [...transfers, ...mandateEvents].every(({ blockNumber, blockHash }) => hashes.get(blockNumber) === blockHash);
}

/**
 * Whether a scan below the cursor is of the branch that was read: blocks that can still be reorganised are all held.
 * In the transaction that holds the cursor.
 */
export async function isOnBranch(tx: Queryable, network: string, scan: ScanResult): Promise<boolean> {
  const held = await tx.query<{ number: bigint; hash: string }>(
    "select number, hash from chain_block where network = $1 and number = any($2)",
    [network, scan.blocks.map(({ number }) => number)],
  );
  const hashes = new Map(held.map(({ number, hash }) => [Number(number), hash]));
  return scan.blocks.every(({ number, hash }) => (hashes.get(number) ?? hash) === hash);
}
