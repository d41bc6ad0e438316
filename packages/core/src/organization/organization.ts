export interface Organization {
  readonly id: bigint;
  readonly name: string;
  /** Whom customers ask. */
  readonly supportEmail: string | null;
  readonly createdAt: Date;
}

export interface OrganizationMode {
  readonly organizationId: bigint;
  readonly test: boolean;
  /** Where webhooks of sessions go that name no URL of their own. */
  readonly defaultWebhookUrl: string | null;
  /** Subscriptions name the customer's page. */
  readonly showsPortalUrl: boolean;
}
