import type { Queryable } from "@qbitflow/db";
import type { Tenant } from "../tenant.ts";

export interface NewUsageEvent {
  readonly eventId: string;
  /** Hex. */
  readonly contentHash: string;
  readonly subscriptionUuid: string;
  readonly periodIndex: number;
  readonly unitsMicros: bigint;
  readonly occurredAt: Date;
  readonly metadata: Readonly<Record<string, string>> | null;
}

// In the order of their ids, so that two batches with the same ids wait for each other and never in a circle.
const INSERT = `
  insert into usage_event (organization_id, test, event_id, content_hash, subscription_uuid, period_index, units_micros,
    occurred_at, metadata, received_at)
  select $1, $2, "eventId", decode("contentHash", 'hex'), "subscriptionUuid", "periodIndex", "unitsMicros",
    "occurredAt", metadata, $3
  from json_to_recordset($4::json) as n("eventId" text, "contentHash" text, "subscriptionUuid" uuid,
    "periodIndex" bigint, "unitsMicros" bigint, "occurredAt" timestamptz, metadata jsonb)
  order by "eventId" collate "C"
  on conflict (organization_id, test, event_id) do nothing
  returning event_id as "eventId"`;

/** Returns the ids that were new. Waits for a transaction that inserts the same ones. */
export async function insertUsageEvents(
  db: Queryable,
  tenant: Tenant,
  { events, at }: { readonly events: readonly NewUsageEvent[]; readonly at: Date },
): Promise<Set<string>> {
  const json = JSON.stringify(events, (_key, value) => (typeof value === "bigint" ? String(value) : value));
  const rows = await db.query<{ eventId: string }>(INSERT, [tenant.organizationId, tenant.test, at, json], {
    name: "usage_insert",
  });
  return new Set(rows.map(({ eventId }) => eventId));
}

/** Content hashes (hex) by event id. */
export async function findUsageHashes(
  db: Queryable,
  tenant: Tenant,
  eventIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db.query<{ eventId: string; hash: string }>(
    `select event_id as "eventId", encode(content_hash, 'hex') as hash from usage_event
     where organization_id = $1 and test = $2 and event_id = any($3::text[])`,
    [tenant.organizationId, tenant.test, [...eventIds]],
    { name: "usage_hashes" },
  );
  return new Map(rows.map(({ eventId, hash }) => [eventId, hash]));
}
