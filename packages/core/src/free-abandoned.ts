import { freeBillClaims } from "./billing/store.ts";
import { freeScanLeases } from "./chain-scan/lease.ts";
import type { Context } from "./context.ts";
import { freeSenderLeases } from "./relay/lane.ts";
import { freeDeliveries } from "./webhook/store.ts";

/**
 * Frees what a process that died holds: the right to read a chain and to sign, bills and deliveries it had begun. Only
 * where no other process can be alive, as with a database that one process opens: elsewhere it runs out by itself.
 */
export async function freeAbandoned(ctx: Context): Promise<void> {
  await freeScanLeases(ctx);
  await freeSenderLeases(ctx);
  await freeBillClaims(ctx.db);
  await freeDeliveries(ctx.db);
}
