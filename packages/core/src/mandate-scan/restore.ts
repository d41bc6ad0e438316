import type { MandateEvent, Network, ScanResult } from "@qbitflow/chains";
import { findSessionsByUuid } from "../checkout-session/store.ts";
import type { Context } from "../context.ts";
import { appendEvents } from "../event/index.ts";
import { loadMandates } from "../mandate/index.ts";
import { findSubscriptions } from "../subscription/store.ts";
import { foldMandates } from "./fold.ts";
import { revertMandateEvents } from "./revert.ts";
import { correctEvents, findEventsBetween, markConfirmed } from "./store.ts";
import { takeMandateEvents } from "./take.ts";

/** How the books of a scanned range differ from it. */
export interface EventRepair {
  /** On the chain and not in the books. */
  readonly missing: readonly MandateEvent[];
  readonly different: readonly { readonly id: bigint; readonly event: MandateEvent }[];
  /** In the books and not on the chain. */
  readonly foreign: readonly bigint[];
}

export interface RepairedRange {
  readonly network: Network;
  readonly scan: ScanResult;
  /** The last block with the confirmations. */
  readonly confirmedTo: number;
}

const keyOf = ({ transactionHash, logIndex }: { readonly transactionHash: string; readonly logIndex: number }) =>
  `${transactionHash}:${logIndex}`;

/**
 * Their effect is there as long as the subscription is, but for a mandate that was to take the place of another and did not
 * yet; bills come back by themselves (`restoreCharge`).
 */
const DONE: readonly MandateEvent["type"][] = ["activated", "charged", "charge_failed"];

/**
 * Makes the rows of a scanned range what the chain says: lost ones come back, false ones are orphaned like after a
 * reorganisation, others are corrected, and the mandates are what all of them make of them. What was lost before it took
 * effect takes effect with the next confirmation. In the transaction that holds the cursor; twice changes nothing.
 */
export async function restoreMandateEvents(
  ctx: Context,
  range: RepairedRange,
  { missing, different, foreign }: EventRepair,
): Promise<void> {
  const network = range.network.slug;
  if (foreign.length > 0) await revertMandateEvents(ctx, { network, ids: foreign });
  await correctEvents(ctx.db, different);
  if (missing.length > 0) await takeBack(ctx, range, missing);
  const restored = [...missing, ...different.map(({ event }) => event)];
  const hashes = [...new Set(restored.map(({ mandateHash }) => mandateHash.toLowerCase()))];
  const mandates = await loadMandates(
    ctx,
    hashes.map((hash) => ({ network, hash })),
  );
  await foldMandates(ctx, network, [...mandates.values()]);
  await tell(ctx, network, restored);
}

async function takeBack(ctx: Context, range: RepairedRange, missing: readonly MandateEvent[]): Promise<void> {
  await takeMandateEvents(ctx, range);
  const wanted = new Set(missing.map(keyOf));
  const subscriptions = await findSubscriptions(ctx.db, [...new Set(missing.map(({ uuid }) => uuid))]);
  const known = new Set(subscriptions.map(({ uuid }) => uuid));
  const current = new Set(subscriptions.map(({ mandateHash }) => mandateHash));
  const waiting = await findWaiting(ctx, range.network.slug, missing);
  const numbers = missing.map(({ blockNumber }) => blockNumber);
  const [from, to] = [Math.min(...numbers), Math.max(...numbers)];
  const rows = await findEventsBetween(ctx.db, { network: range.network.slug, from, to });
  const done = rows.filter(
    (row) =>
      wanted.has(keyOf(row)) &&
      known.has(row.uuid) &&
      (current.has(row.mandateHash) || !waiting.has(row.mandateHash)) &&
      DONE.includes(row.type) &&
      row.blockNumber <= range.confirmedTo,
  );
  await markConfirmed(
    ctx.db,
    done.map(({ id }) => id),
    ctx.clock.now(),
  );
}

/** Mandates that were signed, and that the books never saw activated. */
async function findWaiting(ctx: Context, network: string, events: readonly MandateEvent[]): Promise<Set<string>> {
  const hashes = [...new Set(events.map(({ mandateHash }) => mandateHash.toLowerCase()))];
  const mandates = await loadMandates(
    ctx,
    hashes.map((hash) => ({ network, hash })),
  );
  return new Set([...mandates.values()].filter(({ state }) => state === "signed").map(({ hash }) => hash));
}

async function tell(ctx: Context, network: string, restored: readonly MandateEvent[]): Promise<void> {
  const sessions = await findSessionsByUuid(ctx.db, [...new Set(restored.map(({ uuid }) => uuid))]);
  const sessionOf = new Map(sessions.map((session) => [session.uuid, session]));
  const events = restored.flatMap(({ uuid, transactionHash, mandateHash, type }) => {
    const session = sessionOf.get(uuid);
    if (!session) return [];
    const { organizationId, test } = session;
    const data = { network, transactionHash, mandateHash, event: type };
    return [{ organizationId, test, type: "mandate.restored", subjectUuid: uuid, data }];
  });
  await appendEvents(ctx, events);
}
