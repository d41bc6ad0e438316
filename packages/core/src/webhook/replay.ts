import type { Context, Principal } from "../context.ts";
import { notFound } from "../tenant.ts";
import { isUuid } from "../uuid.ts";

/**
 * Sends a delivery once more, now, with the same id and body; what fails goes on by the schedule from where it stands.
 * Throws DomainError not_found, for another organization's or mode's as well.
 */
export async function replayDelivery(ctx: Context, principal: Principal, deliveryId: string): Promise<void> {
  const rows = isUuid(deliveryId)
    ? await ctx.db.query(
        `with replayed as (
           update webhook_delivery set state = 'due', next_attempt_at = $4
           where id = $1 and organization_id = $2 and test = $3 returning id
         )
         select pg_notify('webhook_due', '') from replayed`,
        [deliveryId, principal.organizationId, principal.test, ctx.clock.now()],
      )
    : [];
  if (rows.length === 0) throw notFound("webhook delivery");
}
