import type { Queryable } from "@qbitflow/db";
import { gather } from "../gather.ts";
import type { CheckoutSession } from "./session.ts";

/** A session before the product was looked up: either productId or the texts and price are there. */
export interface NewSession
  extends Pick<
    CheckoutSession,
    | "uuid"
    | "organizationId"
    | "test"
    | "userId"
    | "transactionType"
    | "options"
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

/** What differs in the statement: each part of a plan costs as much as an index, so nothing unneeded is in it. */
interface Named {
  readonly product: boolean;
  readonly customer: boolean;
  /** A subscription: its product is known, and the options are kept. */
  readonly options: boolean;
}

/** Look-ups, rows and events of any number of sessions in one statement. */
function insertSql({ product, customer, options }: Named): string {
  const joins = [
    ...(product
      ? [
          `join product p on p.organization_id = g.organization_id and p.test = g.test and p.id = g.product_id
            and p.deleted_at is null and p.is_active and p.price_micros >= g.min_price_micros`,
        ]
      : []),
    ...(customer
      ? [
          `join customer c on c.organization_id = g.organization_id and c.test = g.test and c.uuid = g.customer_uuid
            and c.deleted_at is null`,
        ]
      : []),
  ];
  return `
    with made as (
      insert into checkout_session (uuid, organization_id, test, user_id, transaction_type, success_url, cancel_url,
        webhook_url, reference, metadata, created_at, expires_at, product_id, product_name, description, price_micros, customer_uuid${options ? ", options" : ""})
      select g.uuid, g.organization_id, g.test, g.user_id, g.transaction_type, g.success_url, g.cancel_url,
        g.webhook_url, g.reference, g.metadata::jsonb, g.created_at, g.expires_at,
        ${product ? "p.id, p.name, p.description, p.price_micros" : `${options ? "g.product_id" : "null::bigint"}, g.product_name, g.description, g.price_micros`},
        ${customer ? "c.uuid" : "null::uuid"}${options ? ", g.options::jsonb" : ""}
      from unnest($1::uuid[], $2::bigint[], $3::boolean[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[],
        $9::text[], $10::text[], $11::timestamptz[], $12::timestamptz[], $13::bigint[], $14::text[], $15::text[],
        $16::bigint[], $17::bigint[], $18::uuid[]${options ? ", $19::text[]" : ""}) as g(uuid, organization_id, test, user_id, transaction_type,
        success_url, cancel_url, webhook_url, reference, metadata, created_at, expires_at, product_id, product_name,
        description, price_micros, min_price_micros, customer_uuid${options ? ", options" : ""})
      ${joins.join(" ")}
      returning uuid, organization_id, test, product_name, description, price_micros, created_at
    ), logged as (
      insert into event (organization_id, test, type, subject_uuid, data, created_at)
      select organization_id, test, 'checkout_session.created', uuid, '{}', created_at from made
    )
    select uuid, product_name as "productName", description, price_micros as "priceMicros" from made`;
}

const columnsOf = (sessions: readonly NewSession[]): unknown[] => [
  sessions.map((session) => session.uuid),
  sessions.map((session) => session.organizationId),
  sessions.map((session) => session.test),
  sessions.map((session) => session.userId),
  sessions.map((session) => session.transactionType),
  sessions.map((session) => session.successUrl),
  sessions.map((session) => session.cancelUrl),
  sessions.map((session) => session.webhookUrl),
  sessions.map((session) => session.reference),
  sessions.map(({ metadata }) => (metadata === null ? null : JSON.stringify(metadata))),
  sessions.map((session) => session.createdAt),
  sessions.map((session) => session.expiresAt),
  sessions.map((session) => session.productId),
  sessions.map((session) => session.productName),
  sessions.map((session) => session.description),
  sessions.map((session) => session.priceMicros),
  sessions.map((session) => session.minPriceMicros),
  sessions.map((session) => session.customerUuid),
];

function inserter(name: string, named: Named) {
  const sql = insertSql(named);
  return gather(async (db: Queryable, sessions: readonly NewSession[]) => {
    const columns = columnsOf(sessions);
    if (named.options) columns.push(sessions.map(({ options }) => JSON.stringify(options)));
    const made = await db.query<InsertedSession & { readonly uuid: string }>(sql, columns, { name });
    const byUuid = new Map(made.map(({ uuid, ...inserted }) => [uuid, inserted]));
    return sessions.map(({ uuid }): InsertedSession | undefined => byUuid.get(uuid));
  });
}

const plain = { product: false, customer: false, options: false };
const insertPlain = inserter("insert_session", plain);
const insertForCustomer = inserter("insert_session_customer", { ...plain, customer: true });
const insertOfProduct = inserter("insert_session_product", { ...plain, product: true });
const insertOfProductForCustomer = inserter("insert_session_product_customer", {
  ...plain,
  product: true,
  customer: true,
});
const subscription = { ...plain, options: true };
const insertCustomSubscription = inserter("insert_subscription", subscription);
const insertCustomSubscriptionForCustomer = inserter("insert_subscription_customer", {
  ...subscription,
  customer: true,
});
const insertSubscription = inserter("insert_subscription_product", { ...subscription, product: true });
const insertSubscriptionForCustomer = inserter("insert_subscription_product_customer", {
  ...subscription,
  product: true,
  customer: true,
});

/** Nothing when the product or the customer does not allow it: `findObstacle` says which. */
export function insertSession(db: Queryable, session: NewSession): Promise<InsertedSession | undefined> {
  const isForCustomer = session.customerUuid !== null;
  if (session.productId === null) return (isForCustomer ? insertForCustomer : insertPlain)(db, session);
  return (isForCustomer ? insertOfProductForCustomer : insertOfProduct)(db, session);
}

/** A session with options. One with texts of its own names the inactive product that was made of them. */
export function insertSubscriptionSession(db: Queryable, session: NewSession): Promise<InsertedSession | undefined> {
  const isForCustomer = session.customerUuid !== null;
  if (session.productName !== null) {
    return (isForCustomer ? insertCustomSubscriptionForCustomer : insertCustomSubscription)(db, session);
  }
  return (isForCustomer ? insertSubscriptionForCustomer : insertSubscription)(db, session);
}
