/** Where a merchant is paid on one network: a user's own, or the organization's (`userId` null). */
export interface Wallet {
  readonly organizationId: bigint;
  readonly userId: bigint | null;
  readonly network: string;
  readonly address: string;
}
