import { createHash, timingSafeEqual } from "node:crypto";
import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import type { CheckoutSession } from "./session.ts";

export const hashBrowserToken = (token: string): Buffer => createHash("sha256").update(token).digest();

const TOKEN_BYTES = 24;

/**
 * For the cookie of a browser that opens a session: it owns the session once it typed the data. Sealed, so that a
 * token can be told from one that somebody chose.
 */
export function newBrowserToken(ctx: Context, uuid: string): string {
  return Buffer.from(ctx.secrets.seal(`${uuid}:${ctx.ids.token(TOKEN_BYTES)}`)).toString("base64url");
}

/** Whether we made this token, for this session. */
export function isIssuedToken(ctx: Context, { uuid, token }: { uuid: string; token: string | undefined }): boolean {
  if (token === undefined) return false;
  try {
    return ctx.secrets.open(Buffer.from(token, "base64url")).startsWith(`${uuid}:`);
  } catch {
    return false;
  }
}

/** This browser typed the customer's data; also true while nobody has. */
export function isOwner(session: CheckoutSession, browserToken: string | undefined): boolean {
  if (session.browserTokenHash === null) return true;
  return browserToken !== undefined && timingSafeEqual(session.browserTokenHash, hashBrowserToken(browserToken));
}

export function notOwner(): DomainError {
  const message = "Another browser began this checkout. Go on in the browser where the data was typed.";
  return new DomainError("forbidden", "not_session_owner", message);
}
