import type { TransactionStatusName } from "@qbitflow/api";
import type { SessionOptions } from "./options.ts";

/** A request to be paid, once or (with options) again and again: what the link shows. */
export interface CheckoutSession {
  readonly uuid: string;
  readonly organizationId: bigint;
  readonly test: boolean;
  /** Whose key made it: paid to this user's wallet, else to the organization's. */
  readonly userId: bigint;
  /** `payment`, `createSubscription` or `createPAYGSubscription`. */
  readonly transactionType: string;
  /** Null for a one-time payment. */
  readonly options: SessionOptions | null;
  readonly productId: bigint | null;
  readonly productName: string;
  readonly description: string;
  readonly priceMicros: bigint;
  readonly customerUuid: string | null;
  /** With its placeholders. */
  readonly successUrl: string | null;
  readonly cancelUrl: string | null;
  readonly webhookUrl: string | null;
  readonly reference: string | null;
  readonly metadata: Readonly<Record<string, string>> | null;
  /** As stored; `statusOf` tells what it is now. */
  readonly status: TransactionStatusName;
  readonly statusMessage: string | null;
  readonly statusSequence: number;
  readonly transactionHash: string | null;
  readonly browserTokenHash: Uint8Array | null;
  readonly customerMadeHere: boolean;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly completedAt: Date | null;
}

/** Selects a CheckoutSession from `checkout_session s`. */
export const sessionColumns = `s.uuid, s.organization_id as "organizationId", s.test, s.user_id as "userId",
  s.transaction_type as "transactionType", s.options, s.product_id as "productId", s.product_name as "productName", s.description,
  s.price_micros as "priceMicros", s.customer_uuid as "customerUuid", s.success_url as "successUrl",
  s.cancel_url as "cancelUrl", s.webhook_url as "webhookUrl", s.reference, s.metadata, s.status,
  s.status_message as "statusMessage", s.status_sequence as "statusSequence", s.transaction_hash as "transactionHash",
  s.browser_token_hash as "browserTokenHash", s.customer_made_here as "customerMadeHere", s.created_at as "createdAt",
  s.expires_at as "expiresAt", s.completed_at as "completedAt"`;
