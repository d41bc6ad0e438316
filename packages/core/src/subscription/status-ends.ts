import { GRACE_MS } from "../bill/index.ts";
import { type Book, changeSubscription } from "./book.ts";
import { endNow } from "./ending.ts";
import { isInGrace } from "./status.ts";

/**
 * A status whose time is over: trial, the days to authorise, the grace, the paid period of a stopped one. Call it when
 * `statusEndsAt` has come, and neither a charge is under way nor a retry waits that is due. Pure.
 */
export function statusEnds(book: Book, now: Date): void {
  const { status, stopped, statusEndsAt } = book.subscription;
  if (statusEndsAt === null || statusEndsAt > now) return;
  if (stopped) endNow(book, { now, reason: "stopped" });
  else if (status === "trial") trialEnds(book, statusEndsAt);
  else if (status === "trial_expired") endNow(book, { now, reason: "trial_over" });
  else if (isInGrace(status)) endNow(book, { now, reason: "grace_over" });
}

function trialEnds(book: Book, endedAt: Date): void {
  const { kind, mandateHash } = book.subscription;
  if (mandateHash === null) {
    changeSubscription(book, {
      status: "trial_expired",
      statusReason: "trial_over",
      statusMessage: "The trial is over and nothing was authorised yet.",
      statusEndsAt: new Date(endedAt.getTime() + GRACE_MS),
    });
  } else if (kind === "subscription") {
    // Its first charge decides.
    changeSubscription(book, { statusEndsAt: null });
  } else {
    // What was used in the trial is free.
    changeSubscription(book, { status: "active", statusEndsAt: null, unitsCurrentMicros: 0n });
  }
}
