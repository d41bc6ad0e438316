import type { CheckoutCustomer } from "@qbitflow/api";
import type { Queryable } from "@qbitflow/db";
import type { Tenant } from "../tenant.ts";
import type { Customer } from "./customer.ts";

const columns = `uuid, name, last_name as "lastName", email, phone_number as "phoneNumber", address, reference, created_at as "createdAt"`;

const INSERT = `insert into customer
    (organization_id, test, uuid, name, last_name, email, phone_number, address, reference, created_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

const valuesOf = (tenant: Tenant, customer: Customer): unknown[] => [
  tenant.organizationId,
  tenant.test,
  customer.uuid,
  customer.name,
  customer.lastName,
  customer.email,
  customer.phoneNumber,
  customer.address,
  customer.reference,
  customer.createdAt,
];

export async function insertCustomer(db: Queryable, tenant: Tenant, customer: Customer): Promise<void> {
  await db.query(INSERT, valuesOf(tenant, customer));
}

/** The uuid of the customer of that email: this one when there was none. The constraint decides between two at once. */
export async function insertCustomerUnlessKnown(db: Queryable, tenant: Tenant, customer: Customer): Promise<string> {
  // Changes nothing of a known one: without an update the statement would not say which row stood in the way.
  const [made] = await db.query<{ uuid: string }>(
    `${INSERT} on conflict (organization_id, test, lower(email)) where deleted_at is null
     do update set email = customer.email returning uuid`,
    valuesOf(tenant, customer),
  );
  return (made as { uuid: string }).uuid;
}

export type CustomerKey = { readonly uuid: string } | { readonly email: string } | { readonly reference: string };

export async function findCustomer(db: Queryable, tenant: Tenant, key: CustomerKey): Promise<Customer | undefined> {
  const [condition, value] =
    "uuid" in key
      ? ["uuid = $3", key.uuid]
      : "email" in key
        ? ["lower(email) = lower($3)", key.email]
        : ["reference = $3", key.reference];
  const [customer] = await db.query<Customer>(
    `select ${columns} from customer where organization_id = $1 and test = $2 and ${condition} and deleted_at is null`,
    [tenant.organizationId, tenant.test, value],
  );
  return customer;
}

export async function findCustomers(
  db: Queryable,
  tenant: Tenant,
  page: { readonly limit: number; readonly after: readonly string[] | null },
): Promise<Customer[]> {
  const [createdAt = null, uuid = null] = page.after ?? [];
  return db.query(
    `select ${columns} from customer
     where organization_id = $1 and test = $2 and deleted_at is null
       and ($3::timestamptz is null or (created_at, uuid) < ($3::timestamptz, $4::uuid))
     order by created_at desc, uuid desc limit $5`,
    [tenant.organizationId, tenant.test, createdAt, uuid, page.limit],
  );
}

export type CustomerChange = { readonly [Field in keyof Omit<Customer, "uuid" | "createdAt">]: string | null };

export async function updateCustomerRow(
  db: Queryable,
  tenant: Tenant,
  customer: { readonly uuid: string; readonly change: CustomerChange },
): Promise<Customer | undefined> {
  const { uuid, change } = customer;
  const [changed] = await db.query<Customer>(
    `update customer set name = coalesce($4, name), last_name = coalesce($5, last_name), email = coalesce($6, email),
       phone_number = coalesce($7, phone_number), address = coalesce($8, address), reference = coalesce($9, reference)
     where organization_id = $1 and test = $2 and uuid = $3 and deleted_at is null returning ${columns}`,
    [
      tenant.organizationId,
      tenant.test,
      uuid,
      change.name,
      change.lastName,
      change.email,
      change.phoneNumber,
      change.address,
      change.reference,
    ],
  );
  return changed;
}

export type TypedCustomer = Omit<Customer, "reference" | "createdAt">;

/** False when there is no such customer of that email. */
export async function replaceTyped(db: Queryable, tenant: Tenant, typed: TypedCustomer): Promise<boolean> {
  const rows = await db.query(
    `update customer set name = $5, last_name = $6, email = $4, phone_number = $7, address = $8
     where organization_id = $1 and test = $2 and uuid = $3 and lower(email) = lower($4) and deleted_at is null
     returning uuid`,
    [
      tenant.organizationId,
      tenant.test,
      typed.uuid,
      typed.email,
      typed.name,
      typed.lastName,
      typed.phoneNumber,
      typed.address,
    ],
  );
  return rows.length > 0;
}

/** Everything personal goes; the row stays, because payments point at it. */
export async function eraseCustomer(
  db: Queryable,
  tenant: Tenant,
  customer: { readonly uuid: string; readonly at: Date },
): Promise<boolean> {
  const rows = await db.query(
    `with erased as (
       update customer set name = null, last_name = null, email = null, phone_number = null, address = null,
         reference = null, deleted_at = $4
       where organization_id = $1 and test = $2 and uuid = $3 and deleted_at is null returning uuid
     ), typed as (
       delete from customer_typed where customer_uuid in (select uuid from erased)
     )
     select uuid from erased`,
    [tenant.organizationId, tenant.test, customer.uuid, customer.at],
  );
  return rows.length > 0;
}

export async function upsertTyped(
  db: Queryable,
  row: { readonly sessionUuid: string; readonly customerUuid: string; readonly typed: CheckoutCustomer },
): Promise<void> {
  await db.query(
    `insert into customer_typed (session_uuid, customer_uuid, typed) values ($1, $2, $3)
     on conflict (session_uuid) do update set customer_uuid = excluded.customer_uuid, typed = excluded.typed`,
    [row.sessionUuid, row.customerUuid, JSON.stringify(row.typed)],
  );
}

export async function findTyped(db: Queryable, sessionUuid: string): Promise<CheckoutCustomer | undefined> {
  const [row] = await db.query<{ typed: CheckoutCustomer }>(
    "select typed from customer_typed where session_uuid = $1",
    [sessionUuid],
  );
  return row?.typed;
}
