import type { Context, Principal } from "../context.ts";
import { DomainError } from "../errors.ts";
import { cursorOf, type Page, type PageQuery, pageOf, readPage } from "../page.ts";

export interface Event {
  readonly id: bigint;
  readonly type: string;
  readonly subjectUuid: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
}

interface EventRow {
  readonly id: bigint;
  readonly type: string;
  readonly subject_uuid: string | null;
  readonly data: Record<string, unknown>;
  readonly created_at: Date;
}

export interface EventQuery extends PageQuery {
  readonly type?: string | undefined;
  readonly subjectUuid?: string | undefined;
}

/** Types are words, joined by dots and underscores; a database refuses some other characters altogether. */
const TYPE = /^[a-z0-9_.]{1,100}$/i;

/** So many lines of the log are looked through for one page, whatever is asked for. */
const MOST_LOOKED_AT = 10_000;

const FIND = `
  with looked_at as (
    select id, type, subject_uuid, data, created_at from event
    where organization_id = $1 and test = $2 and ($3::bigint is null or id < $3::bigint)
    order by id desc limit $7
  )
  (select true as found, id, type, subject_uuid, data, created_at from looked_at
   where ($4::text is null or type = $4) and ($5::uuid is null or subject_uuid = $5)
   order by id desc limit $6)
  union all
  (select false, id, type, subject_uuid, data, created_at from looked_at order by id desc
   offset $7 - 1 limit 1)`;

/**
 * The organization's events of this mode, newest first; with `type` or `subjectUuid` only those. A page of them may have
 * fewer than `limit`, even none, and still a cursor to go on with: one page looks through 10 000 lines of the log at most.
 * Throws DomainError `invalid_cursor`, `validation_failed`.
 */
export async function listEvents(ctx: Context, principal: Principal, query: EventQuery): Promise<Page<Event>> {
  const { limit, after } = readPage(query, [(text) => /^[0-9]{1,18}$/.test(text)]);
  const { type = null, subjectUuid = null } = query;
  if (type !== null && !TYPE.test(type)) {
    const message = "must be an event's type, such as payment.late";
    throw new DomainError("invalid", "validation_failed", `type ${message}.`, { fields: [{ field: "type", message }] });
  }
  const { organizationId, test } = principal;
  const isFiltered = type !== null || subjectUuid !== null;
  const rows = await ctx.db.query<EventRow & { readonly found: boolean }>(FIND, [
    organizationId,
    test,
    after?.[0] ?? null,
    type,
    subjectUuid,
    limit + 1,
    isFiltered ? MOST_LOOKED_AT : limit + 1,
  ]);
  const found = rows.filter((row) => row.found);
  const events = found.map((row) => ({
    id: row.id,
    type: row.type,
    subjectUuid: row.subject_uuid,
    data: row.data,
    createdAt: row.created_at,
  }));
  const page = pageOf(events, limit, (event) => [String(event.id)]);
  // The last line looked at, where there may be more behind it.
  const last = rows.find((row) => !row.found);
  return page.nextCursor === null && last !== undefined ? { ...page, nextCursor: cursorOf([String(last.id)]) } : page;
}
