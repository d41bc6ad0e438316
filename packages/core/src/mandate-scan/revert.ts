import type { CheckoutSession } from "../checkout-session/index.ts";
import { EXPIRED_MESSAGE } from "../checkout-session/status.ts";
import { findSessionsByUuid } from "../checkout-session/store.ts";
import { type StatusChange, transition } from "../checkout-session/transition.ts";
import type { Context } from "../context.ts";
import { appendEvents } from "../event/index.ts";
import { askedMaximumMicros, cancelOnChain, loadMandates } from "../mandate/index.ts";
import { lockSessions } from "../payment/store.ts";
import { capChanged, revertChargeFacts } from "../subscription/index.ts";
import { findSubscriptions } from "../subscription/store.ts";
import { foldMandates } from "./fold.ts";
import { chargeFact, isOurs } from "./ours.ts";
import { type EventRow, findUuidsToRevert, orphanEvents, type Reverting } from "./store.ts";

const REPLACED_MESSAGE = "The transaction's block was replaced; it waits to be mined again.";
const FAILED_MESSAGE =
  "A reorganisation of the chain removed the activation after it was confirmed. If it is mined again, it counts again.";

/**
 * Orphans a network's mandate events above a block (or just those that reconciling did not find on the chain): mandates are what the events that stand make of them, confirmed
 * charges go back to their bills, and a session whose activation is gone waits for it again. In the transaction that
 * holds the cursor. Returns how many were orphaned.
 */
export async function revertMandateEvents(ctx: Context, reverting: Reverting): Promise<number> {
  const { network } = reverting;
  const uuids = await findUuidsToRevert(ctx.db, reverting);
  if (uuids.length === 0) return 0;
  await lockSessions(ctx.db, uuids);
  const all = await orphanEvents(ctx.db, reverting, ctx.clock.now());
  const mandates = await loadMandates(
    ctx,
    all.map((row) => ({ network, hash: row.mandateHash })),
  );
  const rows = all.filter((row) => isOurs(mandates, row));
  const confirmed = rows.filter(({ confirmedAt }) => confirmedAt !== null);
  const changed = new Set(confirmed.map(({ mandateHash }) => mandateHash));
  await foldMandates(
    ctx,
    network,
    [...mandates.values()].filter(({ hash }) => changed.has(hash)),
  );
  await revertMaximums(ctx, { network, rows: confirmed });
  await revertChargeFacts(ctx, confirmed.filter(({ type }) => type === "charged").map(chargeFact));
  const sessions = await findSessionsByUuid(ctx.db, uuids);
  const lost = sessions.filter((session) => rows.some((row) => isActivationOf(session, row)));
  await transition(
    ctx,
    lost.flatMap((session) => changeBack(ctx, session)),
  );
  await cancelAgain(ctx, confirmed);
  await tell(ctx, { sessions, rows: confirmed });
  return all.length;
}

/**
 * What its customer or merchant ended stays ended: nobody is charged again because a block was replaced. Where the
 * cancellation itself is gone from the chain, ours goes after it; a stopped one's follows when its paid period is over.
 */
async function cancelAgain(ctx: Context, confirmed: readonly EventRow[]): Promise<void> {
  const lost = confirmed.filter(({ type }) => type === "cancelled");
  if (lost.length === 0) return;
  const subscriptions = await findSubscriptions(ctx.db, [...new Set(lost.map(({ uuid }) => uuid))]);
  const over = new Set(subscriptions.filter(({ status }) => status === "cancelled").map(({ uuid }) => uuid));
  const keys = lost.filter(({ uuid }) => over.has(uuid)).map(({ network, mandateHash: hash }) => ({ network, hash }));
  if (keys.length > 0) await cancelOnChain(ctx, keys);
}

/** Maximums are again what they were: for pay-as-you-go the most that a bill may ask, too. */
async function revertMaximums(
  ctx: Context,
  { network, rows }: { readonly network: string; readonly rows: readonly EventRow[] },
): Promise<void> {
  const changed = rows.filter(({ type }) => type === "maximum_changed");
  if (changed.length === 0) return;
  const keys = changed.map((row) => ({ network, hash: row.mandateHash }));
  for (const { uuid, hash, maximumBase, terms, maxSpendingMicros } of (await loadMandates(ctx, keys)).values()) {
    const isAsSigned = maximumBase === terms.maxPerPeriodBase;
    const askedMicros = isAsSigned
      ? maxSpendingMicros
      : await askedMaximumMicros(ctx.db, { network, hash, maximumBase });
    const [subscription] = await findSubscriptions(ctx.db, [uuid]);
    const isCurrent = subscription?.network === network && subscription.mandateHash === hash;
    if (isCurrent) await capChanged(ctx, { uuid, maximumBase, askedMicros });
  }
}

const isActivationOf = (session: CheckoutSession, row: EventRow): boolean =>
  row.uuid === session.uuid && row.transactionHash === session.transactionHash;

function changeBack(ctx: Context, session: CheckoutSession): StatusChange[] {
  const { uuid, status: from } = session;
  if (from === "completed") return [{ uuid, from, to: "failed", message: FAILED_MESSAGE }];
  if (from !== "waitingConfirmation") return [];
  if (session.expiresAt <= ctx.clock.now()) {
    return [{ uuid, from, to: "expired", message: EXPIRED_MESSAGE, transactionHash: null }];
  }
  return [{ uuid, from, to: "pending", message: REPLACED_MESSAGE }];
}

async function tell(
  ctx: Context,
  { sessions, rows }: { readonly sessions: readonly CheckoutSession[]; readonly rows: readonly EventRow[] },
): Promise<void> {
  const byUuid = new Map(sessions.map((session) => [session.uuid, session]));
  const events = rows.flatMap((row) => {
    const session = byUuid.get(row.uuid);
    if (!session) return [];
    const { organizationId, test } = session;
    const { network, transactionHash, mandateHash } = row;
    const data = { network, transactionHash, mandateHash, event: row.type };
    return [{ organizationId, test, type: "mandate.reverted", subjectUuid: row.uuid, data }];
  });
  await appendEvents(ctx, events);
}
