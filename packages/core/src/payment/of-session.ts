import type { Context } from "../context.ts";
import type { PaymentMatch } from "./match.ts";

const MOST_SHOWN = 50;

/** A transfer that reached a session, right or not, on the branch that stands. */
export interface SessionPayment {
  readonly network: string;
  readonly transactionHash: string;
  readonly blockNumber: number;
  /** Up to the last block that was read; 1 for its own block. */
  readonly confirmations: number;
  readonly payer: string;
  readonly merchant: string;
  readonly token: string;
  readonly currencyId: number | null;
  readonly amountBase: bigint;
  readonly merchantReceivedBase: bigint;
  readonly match: PaymentMatch;
  readonly differenceBase: bigint | null;
  readonly paysSession: boolean;
  readonly minedAt: Date;
  readonly completedAt: Date | null;
}

/** What reached a session: the transfer that pays first, then in the order of the chain; at most 50. */
export async function sessionPayments(ctx: Context, uuid: string): Promise<SessionPayment[]> {
  const rows = await ctx.db.query<{
    network: string;
    transaction_hash: string;
    block_number: bigint;
    confirmations: bigint;
    payer: string;
    merchant: string;
    token: string;
    currency_id: number | null;
    amount_base: string;
    merchant_received_base: string;
    match: PaymentMatch;
    difference_base: string | null;
    pays_session: boolean;
    mined_at: Date;
    completed_at: Date | null;
  }>(
    `select p.network, p.transaction_hash, p.block_number,
       coalesce(greatest(c.scanned_number - p.block_number + 1, 0), 0) as confirmations, p.payer, p.merchant, p.token,
       p.currency_id, p.amount_base, p.merchant_received_base, p.match, p.difference_base, p.pays_session, p.mined_at,
       p.completed_at
     from payment p left join chain_cursor c on c.network = p.network
     where p.session_uuid = $1 and p.orphaned_at is null
     order by p.pays_session desc, p.mined_at, p.block_number, p.log_index limit $2`,
    [uuid, MOST_SHOWN],
    { name: "session_payments" },
  );
  return rows.map((row) => ({
    network: row.network,
    transactionHash: row.transaction_hash,
    blockNumber: Number(row.block_number),
    confirmations: Number(row.confirmations),
    payer: row.payer,
    merchant: row.merchant,
    token: row.token,
    currencyId: row.currency_id,
    amountBase: BigInt(row.amount_base),
    merchantReceivedBase: BigInt(row.merchant_received_base),
    match: row.match,
    differenceBase: row.difference_base === null ? null : BigInt(row.difference_base),
    paysSession: row.pays_session,
    minedAt: row.mined_at,
    completedAt: row.completed_at,
  }));
}
