import type { Queryable } from "@qbitflow/db";
import type { Tenant } from "../tenant.ts";
import type { Organization, OrganizationMode } from "./organization.ts";

const columns = `id, name, support_email as "supportEmail", created_at as "createdAt"`;

export async function insertOrganization(db: Queryable, row: Omit<Organization, "id">): Promise<Organization> {
  const [made] = await db.query<Organization>(
    `insert into organization (name, support_email, created_at) values ($1, $2, $3) returning ${columns}`,
    [row.name, row.supportEmail, row.createdAt],
  );
  return made as Organization;
}

export async function insertMode(db: Queryable, tenant: Tenant, secretSealed: Uint8Array): Promise<void> {
  await db.query("insert into organization_mode (organization_id, test, webhook_secret_sealed) values ($1, $2, $3)", [
    tenant.organizationId,
    tenant.test,
    secretSealed,
  ]);
}

export async function findOrganizations(db: Queryable, id: bigint | null): Promise<Organization[]> {
  return db.query(`select ${columns} from organization where $1::bigint is null or id = $1 order by id`, [id]);
}

export async function findMode(db: Queryable, tenant: Tenant): Promise<OrganizationMode | undefined> {
  const [mode] = await db.query<OrganizationMode>(
    `select organization_id as "organizationId", test, default_webhook_url as "defaultWebhookUrl",
       shows_portal_url as "showsPortalUrl"
     from organization_mode where organization_id = $1 and test = $2`,
    [tenant.organizationId, tenant.test],
  );
  return mode;
}

export async function updateDefaultWebhookUrl(db: Queryable, tenant: Tenant, url: string | null): Promise<boolean> {
  const rows = await db.query(
    "update organization_mode set default_webhook_url = $3 where organization_id = $1 and test = $2 returning test",
    [tenant.organizationId, tenant.test, url],
  );
  return rows.length > 0;
}

export async function updateShowsPortalUrl(db: Queryable, tenant: Tenant, on: boolean): Promise<boolean> {
  const rows = await db.query(
    "update organization_mode set shows_portal_url = $3 where organization_id = $1 and test = $2 returning test",
    [tenant.organizationId, tenant.test, on],
  );
  return rows.length > 0;
}

export interface SealedSecrets {
  readonly current: Uint8Array;
  readonly previous: Uint8Array | null;
  readonly previousValidUntil: Date | null;
}

export async function findSecrets(db: Queryable, tenant: Tenant): Promise<SealedSecrets | undefined> {
  const [secrets] = await db.query<SealedSecrets>(
    `select webhook_secret_sealed as current, previous_webhook_secret_sealed as previous,
       previous_secret_valid_until as "previousValidUntil"
     from organization_mode where organization_id = $1 and test = $2`,
    [tenant.organizationId, tenant.test],
  );
  return secrets;
}

export async function replaceSecret(
  db: Queryable,
  tenant: Tenant,
  secret: { readonly sealed: Uint8Array; readonly previousValidUntil: Date },
): Promise<boolean> {
  const rows = await db.query(
    `update organization_mode set previous_webhook_secret_sealed = webhook_secret_sealed,
       previous_secret_valid_until = $4, webhook_secret_sealed = $3
     where organization_id = $1 and test = $2 returning test`,
    [tenant.organizationId, tenant.test, secret.sealed, secret.previousValidUntil],
  );
  return rows.length > 0;
}
