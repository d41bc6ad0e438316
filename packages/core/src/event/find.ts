import type { Queryable } from "@qbitflow/db";

/** What was told of one subject under one type, the newest first. For repairs: it looks through the tenant's log. */
export async function findEventsOf(
  db: Queryable,
  of: {
    readonly organizationId: bigint;
    readonly test: boolean;
    readonly subjectUuid: string;
    readonly type: string;
  },
): Promise<Readonly<Record<string, unknown>>[]> {
  const rows = await db.query<{ data: Record<string, unknown> }>(
    `select data from event
     where organization_id = $1 and test = $2 and subject_uuid = $3 and type = $4 order by id desc`,
    [of.organizationId, of.test, of.subjectUuid, of.type],
  );
  return rows.map(({ data }) => data);
}
