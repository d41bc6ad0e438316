import type { Context } from "../context.ts";
import { type StoredMandate, updateFromChain } from "../mandate/index.ts";
import { type EventRow, findConfirmed } from "./store.ts";

/** What confirmed events, in chain order, make of a mandate. Pure. */
export function foldEvents(
  mandate: Pick<StoredMandate, "terms" | "state">,
  events: readonly EventRow[],
): Pick<StoredMandate, "maximumBase" | "activatedAt"> & {
  readonly state: "signed" | "active" | "stopped" | "cancelled";
} {
  let state: "signed" | "active" | "stopped" | "cancelled" = "signed";
  let maximumBase = mandate.terms.maxPerPeriodBase;
  let activatedAt: Date | null = null;
  for (const { type, data, minedAt } of events) {
    if (type === "activated") {
      state = "active";
      activatedAt = minedAt;
    } else if (type === "maximum_changed") maximumBase = BigInt(data.maximumBase ?? maximumBase);
    else if (type === "cancelled") state = "cancelled";
    else if (type === "stopped" && state !== "cancelled") state = "stopped";
  }
  return { state, maximumBase, activatedAt };
}

/** Writes down what the chain makes of these mandates now: after events were confirmed, or after they left the chain. */
export async function foldMandates(ctx: Context, network: string, mandates: readonly StoredMandate[]): Promise<void> {
  if (mandates.length === 0) return;
  const events = await findConfirmed(
    ctx.db,
    network,
    mandates.map(({ hash }) => hash),
  );
  for (const mandate of mandates) {
    const own = events.filter(({ mandateHash }) => mandateHash === mandate.hash);
    await updateFromChain(ctx.db, { network, hash: mandate.hash, ...foldEvents(mandate, own) });
  }
}
