export { createOrganization } from "./create.ts";
export {
  getOrganization,
  getOrganizationMode,
  listOrganizations,
  setDefaultWebhookUrl,
  setPortalUrlShown,
} from "./get.ts";
export type { Organization, OrganizationMode } from "./organization.ts";
export { rotateWebhookSecret, type WebhookSecrets, webhookSecrets } from "./webhook-secret.ts";
