import type { Context, Principal } from "../context.ts";
import { DomainError } from "../errors.ts";
import { type Page, type PageQuery, pageOf, readPage } from "../page.ts";
import { notFound } from "../tenant.ts";
import { isUuid } from "../uuid.ts";
import type { CheckoutSession } from "./session.ts";
import { findSession, findSessions } from "./store.ts";

const CLOSE_TO_EXPIRE_MS = 5 * 60_000;

export const sessionExpired = () =>
  new DomainError(
    "gone",
    "session_expired",
    "The session has expired. Create a new one if there is still something to pay.",
  );

/** For whoever has the link: pages show only what is public of it. Throws `not_found`. */
export async function getPublicSession(ctx: Context, uuid: string): Promise<CheckoutSession> {
  const session = isUuid(uuid) ? await findSession(ctx.db, uuid) : undefined;
  if (!session) throw new DomainError("not_found", "not_found", "There is no such session.");
  return session;
}

/** The organization's own, whatever its state. Throws `not_found`. */
export async function getOwnSession(ctx: Context, principal: Principal, uuid: string): Promise<CheckoutSession> {
  const session = isUuid(uuid) ? await findSession(ctx.db, uuid) : undefined;
  const isOwn = session?.organizationId === principal.organizationId && session.test === principal.test;
  if (!session || !isOwn) throw notFound("session");
  return session;
}

/**
 * A session by the merchant's key. As long as nobody paid or cancelled it, one that ends within 5 minutes is refused
 * unless `closeToExpireError` is false. Throws `not_found`, `session_close_to_expire`, `session_expired`.
 */
export async function getSession(
  ctx: Context,
  principal: Principal,
  input: { readonly uuid: string; readonly closeToExpireError?: boolean },
): Promise<CheckoutSession> {
  const session = await getOwnSession(ctx, principal, input.uuid);
  if (input.closeToExpireError === false) return session;
  const isOpen = session.status === "created" || session.status === "pending";
  const leftMs = session.expiresAt.getTime() - ctx.clock.now().getTime();
  if (session.status === "expired" || (isOpen && leftMs <= 0)) throw sessionExpired();
  if (isOpen && leftMs < CLOSE_TO_EXPIRE_MS) {
    const message =
      "The session ends in less than 5 minutes. Create a new one, or read it with closeToExpireError=false.";
    throw new DomainError("gone", "session_close_to_expire", message);
  }
  return session;
}

/** Newest first. Throws `invalid_cursor`, `validation_failed`. */
export async function listSessions(
  ctx: Context,
  principal: Principal,
  query: PageQuery,
): Promise<Page<CheckoutSession>> {
  const { limit, after } = readPage(query, [isUuid]);
  const rows = await findSessions(ctx.db, principal, { limit: limit + 1, after: after?.[0] ?? null });
  return pageOf(rows, limit, ({ uuid }) => [uuid]);
}
