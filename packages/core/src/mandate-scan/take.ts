import type { MandateEvent, Network, ScanResult } from "@qbitflow/chains";
import { confirmationsMessage } from "../checkout-session/status.ts";
import { findSessionsByUuid } from "../checkout-session/store.ts";
import { type StatusChange, transition } from "../checkout-session/transition.ts";
import type { Context } from "../context.ts";
import { appendEvents } from "../event/index.ts";
import { loadMandates } from "../mandate/load.ts";
import { lockSessions } from "../payment/store.ts";
import { isOurs, startsBy } from "./ours.ts";
import { type EventRow, insertEvents } from "./store.ts";

const keyOf = ({ transactionHash, logIndex }: MandateEvent): string => `${transactionHash}:${logIndex}`;

/**
 * Stores the mandate events of a scanned range that bear a uuid of ours, and lets a session whose activation was mined
 * count confirmations. In the transaction that moves the cursor. Other installations' uuids are ignored; an event of our
 * uuid with terms that nobody proposed is kept, told, and moves nothing. Returns how many were stored.
 */
export async function takeMandateEvents(
  ctx: Context,
  { network, scan }: { readonly network: Network; readonly scan: ScanResult },
): Promise<number> {
  // A provider may list one log twice.
  const seen = [...new Map(scan.mandateEvents.map((event) => [keyOf(event), event])).values()];
  if (seen.length === 0) return 0;
  const sessions = await lockSessions(ctx.db, [...new Set(seen.map(({ uuid }) => uuid))]);
  const minedAt = new Map(scan.blocks.map((block) => [block.number, new Date(block.timestamp * 1_000)]));
  const seenAt = ctx.clock.now();
  const ours = seen.flatMap((event) => {
    const at = minedAt.get(event.blockNumber);
    return sessions.has(event.uuid) && at !== undefined ? [{ ...event, minedAt: at, seenAt }] : [];
  });
  if (ours.length === 0) return 0;
  const fresh = await insertEvents(ctx.db, network.slug, ours);
  const readTo = scan.blocks.at(-1)?.number ?? 0;
  await countConfirmations(ctx, { network, fresh, readTo });
  return fresh.length;
}

interface Taken {
  readonly network: Network;
  readonly fresh: readonly EventRow[];
  readonly readTo: number;
}

async function countConfirmations(ctx: Context, { network, fresh, readTo }: Taken): Promise<void> {
  const mandates = await loadMandates(
    ctx,
    fresh.map((row) => ({ network: network.slug, hash: row.mandateHash })),
  );
  const sessions = await findSessionsByUuid(ctx.db, [...new Set(fresh.map(({ uuid }) => uuid))]);
  const sessionOf = new Map(sessions.map((session) => [session.uuid, session]));
  const changes = new Map<string, StatusChange>();
  const strange = fresh.filter((row) => !isOurs(mandates, row));
  for (const row of fresh.filter((one) => isOurs(mandates, one))) {
    const session = sessionOf.get(row.uuid);
    const from = session?.status;
    if (!session || !startsBy(session, row) || from === "completed" || from === "waitingConfirmation") continue;
    const have = readTo - Number(row.blockNumber) + 1;
    const message = confirmationsMessage({ have, needed: network.confirmations });
    const to = "waitingConfirmation";
    changes.set(row.uuid, { uuid: row.uuid, from: session.status, to, message, transactionHash: row.transactionHash });
  }
  await transition(ctx, [...changes.values()]);
  await appendEvents(
    ctx,
    strange.flatMap((row) => {
      const session = sessionOf.get(row.uuid);
      if (!session) return [];
      const { organizationId, test } = session;
      const { transactionHash, mandateHash } = row;
      const data = { network: network.slug, transactionHash, mandateHash, event: row.type, ...row.data };
      return [{ organizationId, test, type: "mandate.unknown", subjectUuid: row.uuid, data }];
    }),
  );
}
