import type { Context } from "../context.ts";

export interface NewEvent {
  readonly organizationId: bigint;
  readonly test: boolean;
  /** `checkout_session.completed`, `payment.late` … */
  readonly type: string;
  /** What it is about: a session's uuid. */
  readonly subjectUuid: string | null;
  /** Plain JSON; amounts are decimal texts. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Appends events in their order, in one statement; call it in the transaction of what happened. Returns the ids, in the same order. */
export async function appendEvents(ctx: Context, events: readonly NewEvent[]): Promise<bigint[]> {
  if (events.length === 0) return [];
  const rows = events.map((event, position) => ({ ...event, organizationId: String(event.organizationId), position }));
  const inserted = await ctx.db.query<{ id: bigint }>(
    `insert into event (organization_id, test, type, subject_uuid, data, created_at)
     select n."organizationId", n.test, n.type, n."subjectUuid", n.data, $2
     from json_to_recordset($1::json)
       as n("organizationId" bigint, test boolean, type text, "subjectUuid" uuid, data jsonb, position integer)
     order by n.position
     returning id`,
    [JSON.stringify(rows), ctx.clock.now()],
    { name: "event_append" },
  );
  return inserted.map((row) => row.id);
}
