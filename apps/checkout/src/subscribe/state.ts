import type { CheckoutState, CheckoutSubscription } from "@qbitflow/api";
import { openSection } from "../flow/screen.ts";
import type { Flow } from "../flow/state.ts";
import type { Choice, MandateAsked, Signing } from "../mandate/state.ts";
import type { Problem } from "../problem.ts";

/** What a subscription's checkout knows beside the form's state. */
export interface Subscribing {
  /** With a trial: authorise at once, or when it ends. */
  readonly when: "now" | "later";
  readonly choice: Choice;
  /** The choice was confirmed; the wallet's section is open. */
  readonly chosen: boolean;
  readonly offer: MandateAsked;
  readonly signing: Signing;
  readonly later: { readonly sending: boolean; readonly problem?: Problem };
}

export type SubscribeSection = "details" | "currency" | "choice" | "wallet";

/** The one section that waits for the customer. */
export function openPart(flow: Flow, { when, chosen }: Subscribing): SubscribeSection | "later" {
  const section = openSection(flow);
  if (section === "details") return "details";
  if (when === "later") return "later";
  if (section === "currency") return "currency";
  return chosen ? "wallet" : "choice";
}

export function subscriptionOf(session: CheckoutState): CheckoutSubscription {
  if (!session.subscription) throw new Error("This session is no subscription.");
  return session.subscription;
}

/** A trial that nothing was taken for. */
export function isTrial({ subscription, payments }: CheckoutState): boolean {
  return subscription?.trial !== undefined && payments.length === 0;
}
