import type { Hex, MandateEvent, Network, ScanResult } from "@qbitflow/chains";
import { findSessionsByUuid } from "../checkout-session/store.ts";
import type { Context } from "../context.ts";
import { appendEvents } from "../event/index.ts";
import { loadMandates, type StoredMandate } from "../mandate/index.ts";
import type { Subscription } from "../subscription/index.ts";
import { findSubscriptions } from "../subscription/store.ts";
import { foldMandates } from "./fold.ts";
import { revertMandateEvents } from "./revert.ts";
import { correctEvents, findEventsBetween, markConfirmed, type StoredEvent } from "./store.ts";
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

const BEGAN: readonly MandateEvent["type"][] = ["activated", "charged", "charge_failed"];

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
  const subscriptionOf = new Map(subscriptions.map((subscription) => [subscription.uuid, subscription]));
  const hashes = missing.map(({ mandateHash }) => mandateHash.toLowerCase());
  const mandates = await loadMandates(
    ctx,
    hashes.map((hash) => ({ network: range.network.slug, hash })),
  );
  const numbers = missing.map(({ blockNumber }) => blockNumber);
  const [from, to] = [Math.min(...numbers), Math.max(...numbers)];
  const rows = await findEventsBetween(ctx.db, { network: range.network.slug, from, to });
  const done = rows.filter((row) => {
    const isWanted = wanted.has(keyOf(row)) && row.blockNumber <= range.confirmedTo;
    const [subscription, mandate] = [subscriptionOf.get(row.uuid), mandates.get(row.mandateHash as Hex)];
    return isWanted && subscription !== undefined && hadEffect(row, subscription, mandate);
  });
  await markConfirmed(
    ctx.db,
    done.map(({ id }) => id),
    ctx.clock.now(),
  );
}

/**
 * Whether the books have the effect of an event that is lost. What began is there as long as the subscription is, but for
 * a mandate that was to take the place of another and did not yet; bills come back by themselves (`restoreCharge`).
 */
function hadEffect(row: StoredEvent, subscription: Subscription, mandate: StoredMandate | undefined): boolean {
  const { type, mandateHash, data } = row;
  if (mandate === undefined) return true;
  if (BEGAN.includes(type)) return subscription.mandateHash === mandateHash || mandate.state !== "signed";
  if (type === "maximum_changed") return String(mandate.maximumBase) === String(data.maximumBase);
  return mandate.state === "cancelled" || mandate.state === type;
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
