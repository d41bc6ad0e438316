import type { ChainAdapter } from "@qbitflow/chains";
import type { Context } from "../context.ts";
import { loadMandates, type StoredMandate } from "../mandate/index.ts";
import { foldEvents, foldMandates } from "../mandate-scan/fold.ts";
import { type EventRow, findConfirmed } from "../mandate-scan/store.ts";
import { type Difference, differingFields } from "./difference.ts";
import { holdingCursor, type PartResult, type PartStep, partResult } from "./part.ts";
import { findMandateHashes } from "./store.ts";

const ROWS_AT_ONCE = 500;

const aboutOf = ({ network, uuid, hash }: StoredMandate) =>
  ({ about: "mandate", what: "different", network, uuid, mandateHash: hash }) as const;

/** The terms in the books are those that the hash stands for, where this contract can say so. */
function compareTerms({ mandates }: ChainAdapter, mandate: StoredMandate): Difference[] {
  const { hash, terms, contract } = mandate;
  if (!mandates || mandates.contract !== contract || mandates.hash(terms) === hash) return [];
  const fields = [{ field: "hash", books: mandates.hash(terms), chain: hash }];
  const message = "The terms in the books are not the signed ones.";
  return [{ ...aboutOf(mandate), fields, message, restored: false }];
}

function compareState(mandate: StoredMandate, events: readonly EventRow[], rebuild: boolean): Difference[] {
  const folded = foldEvents(mandate, events);
  // Until its activation is confirmed, what became of the offer is ours to say.
  const isOffer = folded.state === "signed" && (mandate.state === "proposed" || mandate.state === "signed");
  const fields = differingFields(
    { state: isOffer ? folded.state : mandate.state, maximumBase: String(mandate.maximumBase) },
    { state: folded.state, maximumBase: String(folded.maximumBase) },
  );
  return fields.length === 0 ? [] : [{ ...aboutOf(mandate), fields, restored: rebuild }];
}

/**
 * Every mandate must be what its events on the chain make of it, and its terms (parties, amounts, fees, recipients) must
 * be those that its hash stands for. `after` is a mandate's hash.
 */
export async function compareMandates(ctx: Context, { adapter, after, rebuild }: PartStep): Promise<PartResult> {
  const network = adapter.network.slug;
  const hashes = await findMandateHashes(ctx.db, { network, after, limit: ROWS_AT_ONCE });
  const keys = hashes.map((hash) => ({ network, hash }));
  const { mandates, states } = await holdingCursor(ctx, network, async (txCtx) => {
    const mandates = [...(await loadMandates(txCtx, keys)).values()];
    const events = Map.groupBy(await findConfirmed(txCtx.db, network, hashes), ({ mandateHash }) => mandateHash);
    const states = mandates.map((mandate) => compareState(mandate, events.get(mandate.hash) ?? [], rebuild));
    const wrong = mandates.filter((_mandate, index) => states[index]?.length);
    if (rebuild) await foldMandates(txCtx, network, wrong);
    return { mandates, states };
  });
  const differences = mandates.flatMap((mandate, index) => [
    ...compareTerms(adapter, mandate),
    ...(states[index] ?? []),
  ]);
  const next = hashes.length === ROWS_AT_ONCE ? (hashes.at(-1) ?? null) : null;
  return partResult({ mandates: hashes.length, differences, next });
}
