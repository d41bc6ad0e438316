import { type ChainAdapter, ChainUnavailableError } from "@qbitflow/chains";
import type { Context } from "../context.ts";
import { contractsOf, isInUse } from "./contracts.ts";
import { insertCursor, readCursor } from "./cursor.ts";

/**
 * Gives a chain its cursor at the first start: before our oldest contract where quotes or mandates were given on it already, else
 * as far below the head as reorganisations reach, as nothing of ours can be older. False where no contract lives.
 */
export async function startScan(ctx: Context, adapter: ChainAdapter): Promise<boolean> {
  const { slug, finalityDepth } = adapter.network;
  const contracts = contractsOf(adapter.network);
  if (contracts.length === 0) return false;
  if (await readCursor(ctx.db, slug)) return true;
  const head = await adapter.head();
  // Asked after the head: a quote that is given later can only be paid in a later block, or in a replaced one.
  const inUse = await isInUse(ctx.db, slug);
  const oldest = Math.min(...contracts.map(({ fromBlock }) => fromBlock));
  const first = inUse ? oldest : Math.max(oldest, head.number - finalityDepth);
  const block = await adapter.block(Math.min(Math.max(first - 1, 0), head.number));
  if (!block) throw new ChainUnavailableError(`${adapter.network.name} does not give block ${first - 1}.`);
  await insertCursor(ctx, slug, { block, head, contracts: contracts.map(({ address }) => address) });
  return true;
}
