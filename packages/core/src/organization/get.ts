import type { Context } from "../context.ts";
import { readFields } from "../fields.ts";
import { isId, merchantChanged, notFound, type Tenant } from "../tenant.ts";
import type { Organization, OrganizationMode } from "./organization.ts";
import { findMode, findOrganizations, updateDefaultWebhookUrl, updateShowsPortalUrl } from "./store.ts";

/** Throws `not_found`. */
export async function getOrganization(ctx: Context, id: bigint): Promise<Organization> {
  const [organization] = isId(id) ? await findOrganizations(ctx.db, id) : [];
  if (!organization) throw notFound("organization");
  return organization;
}

/** All of them, oldest first: for the operator's commands, never for an API key. */
export async function listOrganizations(ctx: Context): Promise<Organization[]> {
  return findOrganizations(ctx.db, null);
}

/** Throws `not_found`. */
export async function getOrganizationMode(ctx: Context, tenant: Tenant): Promise<OrganizationMode> {
  const mode = await findMode(ctx.db, tenant);
  if (!mode) throw notFound("organization");
  return mode;
}

/** Sessions made from now on use it when they name no URL. Throws `validation_failed`, `not_found`. */
export async function setDefaultWebhookUrl(
  ctx: Context,
  input: Tenant & { readonly url: string | null },
): Promise<void> {
  const fields = readFields(input);
  const url = fields.optionalUrl("url");
  fields.done();
  if (!(await updateDefaultWebhookUrl(ctx.db, input, url))) throw notFound("organization");
  await merchantChanged(ctx, input.organizationId);
}

/** Whether subscriptions name the customer's page from now on. Throws `not_found`. */
export async function setPortalUrlShown(ctx: Context, input: Tenant & { readonly on: boolean }): Promise<void> {
  if (!(await updateShowsPortalUrl(ctx.db, input, input.on))) throw notFound("organization");
  await merchantChanged(ctx, input.organizationId);
}
