import type { Queryable } from "@qbitflow/db";
import type { Tenant } from "../tenant.ts";
import type { Product } from "./product.ts";

const columns = `id, name, description, price_micros as "priceMicros", reference, is_active as "isActive", created_at as "createdAt"`;

/** Takes the next number and inserts in one statement: when the insert fails, no number is lost. */
export async function insertProduct(db: Queryable, tenant: Tenant, product: Omit<Product, "id">): Promise<Product> {
  const [made] = await db.query<Product>(
    `with number as (
       insert into numbering (organization_id, test, thing, last_number) values ($1, $2, 'product', 1)
       on conflict (organization_id, test, thing) do update set last_number = numbering.last_number + 1
       returning last_number
     )
     insert into product (organization_id, test, id, name, description, price_micros, reference, created_at, is_active)
     select $1, $2, last_number, $3, $4, $5, $6, $7, $8 from number returning ${columns}`,
    [
      tenant.organizationId,
      tenant.test,
      product.name,
      product.description,
      product.priceMicros,
      product.reference,
      product.createdAt,
      product.isActive,
    ],
  );
  return made as Product;
}

export async function findProduct(db: Queryable, tenant: Tenant, id: bigint): Promise<Product | undefined> {
  const [product] = await db.query<Product>(
    `select ${columns} from product where organization_id = $1 and test = $2 and id = $3 and deleted_at is null`,
    [tenant.organizationId, tenant.test, id],
  );
  return product;
}

export async function findProductByReference(
  db: Queryable,
  tenant: Tenant,
  reference: string,
): Promise<Product | undefined> {
  const [product] = await db.query<Product>(
    `select ${columns} from product where organization_id = $1 and test = $2 and reference = $3 and deleted_at is null`,
    [tenant.organizationId, tenant.test, reference],
  );
  return product;
}

export async function findProducts(db: Queryable, tenant: Tenant): Promise<Product[]> {
  return db.query(
    `select ${columns} from product where organization_id = $1 and test = $2 and deleted_at is null order by id`,
    [tenant.organizationId, tenant.test],
  );
}

export interface ProductChange {
  readonly id: bigint;
  readonly name: string | null;
  readonly description: string | null;
  readonly priceMicros: bigint | null;
  readonly reference: string | null;
}

export async function updateProductRow(
  db: Queryable,
  tenant: Tenant,
  change: ProductChange,
): Promise<Product | undefined> {
  const [changed] = await db.query<Product>(
    `update product set name = coalesce($4, name), description = coalesce($5, description),
       price_micros = coalesce($6, price_micros), reference = coalesce($7, reference)
     where organization_id = $1 and test = $2 and id = $3 and deleted_at is null returning ${columns}`,
    [
      tenant.organizationId,
      tenant.test,
      change.id,
      change.name,
      change.description,
      change.priceMicros,
      change.reference,
    ],
  );
  return changed;
}

export async function markProductDeleted(
  db: Queryable,
  tenant: Tenant,
  product: { readonly id: bigint; readonly at: Date },
): Promise<boolean> {
  const rows = await db.query(
    `update product set deleted_at = $4, is_active = false
     where organization_id = $1 and test = $2 and id = $3 and deleted_at is null returning id`,
    [tenant.organizationId, tenant.test, product.id, product.at],
  );
  return rows.length > 0;
}
