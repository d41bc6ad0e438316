import type { Hex } from "@qbitflow/chains";
import type { Context } from "../context.ts";
import type { StoredMandate } from "./mandate.ts";
import { findMandates, type MandateKey } from "./store.ts";

/** By hash; one that nobody proposed is left out. */
export async function loadMandates(
  ctx: Context,
  keys: readonly MandateKey[],
): Promise<ReadonlyMap<Hex, StoredMandate>> {
  const found = await findMandates(ctx.db, keys);
  return new Map(found.map((mandate) => [mandate.hash, mandate]));
}
