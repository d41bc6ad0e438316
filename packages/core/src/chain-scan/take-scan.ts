import type { Network, ScanResult } from "@qbitflow/chains";
import type { Context } from "../context.ts";
import { takeMandateEvents } from "../mandate-scan/take.ts";
import { takeTransfers } from "../payment/take.ts";

/**
 * Stores everything that a scanned range shows of ours, whoever scans it: reading on, or catching up on a contract.
 * In the transaction that holds the cursor. What is stored already stays as it is. Returns how many payments were stored.
 */
export async function takeScan(
  ctx: Context,
  range: { readonly network: Network; readonly scan: ScanResult },
): Promise<number> {
  const payments = await takeTransfers(ctx, range);
  await takeMandateEvents(ctx, range);
  return payments;
}
