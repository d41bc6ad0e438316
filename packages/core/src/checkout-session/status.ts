import type { TransactionStatus, TransactionStatusName, TransactionType } from "@qbitflow/api";

/**
 * What may follow what. Final statuses have one exit each, never silent: a payment that arrives after expiry or
 * cancellation, and a reorganisation (ONCHAIN.md). Going back (`pending` → `created`, `waitingConfirmation` → …) is a
 * transaction that failed, vanished, or left the chain.
 */
export const statusTransitions: Readonly<Record<TransactionStatusName, readonly TransactionStatusName[]>> = {
  // Completed at once: a trial that is authorised later needs no transaction.
  created: ["pending", "waitingConfirmation", "completed", "cancelled", "expired"],
  pending: ["created", "waitingConfirmation", "cancelled", "expired"],
  waitingConfirmation: ["pending", "completed", "cancelled", "expired"],
  completed: ["waitingConfirmation", "failed"],
  failed: ["waitingConfirmation"],
  cancelled: ["waitingConfirmation"],
  expired: ["waitingConfirmation"],
};

/** True when the table allows it. */
export function mayChange(from: TransactionStatusName, to: TransactionStatusName): boolean {
  return statusTransitions[from].includes(to);
}

/** A status nothing more is expected of: a status socket closes after it. */
export function isFinal(status: TransactionStatusName): boolean {
  return status === "completed" || status === "failed" || status === "cancelled" || status === "expired";
}

/** What a session must have for its status to be told. */
export interface SessionStatusFields {
  readonly uuid: string;
  readonly transactionType: string;
  readonly status: TransactionStatusName;
  readonly statusMessage: string | null;
  readonly transactionHash: string | null;
  readonly expiresAt: Date;
}

export interface Confirmations {
  readonly have: number;
  readonly needed: number;
}

/** `2 of 12 confirmations`. */
export function confirmationsMessage({ have, needed }: Confirmations): string {
  return `${Math.max(0, Math.min(have, needed))} of ${needed} confirmations`;
}

export const EXPIRED_MESSAGE = "The session ended before it was paid.";

/** The status as it is at `now`: an unpaid session is expired once its time is over, whether or not anything swept it. Pure. */
export function deriveStatus(
  session: SessionStatusFields,
  at: { readonly now: Date; readonly confirmations?: Confirmations | null },
): TransactionStatus {
  const type = session.transactionType as TransactionType;
  const unpaid = session.status === "created" || session.status === "pending";
  if (unpaid && session.expiresAt.getTime() <= at.now.getTime()) {
    return { type, status: "expired", message: EXPIRED_MESSAGE };
  }
  const counting = session.status === "waitingConfirmation" && at.confirmations;
  const message = counting ? confirmationsMessage(counting) : session.statusMessage;
  return {
    type,
    status: session.status,
    ...(session.transactionHash === null ? {} : { txHash: session.transactionHash }),
    ...(message === null ? {} : { message }),
  };
}
