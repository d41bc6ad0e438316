import type { CheckoutState } from "@qbitflow/api";
import { type Said, words } from "../words.ts";

export type Closed = "cancelled" | "expired" | "failed";

/** What to say of a session that is over and was not paid. */
export function closedWords(
  how: Closed,
  { organizationName, subscription }: Pick<CheckoutState, "organizationName" | "subscription">,
): Said {
  if (how === "cancelled") {
    const { done, doneText } = subscription ? words.decline : words.cancel;
    return { title: done, text: doneText(organizationName) };
  }
  const { title, text } = how === "expired" && subscription ? words.offerExpired : words[how];
  return { title, text: text(organizationName) };
}
