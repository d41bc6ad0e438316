import type { Payment } from "@qbitflow/api";
import type { Context, Principal } from "../context.ts";
import { type Page, type PageQuery, pageOf, readPage } from "../page.ts";
import { notFound } from "../tenant.ts";
import { isUuid } from "../uuid.ts";
import { PAYMENT_COLUMNS, PAYMENT_FROM, type PaymentRow, paymentResources } from "./resource.ts";

/** The completed payment of a session. Throws DomainError not_found, for another organization's or mode's as well. */
export async function getPayment(ctx: Context, principal: Principal, uuid: string): Promise<Payment> {
  const rows = isUuid(uuid)
    ? await ctx.db.query<PaymentRow>(
        `select ${PAYMENT_COLUMNS} ${PAYMENT_FROM} and p.organization_id = $1 and p.test = $2 and p.session_uuid = $3`,
        [principal.organizationId, principal.test, uuid],
        { name: "payment_get" },
      )
    : [];
  const [payment] = await paymentResources(ctx, rows);
  if (!payment) throw notFound("payment");
  return payment;
}

/**
 * The organization's completed payments of this mode, newest session first. Throws DomainError `invalid_cursor`,
 * `validation_failed`.
 */
export async function listPayments(ctx: Context, principal: Principal, query: PageQuery): Promise<Page<Payment>> {
  const { limit, after } = readPage(query, [isUuid]);
  const rows = await ctx.db.query<PaymentRow>(
    `select ${PAYMENT_COLUMNS} ${PAYMENT_FROM} and p.organization_id = $1 and p.test = $2
       and ($3::uuid is null or p.session_uuid < $3::uuid)
     order by p.session_uuid desc limit $4`,
    [principal.organizationId, principal.test, after?.[0] ?? null, limit + 1],
    { name: "payment_list" },
  );
  const page = pageOf(rows, limit, (row) => [row.session_uuid]);
  return { items: await paymentResources(ctx, page.items), nextCursor: page.nextCursor };
}
