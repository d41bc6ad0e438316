import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import { sessionExpired } from "./get.ts";
import type { CheckoutSession } from "./session.ts";

const endings: Partial<Record<CheckoutSession["status"], string>> = {
  waitingConfirmation: "The session is paid already; the payment is being confirmed.",
  completed: "The session is paid already.",
  cancelled: "The session was cancelled. Ask the seller for a new one.",
  failed: "The session has failed. Ask the seller for a new one.",
};

/** Throws `session_expired` or `session_final` unless somebody may still pay it. */
export function requireOpen(ctx: Context, session: CheckoutSession): void {
  const ending = endings[session.status];
  if (ending !== undefined) throw new DomainError("conflict", "session_final", ending);
  if (session.status === "expired" || session.expiresAt <= ctx.clock.now()) throw sessionExpired();
}

/** A transaction that can still be mined: whatever would make room for a second one waits for it. */
export function requireNothingOnItsWay(session: CheckoutSession): void {
  if (session.status !== "pending") return;
  throw new DomainError(
    "conflict",
    "conflict",
    "A payment of this session is on its way. Wait until the network has decided.",
  );
}
