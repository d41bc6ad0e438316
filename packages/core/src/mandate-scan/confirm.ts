import type { ChainAdapter } from "@qbitflow/chains";
import type { CheckoutSession } from "../checkout-session/index.ts";
import { findSessionsByUuid } from "../checkout-session/store.ts";
import { transition } from "../checkout-session/transition.ts";
import type { Context } from "../context.ts";
import { askedMaximumMicros, cancelOnChain, loadMandates, type StoredMandate } from "../mandate/index.ts";
import { lockSessions } from "../payment/store.ts";
import { ourTransactions } from "../relay/index.ts";
import {
  attachMandate,
  type ChargeFact,
  type ChargeFailureFact,
  capChanged,
  mandateEnded,
  type Subscription,
  startSubscription,
  takeChargeFacts,
} from "../subscription/index.ts";
import { findSubscriptions } from "../subscription/store.ts";
import { togetherOrAlone } from "../together-or-alone.ts";
import { foldMandates } from "./fold.ts";
import { chargeFact, chargeFailureFact, isOurs, startsBy } from "./ours.ts";
import { confirmEvents, type EventRow, findConfirmable } from "./store.ts";

const BATCH = 1_000;

type Due = Awaited<ReturnType<typeof findConfirmable>>;

/**
 * Lets a network's mandate events take effect whose block has the confirmations: subscriptions begin, bills are paid,
 * caps and ends are known. Call it after each advance; any number of processes may. A subscription whose events cannot
 * take effect is logged, holds up no other one, and is tried again with the next call. Returns how many were confirmed.
 */
export async function confirmMandateEvents(ctx: Context, network: string): Promise<number> {
  const adapter = ctx.chains.get(network);
  if (!adapter) throw new Error(`No chain is called ${network}.`);
  let confirmed = 0;
  for (;;) {
    const due = await findConfirmable(ctx.db, { network, confirmations: adapter.network.confirmations, limit: BATCH });
    const done = due.length === 0 ? 0 : await confirmDue(ctx, adapter, due);
    confirmed += done;
    if (done < BATCH) return confirmed;
  }
}

function confirmDue(ctx: Context, adapter: ChainAdapter, due: Due): Promise<number> {
  return togetherOrAlone(ctx, {
    uuids: [...new Set(due.map(({ uuid }) => uuid))],
    message: "what the chain shows of a subscription cannot take effect",
    work: (uuids) => {
      const some = new Set(uuids);
      const own = due.filter(({ uuid }) => some.has(uuid));
      return confirmTogether(ctx, adapter, own);
    },
  });
}

async function confirmTogether(ctx: Context, adapter: ChainAdapter, due: Due): Promise<number> {
  const { slug: network, confirmations } = adapter.network;
  await ctx.db.transaction(async (tx) => {
    // Held, so that no reorganisation comes between.
    await tx.query("select 1 from chain_cursor where network = $1 for share", [network]);
    await lockSessions(tx, [...new Set(due.map(({ uuid }) => uuid))]);
    const ids = due.map(({ id }) => id);
    const rows = await confirmEvents(tx, { network, ids, confirmations, now: ctx.clock.now() });
    await takeEffect({ ...ctx, db: tx }, network, rows);
  });
  return due.length;
}

interface Confirmed {
  readonly network: string;
  readonly rows: readonly EventRow[];
  readonly mandates: ReadonlyMap<string, StoredMandate>;
  readonly sessions: ReadonlyMap<string, CheckoutSession>;
  readonly subscriptions: Map<string, Subscription>;
}

async function takeEffect(ctx: Context, network: string, all: readonly EventRow[]): Promise<void> {
  const mandates = await loadMandates(
    ctx,
    all.map((row) => ({ network, hash: row.mandateHash })),
  );
  const rows = all.filter((row) => isOurs(mandates, row));
  if (rows.length === 0) return;
  const uuids = [...new Set(rows.map(({ uuid }) => uuid))];
  const byUuid = <T extends { readonly uuid: string }>(found: readonly T[]) =>
    new Map(found.map((one) => [one.uuid, one]));
  const confirmed: Confirmed = {
    network,
    rows,
    mandates,
    sessions: byUuid(await findSessionsByUuid(ctx.db, uuids)),
    subscriptions: byUuid(await findSubscriptions(ctx.db, uuids)),
  };
  const changed = new Set(rows.filter(({ type }) => type !== "charged" && type !== "charge_failed").map(hashOf));
  await foldMandates(
    ctx,
    network,
    [...mandates.values()].filter(({ hash }) => changed.has(hash)),
  );
  const consumed = new Set<EventRow>();
  for (const row of rows) await begin(ctx, confirmed, { row, consumed });
  await takeCharges(
    ctx,
    network,
    rows.filter((row) => !consumed.has(row)),
  );
  for (const row of rows) await tellChange(ctx, confirmed, row);
}

const hashOf = ({ mandateHash }: EventRow): string => mandateHash;

/**
 * Only a merchant or an executor charges, but anybody may have a charge refused, of any mandate and with more reasons than
 * one: a refusal says something about ours only where it was ours.
 */
async function takeCharges(ctx: Context, network: string, rows: readonly EventRow[]): Promise<void> {
  const refused = rows.filter(({ type }) => type === "charge_failed");
  const ours = await ourTransactions(ctx, { network, hashes: refused.map(({ transactionHash }) => transactionHash) });
  const facts = rows.flatMap((row): (ChargeFact | ChargeFailureFact)[] => {
    if (row.type === "charged") return [chargeFact(row)];
    return row.type === "charge_failed" && ours.has(row.transactionHash) ? [chargeFailureFact(row)] : [];
  });
  await takeChargeFacts(ctx, facts);
}

/** The charge that rode with an activation. */
const chargeBeside = ({ rows }: Confirmed, row: EventRow): EventRow | undefined =>
  rows.find(
    (one) =>
      one.type === "charged" && one.mandateHash === row.mandateHash && one.transactionHash === row.transactionHash,
  );

async function begin(
  ctx: Context,
  confirmed: Confirmed,
  { row, consumed }: { readonly row: EventRow; readonly consumed: Set<EventRow> },
): Promise<void> {
  const session = confirmed.sessions.get(row.uuid);
  const mandate = confirmed.mandates.get(row.mandateHash);
  if (!session || !mandate) return;
  const subscription = confirmed.subscriptions.get(row.uuid);
  if (subscription) {
    if (row.type === "activated") await attach(ctx, confirmed, { row, mandate, subscription, consumed });
    if (startsBy(session, row) && subscription.mandateHash === mandate.hash) await complete(ctx, session, row);
    return;
  }
  if (!startsBy(session, row)) return;
  const charge = row.type === "charged" ? row : undefined;
  if (charge) consumed.add(charge);
  const startedAt = mandate.anchorAt ?? row.minedAt;
  const started = await startSubscription(ctx, {
    session,
    mandate: { network: mandate.network, hash: mandate.hash },
    startedAt,
    trialEndsAt: session.options?.trial === undefined ? null : startedAt,
    firstCharge: charge ? chargeFact(charge) : null,
    maxSpendingMicros: mandate.maxSpendingMicros,
  });
  confirmed.subscriptions.set(row.uuid, started);
  await complete(ctx, session, row);
}

/** From whatever it was: what is on chain counts, also after the session's time (as with payments). */
async function complete(ctx: Context, session: CheckoutSession, row: EventRow): Promise<void> {
  const { uuid, status } = session;
  if (status === "completed") return;
  const { transactionHash } = row;
  if (status !== "waitingConfirmation") {
    await transition(ctx, [{ uuid, from: status, to: "waitingConfirmation", transactionHash }]);
  }
  await transition(ctx, [{ uuid, from: "waitingConfirmation", to: "completed", transactionHash }]);
}

/** A subscription has one mandate: the one that was signed here last. The other is cancelled on chain. */
async function attach(
  ctx: Context,
  confirmed: Confirmed,
  at: {
    readonly row: EventRow;
    readonly mandate: StoredMandate;
    readonly subscription: Subscription;
    readonly consumed: Set<EventRow>;
  },
): Promise<void> {
  const { row, mandate, subscription, consumed } = at;
  const { network, hash } = mandate;
  if (subscription.network === network && subscription.mandateHash === hash) return;
  if (mandate.state !== "signed") {
    // An older offer that somebody sent by himself: nobody bills it.
    await cancelOnChain(ctx, [{ network, hash }]);
    return;
  }
  const charge = chargeBeside(confirmed, row);
  if (charge) consumed.add(charge);
  const { network: oldNetwork, mandateHash: oldHash } = subscription;
  await attachMandate(ctx, {
    uuid: row.uuid,
    network,
    hash,
    charge: charge ? chargeFact(charge) : null,
    ...(mandate.maxSpendingMicros === null ? {} : { maxSpendingMicros: mandate.maxSpendingMicros }),
  });
  confirmed.subscriptions.set(row.uuid, { ...subscription, network, mandateHash: hash });
  if (oldNetwork !== null && oldHash !== null) await cancelOnChain(ctx, [{ network: oldNetwork, hash: oldHash }]);
}

/** Of a maximum that was restored after a later one: what it was in between is nothing to anybody any more. */
async function isLatest(ctx: Context, { rows }: Confirmed, row: EventRow): Promise<boolean> {
  const { network, mandateHash: hash } = row;
  const last = rows.findLast((one) => one.type === "maximum_changed" && one.mandateHash === hash);
  if (last !== row) return true;
  const [mandate] = (await loadMandates(ctx, [{ network, hash }])).values();
  return mandate?.maximumBase === BigInt(row.data.maximumBase ?? 0);
}

async function tellChange(ctx: Context, confirmed: Confirmed, row: EventRow): Promise<void> {
  const mandate = confirmed.mandates.get(row.mandateHash);
  const subscription = confirmed.subscriptions.get(row.uuid);
  if (!mandate || !subscription) return;
  const isCurrent = subscription.network === mandate.network && subscription.mandateHash === mandate.hash;
  if (row.type === "maximum_changed" && isCurrent && (await isLatest(ctx, confirmed, row))) {
    const maximumBase = BigInt(row.data.maximumBase ?? 0);
    const { network, hash } = mandate;
    const askedMicros = await askedMaximumMicros(ctx.db, { network, hash, maximumBase });
    await capChanged(ctx, { uuid: row.uuid, maximumBase, askedMicros });
  }
  if (row.type !== "stopped" && row.type !== "cancelled") return;
  const { network, hash, terms } = mandate;
  // Only the subscriber can stop.
  const by = row.type === "stopped" ? terms.subscriber : String(row.data.by);
  const byCustomer = by.toLowerCase() === terms.subscriber.toLowerCase();
  await mandateEnded(ctx, { uuid: row.uuid, network, hash, how: row.type, by, byCustomer });
}
