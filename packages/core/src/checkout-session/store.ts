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

/** What became of it; `made` false says that one of the others is why. */
export interface InsertedSession {
  readonly made: boolean;
  readonly productFound: boolean;
  readonly productActive: boolean;
  readonly customerFound: boolean;
  readonly productName: string | null;
  readonly description: string | null;
  readonly priceMicros: bigint | null;
}

// One statement is the floor of what creating a session costs: look-ups, row and event in one round trip.
const INSERT = `
  with p as (
    select id, name, description, price_micros, is_active from product
    where organization_id = $2 and test = $3 and id = $6 and deleted_at is null
  ), c as (
    select uuid from customer where organization_id = $2 and test = $3 and uuid = $10 and deleted_at is null
  ), made as (
    insert into checkout_session (uuid, organization_id, test, user_id, transaction_type, product_id, product_name,
      description, price_micros, customer_uuid, success_url, cancel_url, webhook_url, reference, metadata, created_at, expires_at)
    select $1, $2, $3, $4, $5, p.id, coalesce(p.name, $7), coalesce(p.description, $8), coalesce(p.price_micros, $9),
      c.uuid, $11, $12, $13, $14, $15::jsonb, $16, $17
    from (select 1) as one left join p on true left join c on true
    where ($6::bigint is null or (p.is_active and p.price_micros >= $18))
      and ($10::uuid is null or c.uuid is not null)
    returning uuid
  ), logged as (
    insert into event (organization_id, test, type, subject_uuid, data, created_at)
    select $2, $3, 'checkout_session.created', uuid, '{}', $16 from made
  )
  select exists (select 1 from made) as made, p.id is not null as "productFound", coalesce(p.is_active, false) as "productActive",
    c.uuid is not null as "customerFound", p.name as "productName", p.description, p.price_micros as "priceMicros"
  from (select 1) as one left join p on true left join c on true`;

export async function insertSession(db: Queryable, session: NewSession): Promise<InsertedSession> {
  const [result] = await db.query<InsertedSession>(
    INSERT,
    [
      session.uuid,
      session.organizationId,
      session.test,
      session.userId,
      session.transactionType,
      session.productId,
      session.productName,
      session.description,
      session.priceMicros,
      session.customerUuid,
      session.successUrl,
      session.cancelUrl,
      session.webhookUrl,
      session.reference,
      session.metadata === null ? null : JSON.stringify(session.metadata),
      session.createdAt,
      session.expiresAt,
      session.minPriceMicros,
    ],
    { name: "insert_session" },
  );
  return result as InsertedSession;
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
