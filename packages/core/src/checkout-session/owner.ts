import { createHash, timingSafeEqual } from "node:crypto";
import { DomainError } from "../errors.ts";
import type { CheckoutSession } from "./session.ts";

export const hashBrowserToken = (token: string): Buffer => createHash("sha256").update(token).digest();

/** This browser typed the customer's data; also true while nobody has. */
export function isOwner(session: CheckoutSession, browserToken: string | undefined): boolean {
  if (session.browserTokenHash === null) return true;
  return browserToken !== undefined && timingSafeEqual(session.browserTokenHash, hashBrowserToken(browserToken));
}

export function notOwner(): DomainError {
  const message = "Another browser began this checkout. Go on in the browser where the data was typed.";
  return new DomainError("forbidden", "not_session_owner", message);
}
