import type { Context } from "../context.ts";
import { loadMandates, type StoredMandate } from "../mandate/index.ts";
import { foldEvents, foldMandates } from "../mandate-scan/fold.ts";
import { findConfirmed } from "../mandate-scan/store.ts";
import { type Difference, differingFields } from "./difference.ts";
import { type PartResult, type PartStep, partResult } from "./part.ts";
import { findMandateHashes } from "./store.ts";

const ROWS_AT_ONCE = 500;

/**
 * Every mandate must be what its events on the chain make of it, and its terms (parties, amounts, fees, recipients) must
 * be those that its hash stands for. `after` is a mandate's hash.
 */
export async function compareMandates(ctx: Context, { adapter, after, rebuild }: PartStep): Promise<PartResult> {
  const network = adapter.network.slug;
  const hashes = await findMandateHashes(ctx.db, { network, after, limit: ROWS_AT_ONCE });
  const mandates = await loadMandates(
    ctx,
    hashes.map((hash) => ({ network, hash })),
  );
  const events = Map.groupBy(await findConfirmed(ctx.db, network, hashes), ({ mandateHash }) => mandateHash);
  const wrong: StoredMandate[] = [];
  const differences: Difference[] = [];
  for (const mandate of mandates.values()) {
    const { hash, uuid, terms, contract } = mandate;
    const about = { about: "mandate" as const, what: "different" as const, network, uuid, mandateHash: hash };
    const chain = adapter.mandates;
    if (chain && chain.contract === contract && chain.hash(terms) !== hash) {
      const fields = [{ field: "hash", books: chain.hash(terms), chain: hash }];
      differences.push({
        ...about,
        fields,
        message: "The terms in the books are not the signed ones.",
        restored: false,
      });
    }
    const folded = foldEvents(mandate, events.get(hash) ?? []);
    // Until its activation is confirmed, what became of the offer is ours to say.
    const isOffer = folded.state === "signed" && (mandate.state === "proposed" || mandate.state === "signed");
    const fields = differingFields(
      { state: isOffer ? folded.state : mandate.state, maximumBase: String(mandate.maximumBase) },
      { state: folded.state, maximumBase: String(folded.maximumBase) },
    );
    if (fields.length === 0) continue;
    differences.push({ ...about, fields, restored: rebuild });
    wrong.push(mandate);
  }
  if (rebuild && wrong.length > 0) {
    await ctx.db.transaction(async (tx) => {
      await tx.query("select 1 from chain_cursor where network = $1 for share", [network]);
      await foldMandates({ ...ctx, db: tx }, network, wrong);
    });
  }
  const next = hashes.length === ROWS_AT_ONCE ? (hashes.at(-1) ?? null) : null;
  return partResult({ mandates: hashes.length, differences, next });
}
