import type { Context, Principal } from "../context.ts";
import { DomainError } from "../errors.ts";
import { isId, notFound } from "../tenant.ts";
import { isUuid } from "../uuid.ts";
import { tellListeners } from "./tell-listeners.ts";

// An event and its webhook are of the same subject, by which deliveries are found.
const REPLAY = `
  with found as (
    select d.id, d.url from webhook_delivery d
    where d.organization_id = $3 and d.test = $4 and (
      d.id = $1::uuid or (d.event_id = $2 and d.subject_uuid = (select e.subject_uuid from event e where e.id = $2)))
  ), replayed as (
    update webhook_delivery d set state = 'due', next_attempt_at = $5 from found
    where d.id = found.id and found.url is not null returning d.id
  ), made as (
    select d.id, d.organization_id, d.test, d.event_id, d.sequence from webhook_delivery d join found on found.id = d.id
  ), ${tellListeners}
  union all
  select pg_notify('webhook_due', '') from replayed`;

/**
 * Sends a webhook once more, now, with the same id and body, to its URL and to whoever listens; what fails goes on by the
 * schedule from where it stands. `id` is the webhook's uuid or its event's number.
 * Throws DomainError not_found, for another organization's or mode's as well; `conflict` where it has nowhere to go.
 */
export async function replayDelivery(ctx: Context, principal: Principal, id: string): Promise<void> {
  const { organizationId, test } = principal;
  const deliveryId = isUuid(id) ? id : null;
  const eventId = /^[1-9][0-9]{0,18}$/.test(id) && isId(BigInt(id)) ? BigInt(id) : null;
  const sent = await ctx.db.query(REPLAY, [deliveryId, eventId, organizationId, test, ctx.clock.now()]);
  if (sent.length > 0) return;
  const [known] = await ctx.db.query(
    `select 1 from webhook_delivery where id = $1 and organization_id = $2 and test = $3
     union all select 1 from event where id = $4 and organization_id = $2 and test = $3`,
    [deliveryId, organizationId, test, eventId],
  );
  if (known === undefined) throw notFound("webhook or event");
  throw new DomainError(
    "conflict",
    "conflict",
    "There is nowhere to send it: no webhook was made of this event, or it has no URL and nobody listens.",
  );
}
