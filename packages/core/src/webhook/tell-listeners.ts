/** How long a listener that is not heard from is kept, by the database's own time. */
const LISTENS = "l.heard_from_at > clock_timestamp() - interval '15 minutes'";

/** SQL: whether somebody listens to the tenant of `row`. A webhook is then made also where it has no URL. */
export const isHeard = (row: string): string => `exists (
    select 1 from webhook_listener l where l.organization_id = ${row}.organization_id and l.test = ${row}.test and ${LISTENS})`;

/**
 * SQL: the end of a statement that made webhooks. `made` are their rows: id, organization_id, test, event_id, sequence.
 * Each listener gets them in their order, and hears of it by NOTIFY `webhook_unheard` when the transaction commits.
 */
export const tellListeners = `
  told as (
    insert into webhook_unheard (listener_id, delivery_id)
    select l.id, made.id from made
    join webhook_listener l on l.organization_id = made.organization_id and l.test = made.test and ${LISTENS}
    order by made.event_id, made.sequence
    returning listener_id
  )
  select pg_notify('webhook_unheard', listener_id::text) from told`;

/** SQL: those that were not heard from for too long, and what nobody will take any more. */
export const FORGET_LISTENERS = `
  with gone as (delete from webhook_listener l where not (${LISTENS}) returning id)
  delete from webhook_unheard u
  where not exists (select 1 from webhook_listener l where l.id = u.listener_id) or u.listener_id in (select id from gone)`;
