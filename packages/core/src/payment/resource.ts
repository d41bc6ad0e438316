import type { Currency, Payment } from "@qbitflow/api";
import { microsToJsonNumber } from "@qbitflow/money";
import type { Context } from "../context.ts";
import { currencyResources } from "../currency/index.ts";

/** A payment with what its session says of it. */
export interface PaymentRow {
  readonly session_uuid: string;
  readonly payer: string;
  readonly merchant: string;
  readonly transaction_hash: string;
  readonly currency_id: number;
  readonly completed_at: Date;
  readonly test: boolean;
  readonly product_id: bigint | null;
  readonly product_name: string;
  readonly description: string;
  readonly price_micros: bigint;
  readonly customer_uuid: string | null;
  readonly reference: string | null;
  readonly metadata: Record<string, string> | null;
}

export const PAYMENT_COLUMNS = `p.session_uuid, p.payer, p.merchant, p.transaction_hash, q.currency_id, p.completed_at,
  p.test, s.product_id, s.product_name, s.description, s.price_micros, s.customer_uuid, s.reference, s.metadata`;

export const PAYMENT_FROM = `from payment p join checkout_session s on s.uuid = p.session_uuid join quote q on q.id = p.quote_id
  where p.pays_session and p.completed_at is not null and p.orphaned_at is null`;

/** RFC 3339 in whole seconds, like every time on the wire. */
const wireTime = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;

/** The wire's Payments, in the order of the rows. */
export async function paymentResources(ctx: Context, rows: readonly PaymentRow[]): Promise<Payment[]> {
  const currencies = await currencyResources(ctx, [...new Set(rows.map((row) => row.currency_id))]);
  return rows.map((row) => {
    const currency = currencies.get(row.currency_id);
    if (!currency) throw new Error(`Currency ${row.currency_id} is gone.`);
    return paymentResource(row, currency);
  });
}

function paymentResource(row: PaymentRow, currency: Currency): Payment {
  return {
    uuid: row.session_uuid,
    createdAt: wireTime(row.completed_at),
    from: row.payer,
    to: row.merchant,
    name: row.product_name,
    description: row.description,
    amount: microsToJsonNumber(row.price_micros),
    currencyId: row.currency_id,
    currency,
    test: row.test,
    ...(row.product_id === null ? {} : { productId: Number(row.product_id) }),
    transactionHash: row.transaction_hash,
    customerUUID: row.customer_uuid ?? "",
    ...(row.reference === null ? {} : { reference: row.reference }),
    ...(row.metadata === null ? {} : { metadata: row.metadata }),
  };
}
