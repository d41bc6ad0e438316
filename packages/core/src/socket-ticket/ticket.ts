import { createHash } from "node:crypto";
import type { Context, Principal } from "../context.ts";
import { DomainError } from "../errors.ts";
import type { TransactionName } from "../transaction-status/index.ts";

/** How long a ticket is good for. */
const TICKET_MS = 60_000;

export interface Ticket {
  readonly ticket: string;
  readonly expiresAt: Date;
}

function hashOf(ticket: string): Uint8Array {
  return createHash("sha256").update(ticket).digest();
}

/** A ticket for one WebSocket on one transaction: what a browser shows instead of a key. Stored hashed. */
export async function issueTicket(
  ctx: Context,
  principal: Principal,
  { uuid, type }: TransactionName,
): Promise<Ticket> {
  const ticket = ctx.ids.token(32);
  const expiresAt = new Date(ctx.clock.now().getTime() + TICKET_MS);
  await ctx.db.query(
    `insert into socket_ticket (token_hash, organization_id, test, session_uuid, transaction_type, expires_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [hashOf(ticket), principal.organizationId, principal.test, uuid, type, expiresAt],
  );
  return { ticket, expiresAt };
}

/**
 * Uses a ticket up; answers the transaction it was made for and its mode.
 * @throws DomainError ticket_invalid: unknown, used or too old
 */
export async function redeemTicket(
  ctx: Context,
  ticket: string,
): Promise<TransactionName & { readonly test: boolean }> {
  const [row] = await ctx.db.query<TransactionName & { test: boolean; expiresAt: Date }>(
    `delete from socket_ticket where token_hash = $1
     returning session_uuid as uuid, transaction_type as type, test, expires_at as "expiresAt"`,
    [hashOf(ticket)],
  );
  if (row === undefined || row.expiresAt <= ctx.clock.now()) {
    throw new DomainError(
      "unauthenticated",
      "ticket_invalid",
      "The ticket is unknown, used or too old: ask for a new one.",
    );
  }
  return { uuid: row.uuid, type: row.type, test: row.test };
}

/** Forgets tickets that nobody used in time; answers how many. */
export async function expireTickets(ctx: Context): Promise<number> {
  const rows = await ctx.db.query(`delete from socket_ticket where expires_at <= $1 returning 1 as gone`, [
    ctx.clock.now(),
  ]);
  return rows.length;
}
