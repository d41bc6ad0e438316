import type { Context, Principal } from "../context.ts";
import { type Page, type PageQuery, pageOf, readPage } from "../page.ts";

export interface Event {
  readonly id: bigint;
  readonly type: string;
  readonly subjectUuid: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
}

/** The organization's events of this mode, newest first. Throws DomainError `invalid_cursor`, `validation_failed`. */
export async function listEvents(ctx: Context, principal: Principal, query: PageQuery): Promise<Page<Event>> {
  const { limit, after } = readPage(query, [(text) => /^[0-9]{1,18}$/.test(text)]);
  const rows = await ctx.db.query<{
    id: bigint;
    type: string;
    subject_uuid: string | null;
    data: Record<string, unknown>;
    created_at: Date;
  }>(
    `select id, type, subject_uuid, data, created_at from event
     where organization_id = $1 and test = $2 and ($3::bigint is null or id < $3::bigint)
     order by id desc limit $4`,
    [principal.organizationId, principal.test, after?.[0] ?? null, limit + 1],
  );
  const events = rows.map((row) => ({
    id: row.id,
    type: row.type,
    subjectUuid: row.subject_uuid,
    data: row.data,
    createdAt: row.created_at,
  }));
  return pageOf(events, limit, (event) => [String(event.id)]);
}
