import type { Flow } from "./state.ts";

export type Screen = "pay" | "progress" | "receipt" | "cancelled" | "expired" | "failed";

/** What the page shows follows from the server's status; what this browser sent only bridges the time until it is seen. */
export function screenOf(flow: Pick<Flow, "session" | "sent" | "signed" | "failedHash">): Screen {
  const { status, payments } = flow.session;
  switch (status.status) {
    case "completed":
      return "receipt";
    case "cancelled":
      return "cancelled";
    case "expired":
      return "expired";
    case "failed":
      return "failed";
    case "waitingConfirmation":
      return "progress";
    case "pending":
      // The server only has our hint, and we know better: that transaction failed.
      return payments.length === 0 && flow.failedHash && status.txHash === flow.failedHash ? "pay" : "progress";
    case "created":
      return flow.sent || flow.signed ? "progress" : "pay";
  }
}

export type Section = "details" | "currency" | "wallet";

/** The one section that waits for the customer. */
export function openSection(flow: Flow): Section {
  if (flow.session.needsCustomer || flow.details.status !== "closed") return "details";
  if (flow.currencyId === undefined) return "currency";
  return "wallet";
}

/** Nothing is under way and this browser may do it. */
export function mayCancel(flow: Flow): boolean {
  return flow.session.isOwner && screenOf(flow) === "pay" && flow.pay.status === "idle";
}
