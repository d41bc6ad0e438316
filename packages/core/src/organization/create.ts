import type { Context } from "../context.ts";
import { readFields } from "../fields.ts";
import type { Organization } from "./organization.ts";
import { insertMode, insertOrganization } from "./store.ts";
import { newWebhookSecret } from "./webhook-secret.ts";

/** A new organization, with a webhook secret for each mode. Throws `validation_failed`. */
export async function createOrganization(
  ctx: Context,
  input: { readonly name: string; readonly supportEmail?: string | null },
): Promise<Organization> {
  const fields = readFields(input);
  const name = fields.text("name", { max: 100, name: true });
  const supportEmail = fields.has("supportEmail") ? fields.email("supportEmail") : null;
  fields.done();
  return ctx.db.transaction(async (tx) => {
    const organization = await insertOrganization(tx, { name, supportEmail, createdAt: ctx.clock.now() });
    for (const test of [true, false]) {
      await insertMode(tx, { organizationId: organization.id, test }, ctx.secrets.seal(newWebhookSecret(ctx)));
    }
    return organization;
  });
}
