import { createHash } from "node:crypto";
import type { Context, Principal } from "../context.ts";
import { DomainError } from "../errors.ts";

/** How long a ticket is good for. */
const TICKET_MS = 60_000;

export interface Ticket {
  readonly ticket: string;
  readonly expiresAt: Date;
}

function hashOf(ticket: string): Uint8Array {
  return createHash("sha256").update(ticket).digest();
}

/** A ticket for one WebSocket on one session: what a browser shows instead of a key. Stored hashed. */
export async function issueTicket(ctx: Context, principal: Principal, sessionUuid: string): Promise<Ticket> {
  const ticket = ctx.ids.token(32);
  const expiresAt = new Date(ctx.clock.now().getTime() + TICKET_MS);
  await ctx.db.query(
    `insert into socket_ticket (token_hash, organization_id, test, session_uuid, expires_at) values ($1, $2, $3, $4, $5)`,
    [hashOf(ticket), principal.organizationId, principal.test, sessionUuid, expiresAt],
  );
  return { ticket, expiresAt };
}

/**
 * Uses a ticket up; answers the session it was made for and its mode.
 * @throws DomainError ticket_invalid: unknown, used or too old
 */
export async function redeemTicket(ctx: Context, ticket: string): Promise<{ sessionUuid: string; test: boolean }> {
  const [row] = await ctx.db.query<{ session_uuid: string; test: boolean; expires_at: Date }>(
    `delete from socket_ticket where token_hash = $1 returning session_uuid, test, expires_at`,
    [hashOf(ticket)],
  );
  if (row === undefined || row.expires_at <= ctx.clock.now()) {
    throw new DomainError(
      "unauthenticated",
      "ticket_invalid",
      "The ticket is unknown, used or too old: ask for a new one.",
    );
  }
  return { sessionUuid: row.session_uuid, test: row.test };
}

/** Forgets tickets that nobody used in time; answers how many. */
export async function expireTickets(ctx: Context): Promise<number> {
  const rows = await ctx.db.query(`delete from socket_ticket where expires_at <= $1 returning 1 as gone`, [
    ctx.clock.now(),
  ]);
  return rows.length;
}
