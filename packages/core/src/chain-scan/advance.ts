import type { BlockRef, ChainAdapter, ScanResult } from "@qbitflow/chains";
import type { Context } from "../context.ts";
import { checkBranch, rangeEnd } from "./branch.ts";
import { type Cursor, lockCursor, moveCursor, pruneBlocks, readCursor, storeBlocks, touchCursor } from "./cursor.ts";
import { findAncestor, rewind } from "./rewind.ts";
import { takeScan } from "./take-scan.ts";

const MAX_BLOCKS = 500;

export interface AdvanceInput {
  readonly network: string;
  /** Who holds the lease. */
  readonly owner: string;
  /** Most blocks of one step; 500 when absent. */
  readonly maxBlocks?: number;
}

export type AdvanceResult =
  /** Nothing new; `behind` when the chain's head is below what was read already. */
  | { readonly state: "idle"; readonly behind: boolean }
  | {
      readonly state: "advanced";
      readonly to: number;
      readonly head: number;
      readonly transfers: number;
      readonly payments: number;
    }
  | { readonly state: "rewound"; readonly to: number }
  /** The chain changed while it was read: call again. */
  | { readonly state: "moved" }
  /** No cursor yet, or the lease is somebody else's. */
  | { readonly state: "not_leader" };

/**
 * Reads the next range of a chain and stores what it shows: payments, blocks, cursor and statuses in one transaction,
 * or undoes blocks that left the chain. One bounded step; call it until `idle`. Restart it at any moment: nothing is
 * lost or doubled. Throws ChainUnavailableError (try later) and ReorganisationTooDeepError (a person must look).
 */
export async function advance(ctx: Context, input: AdvanceInput): Promise<AdvanceResult> {
  const adapter = ctx.chains.get(input.network);
  if (!adapter) throw new Error(`No chain is called ${input.network}.`);
  const cursor = await readCursor(ctx.db, input.network);
  if (!cursor || cursor.leaseOwner !== input.owner) return { state: "not_leader" };
  const head = await adapter.head();
  const isNew = head.number > cursor.number;
  if (!isNew && head.number === cursor.number && head.hash === cursor.hash) {
    await touchCursor(ctx, cursor, head.number);
    return { state: "idle", behind: false };
  }
  if (!isNew) return returnToBranch({ ctx, adapter, cursor, owner: input.owner, from: head.number });

  const from = cursor.number + 1;
  const { finalityDepth } = adapter.network;
  const maxBlocks = input.maxBlocks ?? MAX_BLOCKS;
  const to = rangeEnd({ from, head: head.number, maxBlocks, finalityDepth });
  const scan = await adapter.scan({ from, to });
  const continuation = checkBranch(cursor, to, scan);
  if (continuation === "moved") return { state: "moved" };
  const linked = scan.blocks[0]?.number === from || (await adapter.block(cursor.number))?.hash === cursor.hash;
  if (continuation === "other_branch" || !linked) {
    return returnToBranch({ ctx, adapter, cursor, owner: input.owner, from: cursor.number });
  }
  return store({ ctx, adapter, cursor, owner: input.owner, head, scan });
}

interface Step {
  readonly ctx: Context;
  readonly adapter: ChainAdapter;
  readonly cursor: Cursor;
  readonly owner: string;
}

async function returnToBranch(step: Step & { readonly from: number }): Promise<AdvanceResult> {
  const { ctx, adapter, cursor, owner, from } = step;
  const ancestor = await findAncestor(ctx, adapter, { cursor, from });
  // A head below ours on our own branch is a source that lags: no payment is undone for it.
  if (ancestor === null || (ancestor.number === from && from < cursor.number)) return { state: "idle", behind: true };
  if (ancestor.number === cursor.number) return { state: "moved" };
  const done = await rewind(ctx, { cursor, ancestor, owner });
  return done ? { state: "rewound", to: ancestor.number } : { state: "not_leader" };
}

async function store(step: Step & { readonly head: BlockRef; readonly scan: ScanResult }): Promise<AdvanceResult> {
  const { ctx, adapter, cursor, owner, head, scan } = step;
  const last = scan.blocks.at(-1);
  if (!last) throw new Error("A scanned range has a last block.");
  const { network } = adapter;
  return ctx.db.transaction(async (tx): Promise<AdvanceResult> => {
    const txCtx = { ...ctx, db: tx };
    if (!(await lockCursor(tx, cursor, owner))) return { state: "not_leader" };
    const payments = await takeScan(txCtx, { network, scan });
    await storeBlocks(tx, network.slug, scan.blocks);
    await pruneBlocks(tx, network.slug, last.number - network.finalityDepth);
    await moveCursor(txCtx, network.slug, { ...last, headNumber: head.number });
    return { state: "advanced", to: last.number, head: head.number, transfers: scan.transfers.length, payments };
  });
}
