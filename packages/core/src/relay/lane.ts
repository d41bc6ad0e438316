import type { ChainAdapter, ChainSender } from "@qbitflow/chains";
import type { Queryable } from "@qbitflow/db";
import type { Context } from "../context.ts";

/** One key on one network, as one process holds it. */
export interface Lane {
  readonly adapter: ChainAdapter;
  readonly sender: ChainSender;
  readonly network: string;
  /** Who has the lease: this process, this time. */
  readonly owner: string;
  readonly leaseMs: number;
  /** In no block for so long: it is replaced. Doubles with each version of a nonce. */
  readonly stuckMs: number;
  /** Offered to the network again after so long. */
  readonly rebroadcastMs: number;
  /** Most transactions that are in no block yet. */
  readonly maxUnderWay: number;
}

/**
 * Makes the sender's line, beginning with the nonce that the chain expects next. Where the chain is ahead of us (a restored
 * database, a key that is used elsewhere), its nonce is taken over: ours could never be mined.
 */
export async function takeUpNonce(ctx: Context, { sender, network }: Lane): Promise<void> {
  const mined = await sender.minedNonce();
  const [row] = await ctx.db.query<{ before: bigint | null }>(
    `with old as (select next_nonce from relay_sender where network = $1 and sender = $2)
     insert into relay_sender (network, sender, next_nonce) values ($1, $2, $3)
     on conflict (network, sender) do update set next_nonce = greatest(relay_sender.next_nonce, excluded.next_nonce)
     returning (select next_nonce from old) as before`,
    [network, sender.address, mined],
  );
  if (row?.before !== null && row !== undefined && Number(row.before) < mined) {
    ctx.log.warn(
      { network, sender: sender.address, ours: Number(row.before), mined },
      "the relay's key sent transactions that this server does not know",
    );
  }
}

/** Takes or renews the right to sign; true when `lane.owner` has it. By the database's clock. */
export async function acquireSenderLease(ctx: Context, lane: Lane): Promise<boolean> {
  const rows = await ctx.db.query(
    `update relay_sender set lease_owner = $3, lease_until = clock_timestamp() + $4 * interval '1 millisecond'
     where network = $1 and sender = $2
       and (lease_owner is null or lease_owner = $3 or lease_until < clock_timestamp())
     returning 1`,
    [lane.network, lane.sender.address, lane.owner, lane.leaseMs],
    { name: "relay_lease" },
  );
  return rows.length > 0;
}

export async function releaseSenderLease(ctx: Context, lane: Lane): Promise<void> {
  await ctx.db.query(
    `update relay_sender set lease_owner = null, lease_until = null
     where network = $1 and sender = $2 and lease_owner = $3`,
    [lane.network, lane.sender.address, lane.owner],
  );
}

/** Every lease is nobody's: where the processes that held them are gone for certain. */
export async function freeSenderLeases(ctx: Context): Promise<void> {
  await ctx.db.query("update relay_sender set lease_owner = null, lease_until = null where lease_owner is not null");
}

/** Another process may sign now. */
export class SenderLeaseLostError extends Error {
  override readonly name = "SenderLeaseLostError";
}

/**
 * The nonce that is next, held until the transaction ends. Whatever is signed is signed under this lock, so that two
 * processes never sign for one nonce at the same time. Throws SenderLeaseLostError.
 */
export async function lockSender(db: Queryable, lane: Lane): Promise<number> {
  const rows = await db.query<{ next_nonce: bigint }>(
    "select next_nonce from relay_sender where network = $1 and sender = $2 and lease_owner = $3 for update",
    [lane.network, lane.sender.address, lane.owner],
    { name: "relay_lock_sender" },
  );
  if (!rows[0]) throw new SenderLeaseLostError(`The right to send on ${lane.network} went to another process.`);
  return Number(rows[0].next_nonce);
}

export async function moveNonce(db: Queryable, lane: Lane, nextNonce: number): Promise<void> {
  await db.query(
    "update relay_sender set next_nonce = $3 where network = $1 and sender = $2",
    [lane.network, lane.sender.address, nextNonce],
    { name: "relay_move_nonce" },
  );
}
