import type { Queryable } from "@qbitflow/db";
import { gather } from "../gather.ts";
import type { Tenant } from "../tenant.ts";
import type { NewSession } from "./insert.ts";
import { type CheckoutSession, sessionColumns } from "./session.ts";

export type Obstacle = "product_not_found" | "product_inactive" | "product_too_cheap" | "customer_not_found";

/** Why `insertSession` gave nothing; the product goes first. Null when by now nothing stands in the way. */
export async function findObstacle(db: Queryable, session: NewSession): Promise<Obstacle | null> {
  const { organizationId, test, customerUuid } = session;
  // The product of texts was made for this session.
  const productId = session.productName === null ? session.productId : null;
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

export async function findSessionsByUuid(db: Queryable, uuids: readonly string[]): Promise<CheckoutSession[]> {
  return db.query(`select ${sessionColumns} from checkout_session s where s.uuid = any($1::uuid[])`, [[...uuids]], {
    name: "find_sessions_by_uuid",
  });
}

export const findSession: (db: Queryable, uuid: string) => Promise<CheckoutSession | undefined> = gather(
  async (db, uuids: readonly string[]) => {
    const sessions = await findSessionsByUuid(db, [...new Set(uuids)]);
    const byUuid = new Map(sessions.map((session) => [session.uuid, session]));
    return uuids.map((uuid) => byUuid.get(uuid.toLowerCase()));
  },
);

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
