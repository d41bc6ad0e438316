import type { Hex, Receipt } from "@qbitflow/chains";
import { scanStates } from "../chain-scan/health.ts";
import type { Context } from "../context.ts";
import type { Lane } from "./lane.ts";
import {
  confirmedNonces,
  type MinedNonce,
  markInBlock,
  markInNoBlock,
  markLost,
  type OpenNonce,
  openNonces,
  orphanedNonces,
  reopenNonces,
  settleNonces,
} from "./nonce-store.ts";
import { EXPIRED_MESSAGE } from "./sign.ts";
import { type CallEnd, endCalls, markSent, reopenCalls } from "./store.ts";

const REVERTED_MESSAGE = "It was mined and failed on chain.";

/** Looks for each open nonce's transaction in blocks: any of its versions may be there. */
export async function findReceipts(ctx: Context, lane: Lane): Promise<void> {
  const open = await openNonces(ctx.db, lane.network);
  if (open.length === 0) return;
  const mined = await lane.sender.minedNonce();
  for (const nonce of open) {
    const isOwn = nonce.sender === lane.sender.address;
    const isUsed = nonce.nonce < mined;
    const found = isOwn && !isUsed ? null : await receiptOf(lane, nonce);
    if (found !== null) await noteBlock(ctx, lane, { nonce, ...found });
    else await noteNoBlock(ctx, lane, { nonce, isTaken: isOwn && isUsed });
  }
}

async function receiptOf(lane: Lane, nonce: OpenNonce): Promise<{ hash: Hex; receipt: Receipt } | null> {
  for (const { hash } of nonce.versions) {
    const receipt = await lane.sender.receipt(hash);
    if (receipt !== null) return { hash, receipt };
  }
  return null;
}

async function noteBlock(
  ctx: Context,
  lane: Lane,
  { nonce, hash, receipt }: { readonly nonce: OpenNonce; readonly hash: Hex; readonly receipt: Receipt },
): Promise<void> {
  if (nonce.blockHash === receipt.blockHash) return;
  const { network } = lane;
  await ctx.db.transaction(async (tx) => {
    await markInBlock(tx, { ...nonce, network }, { hash, receipt });
    await markSent(tx, [{ uuid: nonce.callUuid, transactionHash: hash }]);
  });
}

/**
 * Another transaction that has the nonce in a block with the confirmations makes ours impossible: the call is queued again.
 * Before, a source that is behind may just not show ours yet.
 */
async function noteNoBlock(
  ctx: Context,
  lane: Lane,
  { nonce, isTaken }: { readonly nonce: OpenNonce; readonly isTaken: boolean },
): Promise<void> {
  const { network } = lane;
  const key = { ...nonce, network };
  const scanned = (await scanStates(ctx)).find((state) => state.network === network)?.scannedNumber;
  const since = isTaken ? (nonce.missingSince ?? scanned ?? null) : null;
  if (nonce.blockHash !== null || nonce.missingSince !== since) await markInNoBlock(ctx.db, key, since);
  if (since === null || scanned === undefined || scanned < since + lane.adapter.network.confirmations) return;
  await ctx.db.transaction(async (tx) => {
    if (await markLost(tx, key)) await reopenCalls({ ...ctx, db: tx }, [nonce.callUuid], "queued");
  });
  ctx.log.error({ network, sender: nonce.sender, nonce: nonce.nonce }, "somebody else used a nonce of the relay's key");
}

/** Ends calls whose block has the confirmations on the branch that was scanned. Answers how many. */
export async function settleMined(ctx: Context, lane: Lane): Promise<number> {
  const { network } = lane;
  const { confirmations } = lane.adapter.network;
  const canonical: MinedNonce[] = [];
  for (const nonce of await confirmedNonces(ctx.db, { network, confirmations })) {
    // The scan keeps every block near the head; of older ones the chain itself says which it is.
    const hash = nonce.scannedHash ?? (await lane.adapter.block(nonce.blockNumber))?.hash;
    if (hash === nonce.blockHash) canonical.push(nonce);
  }
  if (canonical.length === 0) return 0;
  return ctx.db.transaction(async (tx) => {
    const settled = await settleNonces(tx, network, canonical);
    const ends = canonical.filter(({ callUuid }) => settled.has(callUuid)).map(endOf);
    await endCalls({ ...ctx, db: tx }, ends);
    return ends.length;
  });
}

function endOf({ callUuid, transactionHash, succeeded, isWithdrawal }: MinedNonce): CallEnd {
  const end = { uuid: callUuid, from: "sent" as const, transactionHash };
  if (isWithdrawal) return { ...end, to: "expired", transactionHash: null, message: EXPIRED_MESSAGE };
  return succeeded ? { ...end, to: "mined", message: null } : { ...end, to: "reverted", message: REVERTED_MESSAGE };
}

/** Takes back ends whose block left the chain: the same transactions are offered again. Answers how many. */
export async function reopenOrphaned(ctx: Context, lane: Lane): Promise<number> {
  const { network } = lane;
  const { finalityDepth } = lane.adapter.network;
  const orphaned = await orphanedNonces(ctx.db, { network, finalityDepth });
  if (orphaned.length === 0) return 0;
  return ctx.db.transaction(async (tx) => {
    const uuids = await reopenNonces(tx, network, orphaned);
    await reopenCalls({ ...ctx, db: tx }, uuids, "sent");
    if (uuids.length > 0)
      ctx.log.warn({ network, calls: uuids.length }, "sent transactions left the chain; they are sent again");
    return uuids.length;
  });
}
