import type { Queryable } from "@qbitflow/db";
import type { Tenant } from "../tenant.ts";
import { type CheckoutSession, sessionColumns } from "./session.ts";

/** A session before the product was looked up: either productId or the texts and price are there. */
export interface NewSession
  extends Pick<
    CheckoutSession,
    | "uuid"
    | "organizationId"
    | "test"
    | "userId"
    | "transactionType"
    | "productId"
    | "customerUuid"
    | "successUrl"
    | "cancelUrl"
    | "webhookUrl"
    | "reference"
    | "metadata"
    | "createdAt"
    | "expiresAt"
  > {
  readonly productName: string | null;
  readonly description: string | null;
  readonly priceMicros: bigint | null;
  /** A product below it makes no session. */
  readonly minPriceMicros: bigint;
}

/** What the row got from the product, or from the caller. */
export interface InsertedSession {
  readonly productName: string;
  readonly description: string;
  readonly priceMicros: bigint;
}

/**
 * One statement is the floor of what creating a session costs: look-ups, row and event in one round trip. What a session
 * does not name is left out of it, because every part of a plan costs as much as an index.
 */
function insertSql({ product, customer }: { readonly product: boolean; readonly customer: boolean }): string {
  const tables = [...(product ? ["product p"] : []), ...(customer ? ["customer c"] : [])];
  const customerParam = product ? "$15" : "$16";
  const conditions = [
    ...(product
      ? [
          "p.organization_id = $2 and p.test = $3 and p.id = $13 and p.deleted_at is null",
          "p.is_active and p.price_micros >= $14",
        ]
      : []),
    ...(customer
      ? [`c.organization_id = $2 and c.test = $3 and c.uuid = ${customerParam} and c.deleted_at is null`]
      : []),
  ];
  return `
    with made as (
      insert into checkout_session (uuid, organization_id, test, user_id, transaction_type, success_url, cancel_url,
        webhook_url, reference, metadata, created_at, expires_at, product_id, product_name, description, price_micros, customer_uuid)
      select $1::uuid, $2::bigint, $3::boolean, $4::bigint, $5, $6, $7, $8, $9, $10::jsonb, $11::timestamptz, $12::timestamptz,
        ${product ? "p.id, p.name, p.description, p.price_micros" : "null::bigint, $13, $14, $15::bigint"},
        ${customer ? "c.uuid" : "null::uuid"}
      ${tables.length > 0 ? `from ${tables.join(" cross join ")} where ${conditions.join(" and ")}` : ""}
      returning uuid, product_name, description, price_micros
    ), logged as (
      insert into event (organization_id, test, type, subject_uuid, data, created_at)
      select $2, $3, 'checkout_session.created', uuid, '{}', $11 from made
    )
    select product_name as "productName", description, price_micros as "priceMicros" from made`;
}

const INSERT = {
  product: insertSql({ product: true, customer: false }),
  productCustomer: insertSql({ product: true, customer: true }),
  custom: insertSql({ product: false, customer: false }),
  customCustomer: insertSql({ product: false, customer: true }),
} as const;

/** Nothing when the product or the customer does not allow it: `findObstacle` says which. */
export async function insertSession(db: Queryable, session: NewSession): Promise<InsertedSession | undefined> {
  const { productId, customerUuid, metadata } = session;
  const kind = productId === null ? "custom" : "product";
  const name = customerUuid === null ? kind : (`${kind}Customer` as const);
  const what =
    productId === null
      ? [session.productName, session.description, session.priceMicros]
      : [productId, session.minPriceMicros];
  const [inserted] = await db.query<InsertedSession>(
    INSERT[name],
    [
      session.uuid,
      session.organizationId,
      session.test,
      session.userId,
      session.transactionType,
      session.successUrl,
      session.cancelUrl,
      session.webhookUrl,
      session.reference,
      metadata === null ? null : JSON.stringify(metadata),
      session.createdAt,
      session.expiresAt,
      ...what,
      ...(customerUuid === null ? [] : [customerUuid]),
    ],
    { name: `insert_session_${name}` },
  );
  return inserted;
}

export type Obstacle = "product_not_found" | "product_inactive" | "product_too_cheap" | "customer_not_found";

/** Why `insertSession` gave nothing; the product goes first. Null when by now nothing stands in the way. */
export async function findObstacle(db: Queryable, session: NewSession): Promise<Obstacle | null> {
  const { organizationId, test, productId, customerUuid } = session;
  const [product] = await db.query<{ active: boolean; priceMicros: bigint }>(
    `select is_active as active, price_micros as "priceMicros" from product
     where organization_id = $1 and test = $2 and id = $3 and deleted_at is null`,
    [organizationId, test, productId],
  );
  if (productId !== null && !product) return "product_not_found";
  if (product && !product.active) return "product_inactive";
  if (product && product.priceMicros < session.minPriceMicros) return "product_too_cheap";
  const customers = await db.query(
    "select 1 from customer where organization_id = $1 and test = $2 and uuid = $3 and deleted_at is null",
    [organizationId, test, customerUuid],
  );
  return customerUuid !== null && customers.length === 0 ? "customer_not_found" : null;
}

export async function findSession(db: Queryable, uuid: string): Promise<CheckoutSession | undefined> {
  const [session] = await db.query<CheckoutSession>(
    `select ${sessionColumns} from checkout_session s where s.uuid = $1`,
    [uuid],
    { name: "find_session" },
  );
  return session;
}

export async function findSessionsByUuid(db: Queryable, uuids: readonly string[]): Promise<CheckoutSession[]> {
  return db.query(`select ${sessionColumns} from checkout_session s where s.uuid = any($1::uuid[])`, [[...uuids]], {
    name: "find_sessions_by_uuid",
  });
}

export async function findSessions(
  db: Queryable,
  tenant: Tenant,
  page: { readonly limit: number; readonly after: string | null },
): Promise<CheckoutSession[]> {
  return db.query(
    `select ${sessionColumns} from checkout_session s
     where s.organization_id = $1 and s.test = $2 and ($3::uuid is null or s.uuid < $3) order by s.uuid desc limit $4`,
    [tenant.organizationId, tenant.test, page.after, page.limit],
  );
}

export interface CustomerTyped {
  readonly uuid: string;
  readonly customerUuid: string;
  readonly madeHere: boolean;
  readonly browserTokenHash: Uint8Array;
}

/** Nothing when by now the session is over, another browser's, or its customer was named by the merchant. */
export async function updateCustomerTyped(db: Queryable, typed: CustomerTyped): Promise<CheckoutSession | undefined> {
  const [session] = await db.query<CheckoutSession>(
    `update checkout_session s set customer_uuid = $2, customer_made_here = $3, browser_token_hash = $4
     where s.uuid = $1 and s.status in ('created', 'pending')
       and (s.browser_token_hash = $4 or (s.browser_token_hash is null and s.customer_uuid is null))
     returning ${sessionColumns}`,
    [typed.uuid, typed.customerUuid, typed.madeHere, typed.browserTokenHash],
  );
  return session;
}

/** Another session has this customer, too. */
export async function isCustomerShared(
  db: Queryable,
  session: { readonly uuid: string; readonly customerUuid: string },
): Promise<boolean> {
  const rows = await db.query("select 1 from checkout_session where customer_uuid = $1 and uuid <> $2 limit 1", [
    session.customerUuid,
    session.uuid,
  ]);
  return rows.length > 0;
}
