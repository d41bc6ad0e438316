import type { Context } from "../context.ts";
import type { AdvanceInput } from "./advance.ts";
import { findUnreadContract, moveUnreadContract } from "./contracts.ts";
import { lockCursor, readCursor } from "./cursor.ts";
import { isOnBranch, isWhole } from "./on-branch.ts";
import { takeScan } from "./take-scan.ts";

const MAX_BLOCKS = 2_000;

export type CatchUpResult =
  /** No contract lacks anything. */
  | "done"
  | "advanced"
  /** The chain is not on the branch that was read: advance first. */
  | "moved"
  | "not_leader";

/**
 * Reads the next blocks below the cursor for a contract that was not read there (`coverContracts`). What is stored
 * already stays as it is. In one transaction that holds the cursor, so that a reorganisation undoes what was found like
 * all else. One bounded step; call it until `done`, before `advance`, so that nobody sees later events first.
 * Throws ChainUnavailableError.
 */
export async function catchUp(ctx: Context, input: AdvanceInput): Promise<CatchUpResult> {
  const unread = await findUnreadContract(ctx.db, input.network);
  if (!unread) return "done";
  const adapter = ctx.chains.get(input.network);
  const cursor = await readCursor(ctx.db, input.network);
  if (!adapter || !cursor || cursor.leaseOwner !== input.owner) return "not_leader";
  const { address, from } = unread;
  // Above the cursor after a reorganisation: those blocks are read again for every contract.
  const to = Math.min(unread.to, cursor.number);
  const readTo = Math.min(to, from + (input.maxBlocks ?? MAX_BLOCKS) - 1);
  const scan = from <= to ? await adapter.scan({ from, to: readTo }) : null;
  return ctx.db.transaction(async (tx): Promise<CatchUpResult> => {
    if (!(await lockCursor(tx, cursor, input.owner))) return "not_leader";
    if (scan) {
      if (!isWhole(scan) || !(await isOnBranch(tx, input.network, scan))) return "moved";
      await takeScan({ ...ctx, db: tx }, { network: adapter.network, scan });
    }
    await moveUnreadContract(tx, input.network, { address, to, readTo: scan ? readTo : to });
    return "advanced";
  });
}
