import type { Context, Principal } from "../context.ts";
import { DomainError } from "../errors.ts";
import { type Book, loadBooks } from "../subscription/book.ts";
import { closePeriod } from "../subscription/close-period.ts";
import { saveBooks } from "../subscription/save-books.ts";
import { addUnits, isCapReached } from "./add-units.ts";
import { type ReadUsageEvent, readUsageEvents } from "./read-events.ts";
import { findUsageHashes, insertUsageEvents } from "./store.ts";

export interface RecordedUsage {
  /** Events that were new. */
  readonly recorded: number;
  /** Events that were known already, and are counted once. */
  readonly repeated: number;
  readonly subscriptions: readonly {
    readonly uuid: string;
    readonly unitsCurrentMicros: bigint;
    readonly capReached: boolean;
  }[];
}

const conflict = (eventId: string) =>
  new DomainError(
    "conflict",
    "usage_event_conflict",
    `The event ${eventId} was recorded with another content: give a new event a new id. Nothing of this batch was recorded.`,
  );

/** Each event once; the same id must say the same. */
function distinct(events: readonly ReadUsageEvent[]): Map<string, ReadUsageEvent> {
  const byId = new Map<string, ReadUsageEvent>();
  for (const event of events) {
    const known = byId.get(event.eventId);
    if (known && known.contentHash !== event.contentHash) throw conflict(event.eventId);
    byId.set(event.eventId, event);
  }
  return byId;
}

async function lockOwn(ctx: Context, principal: Principal, events: readonly ReadUsageEvent[]) {
  const uuids = [...new Set(events.map(({ subscriptionUuid }) => subscriptionUuid))].sort();
  const books = new Map((await loadBooks(ctx, uuids)).map((book) => [book.before.uuid, book]));
  for (const uuid of uuids) {
    const { organizationId, test } = books.get(uuid)?.before ?? {};
    if (organizationId === principal.organizationId && test === principal.test) continue;
    const message = `There is no subscription ${uuid} in this organization and mode. Nothing of this batch was recorded.`;
    throw new DomainError("not_found", "not_found", message);
  }
  return books;
}

async function insertNew(ctx: Context, principal: Principal, { byId, books }: Batch): Promise<ReadUsageEvent[]> {
  const events = [...byId.values()].map((event) => {
    const periodIndex = books.get(event.subscriptionUuid)?.subscription.nextPeriodIndex ?? 0;
    return { ...event, periodIndex };
  });
  const added = await insertUsageEvents(ctx.db, principal, { events, at: ctx.clock.now() });
  const known = events.filter(({ eventId }) => !added.has(eventId));
  const hashes = await findUsageHashes(
    ctx.db,
    principal,
    known.map(({ eventId }) => eventId),
  );
  const changed = known.find(({ eventId, contentHash }) => hashes.get(eventId) !== contentHash);
  if (changed) throw conflict(changed.eventId);
  return events.filter(({ eventId }) => added.has(eventId));
}

interface Batch {
  readonly byId: ReadonlyMap<string, ReadUsageEvent>;
  readonly books: ReadonlyMap<string, Book>;
}

/**
 * Records 1 to 1000 events, all or none. An event's id counts once per organization and mode, whatever happens between:
 * after a failure the same batch is sent again. What comes late counts in the period that is open now. Throws
 * `validation_failed`, `not_found`, `usage_event_conflict`, `subscription_cancelled`, `unprocessable`.
 */
export async function recordUsageEvents(ctx: Context, principal: Principal, input: unknown): Promise<RecordedUsage> {
  const events = readUsageEvents(input);
  const byId = distinct(events);
  return ctx.db.transaction(async (tx) => {
    const txCtx = { ...ctx, db: tx };
    const books = await lockOwn(txCtx, principal, events);
    for (const book of books.values()) closePeriod(txCtx, book);
    const added = await insertNew(txCtx, principal, { byId, books });
    const units = new Map<string, bigint>();
    for (const { subscriptionUuid, unitsMicros } of added) {
      units.set(subscriptionUuid, (units.get(subscriptionUuid) ?? 0n) + unitsMicros);
    }
    for (const book of books.values()) {
      const unitsMicros = units.get(book.before.uuid);
      if (unitsMicros !== undefined) addUnits(book, unitsMicros);
    }
    await saveBooks(txCtx, [...books.values()]);
    return {
      recorded: added.length,
      repeated: events.length - added.length,
      subscriptions: [...books.values()].map(({ subscription }) => ({
        uuid: subscription.uuid,
        unitsCurrentMicros: subscription.unitsCurrentMicros,
        capReached: isCapReached(subscription),
      })),
    };
  });
}
