import type { TransactionStatus, TransactionStatusName, TransactionType } from "@qbitflow/api";
import type { Context } from "../context.ts";
import { isHeard, tellListeners } from "../webhook/tell-listeners.ts";
import { sessionResource } from "./resource.ts";
import { type CheckoutSession, sessionColumns } from "./session.ts";
import { mayChange } from "./status.ts";

export interface StatusChange {
  readonly uuid: string;
  /** The status it must have now; where it has another by then, nothing happens to that session. */
  readonly from: TransactionStatusName;
  readonly to: TransactionStatusName;
  /** For people: why, or how far. */
  readonly message?: string;
  /** Null takes it away; absent leaves it. */
  readonly transactionHash?: string | null;
}

/** The session as it is now, and what its change needs besides. */
interface ChangedRow extends CheckoutSession {
  readonly fromStatus: TransactionStatusName;
  readonly targetUrl: string | null;
  /** Somebody listens to this tenant's webhooks. */
  readonly isHeard: boolean;
}

const CHANGE = `
  with change as (
    select * from json_to_recordset($1::json)
      as c(uuid uuid, "from" text, "to" text, message text, "setHash" boolean, "transactionHash" text)
  )
  update checkout_session s set
    status = c."to",
    status_message = c.message,
    status_sequence = s.status_sequence + 1,
    transaction_hash = case when c."setHash" then c."transactionHash" else s.transaction_hash end,
    completed_at = case when c."to" = 'completed' then $2::timestamptz end
  from change c
  where s.uuid = c.uuid and s.status = c."from"
  returning ${sessionColumns}, c."from" as "fromStatus",
    coalesce(s.webhook_url, (
      select m.default_webhook_url from organization_mode m where m.organization_id = s.organization_id and m.test = s.test
    )) as "targetUrl",
    ${isHeard("s")} as "isHeard"`;

// The event and its delivery are one statement; a session without an address to tell has an event alone, unless somebody
// listens.
const RECORD = `
  with change as (
    select * from json_to_recordset($1::json) as c(
      uuid uuid, "organizationId" bigint, test boolean, type text, data jsonb, "deliveryId" uuid, sequence integer,
      url text, origin text, body text)
  ), happened as (
    insert into event (organization_id, test, type, subject_uuid, data, created_at)
    select "organizationId", test, type, uuid, data, $2 from change
    returning id, subject_uuid
  ), made as (
    insert into webhook_delivery
      (id, organization_id, test, event_id, subject_uuid, sequence, url, origin, body, state, next_attempt_at, created_at)
    select c."deliveryId", c."organizationId", c.test, h.id, c.uuid, c.sequence, c.url, c.origin, c.body,
      case when c.url is null then 'no_url' else 'due' end, case when c.url is not null then $2::timestamptz end, $2
    from change c join happened h on h.subject_uuid = c.uuid
    where c.body is not null
    returning id, organization_id, test, event_id, sequence
  ), ${tellListeners}`;

const NOTIFY = `
  select pg_notify('session_status', uuid) from unnest($1::text[]) as uuid
  union all
  select pg_notify('webhook_due', '') where $2`;

/**
 * The only way a session's status changes. Set-based and guarded: a session that no longer has `from` is left alone.
 * Counts the status, appends its event, makes its webhook delivery (body frozen here), notifies `session_status`.
 * Call it in the transaction of what caused it. At most one change per session in one call.
 * Returns the uuids that changed. Throws when the table of statuses does not know a change: a mistake in the program.
 */
export async function transition(ctx: Context, changes: readonly StatusChange[]): Promise<string[]> {
  if (changes.length === 0) return [];
  for (const { from, to, uuid } of changes) {
    if (!mayChange(from, to)) throw new Error(`A session cannot go from ${from} to ${to} (${uuid}).`);
  }
  // Ordered, so that two transactions over the same sessions wait for each other instead of deadlocking.
  const ordered = [...changes].sort((a, b) => (a.uuid < b.uuid ? -1 : 1));
  await ctx.db.query(
    "select 1 from checkout_session where uuid = any($1::uuid[]) order by uuid for no key update",
    [ordered.map(({ uuid }) => uuid)],
    { name: "session_lock" },
  );
  const rows = ordered.map((change) => ({ ...change, setHash: change.transactionHash !== undefined }));
  const changed = await ctx.db.query<ChangedRow>(CHANGE, [JSON.stringify(rows), ctx.clock.now()], {
    name: "session_transition",
  });
  if (changed.length === 0) return [];
  await record(ctx, changed);
  return changed.map(({ uuid }) => uuid);
}

/** Names another transaction as the one that pays, where the status stays what it is. */
export async function setTransactionHash(
  ctx: Context,
  changes: readonly { readonly uuid: string; readonly transactionHash: string }[],
): Promise<void> {
  if (changes.length === 0) return;
  await ctx.db.query(
    `update checkout_session s set transaction_hash = c."transactionHash"
     from json_to_recordset($1::json) as c(uuid uuid, "transactionHash" text) where s.uuid = c.uuid`,
    [JSON.stringify(changes)],
  );
  await ctx.db.query(NOTIFY, [changes.map(({ uuid }) => uuid), false], { name: "session_transition_notify" });
}

async function record(ctx: Context, changed: readonly ChangedRow[]): Promise<void> {
  const records: object[] = [];
  for (const row of changed) records.push(await recordOf(ctx, row));
  await ctx.db.query(RECORD, [JSON.stringify(records), ctx.clock.now()], { name: "session_transition_record" });
  const isAnyTold = changed.some(({ targetUrl }) => targetUrl !== null);
  await ctx.db.query(NOTIFY, [changed.map(({ uuid }) => uuid), isAnyTold], { name: "session_transition_notify" });
}

async function recordOf(ctx: Context, row: ChangedRow): Promise<object> {
  const status: TransactionStatus = {
    type: row.transactionType as TransactionType,
    status: row.status,
    ...(row.transactionHash === null ? {} : { txHash: row.transactionHash }),
    ...(row.statusMessage === null ? {} : { message: row.statusMessage }),
  };
  const common = {
    uuid: row.uuid,
    organizationId: String(row.organizationId),
    test: row.test,
    type: `checkout_session.${row.status}`,
    data: { status, previousStatus: row.fromStatus, sequence: row.statusSequence },
  };
  if (row.targetUrl === null && !row.isHeard) return common;
  return {
    ...common,
    deliveryId: ctx.ids.uuid(),
    sequence: row.statusSequence,
    ...(row.targetUrl !== null && { url: row.targetUrl, origin: originOf(row.targetUrl) }),
    body: JSON.stringify({ uuid: row.uuid, status, session: await sessionResource(ctx, row) }),
  };
}

/** Urls are checked when they are set; should one be no URL after all, it is its own origin and fails alone. */
function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}
