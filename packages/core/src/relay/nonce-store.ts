import type { GasPrice, Hex, Receipt, SignedTransaction } from "@qbitflow/chains";
import type { Queryable } from "@qbitflow/db";
import type { Lane } from "./lane.ts";

/** A nonce that was taken and whose end is not settled. */
export interface OpenNonce {
  readonly sender: string;
  readonly nonce: number;
  readonly callUuid: string;
  readonly blockHash: Hex | null;
  /** The block that was scanned when the chain first showed the nonce used, by none of ours. */
  readonly missingSince: number | null;
  /** The newest first. */
  readonly versions: readonly { readonly hash: Hex; readonly isWithdrawal: boolean }[];
}

interface OpenRow extends Omit<OpenNonce, "nonce" | "missingSince"> {
  readonly nonce: bigint;
  readonly missingSince: bigint | null;
}

/** Of the network, whatever key they are of, in order. */
export async function openNonces(db: Queryable, network: string): Promise<OpenNonce[]> {
  const rows = await db.query<OpenRow>(
    `select n.sender, n.nonce, n.call_uuid as "callUuid", n.block_hash as "blockHash", n.missing_since as "missingSince",
       (select json_agg(json_build_object('hash', t.hash, 'isWithdrawal', t.is_withdrawal) order by t.version desc)
        from relay_transaction t where t.network = n.network and t.sender = n.sender and t.nonce = n.nonce) as versions
     from relay_nonce n where n.network = $1 and n.settled_at is null order by n.sender, n.nonce`,
    [network],
    { name: "relay_open" },
  );
  return rows.map((row) => ({
    ...row,
    nonce: Number(row.nonce),
    missingSince: row.missingSince === null ? null : Number(row.missingSince),
  }));
}

/** In no block for `stuckMs`, of other keys that no process holds the lease of; in order. */
export async function abandonedNonces(
  db: Queryable,
  { network, sender, stuckMs }: Pick<Lane, "network" | "sender" | "stuckMs">,
): Promise<Pick<OpenNonce, "sender" | "nonce" | "callUuid">[]> {
  const rows = await db.query<{ sender: string; nonce: bigint; callUuid: string }>(
    `select n.sender, n.nonce, n.call_uuid as "callUuid"
     from relay_nonce n join relay_sender s on s.network = n.network and s.sender = n.sender
     where n.network = $1 and n.sender <> $2 and n.settled_at is null and n.block_hash is null
       and (s.lease_owner is null or s.lease_until < clock_timestamp())
       and not exists (
         select 1 from relay_transaction t where t.network = n.network and t.sender = n.sender and t.nonce = n.nonce
           and t.signed_at > clock_timestamp() - $3 * interval '1 millisecond')
     order by n.sender, n.nonce`,
    [network, sender.address, stuckMs],
    { name: "relay_abandoned" },
  );
  return rows.map((row) => ({ ...row, nonce: Number(row.nonce) }));
}

export interface NewTransaction {
  readonly network: string;
  readonly sender: string;
  readonly signed: SignedTransaction;
  readonly gas: bigint;
  readonly price: GasPrice;
  readonly isWithdrawal: boolean;
}

export async function insertNonce(
  db: Queryable,
  { network, sender, signed }: NewTransaction,
  callUuid: string,
): Promise<void> {
  await db.query(
    "insert into relay_nonce (network, sender, nonce, call_uuid) values ($1, $2, $3, $4)",
    [network, sender, signed.nonce, callUuid],
    { name: "relay_insert_nonce" },
  );
}

/** The next version for its nonce. */
export async function insertTransaction(db: Queryable, transaction: NewTransaction): Promise<void> {
  const { network, sender, signed, gas, price, isWithdrawal } = transaction;
  await db.query(
    `insert into relay_transaction
       (hash, network, sender, nonce, version, raw, is_withdrawal, gas, max_fee_base, priority_fee_base, signed_at)
     select $1, $2, $3, $4, coalesce(max(version), 0) + 1, $5, $6, $7, $8, $9, clock_timestamp()
     from relay_transaction where network = $2 and sender = $3 and nonce = $4`,
    [
      ...[signed.hash, network, sender, signed.nonce, signed.raw],
      ...[isWithdrawal, gas, price.maxFeeBase, price.priorityFeeBase],
    ],
    { name: "relay_insert_transaction" },
  );
}

/** Those of a network's transactions that we signed. */
export async function findOurs(db: Queryable, network: string, hashes: readonly string[]): Promise<Set<string>> {
  const rows = await db.query<{ hash: string }>(
    "select hash from relay_transaction where network = $1 and hash = any($2::text[])",
    [network, hashes],
    { name: "relay_ours" },
  );
  return new Set(rows.map(({ hash }) => hash));
}

/** The newest version of a nonce that is in no block. */
export interface Pending {
  readonly sender: string;
  readonly nonce: number;
  readonly callUuid: string;
  readonly hash: Hex;
  readonly raw: Hex;
  readonly version: number;
  readonly isWithdrawal: boolean;
  readonly isUnderpriced: boolean;
  readonly gas: bigint;
  readonly price: GasPrice;
  /** Milliseconds, by the database's clock. */
  readonly ageMs: number;
  /** Null when it was never offered to the network. */
  readonly offeredMs: number | null;
  readonly call: { readonly to: string; readonly data: Hex; readonly valueBase: bigint };
  readonly sendUntil: Date | null;
}

interface PendingRow {
  readonly sender: string;
  readonly nonce: bigint;
  readonly call_uuid: string;
  readonly hash: Hex;
  readonly raw: Hex;
  readonly version: number;
  readonly is_withdrawal: boolean;
  readonly is_underpriced: boolean;
  readonly gas: string;
  readonly max_fee_base: string;
  readonly priority_fee_base: string;
  readonly age_ms: number;
  readonly offered_ms: number | null;
  readonly to_address: string;
  readonly data: Hex;
  readonly value_base: string;
  readonly send_until: Date | null;
}

/** What is signed and in no block, as far as is known; in order of nonces. */
export async function pendingTransactions(db: Queryable, network: string): Promise<Pending[]> {
  const rows = await db.query<PendingRow>(
    `select distinct on (t.sender, t.nonce) t.sender, t.nonce, n.call_uuid, t.hash, t.raw, t.version, t.is_withdrawal,
       t.is_underpriced, t.gas, t.max_fee_base, t.priority_fee_base,
       (extract(epoch from clock_timestamp() - t.signed_at) * 1000)::float8 as age_ms,
       (extract(epoch from clock_timestamp() - t.broadcast_at) * 1000)::float8 as offered_ms,
       c.to_address, c.data, c.value_base, c.send_until
     from relay_nonce n
       join relay_transaction t on t.network = n.network and t.sender = n.sender and t.nonce = n.nonce
       join relay_call c on c.uuid = n.call_uuid
     where n.network = $1 and n.settled_at is null and n.block_hash is null
     order by t.sender, t.nonce, t.version desc`,
    [network],
    { name: "relay_pending" },
  );
  return rows.map((row) => ({
    sender: row.sender,
    nonce: Number(row.nonce),
    callUuid: row.call_uuid,
    hash: row.hash,
    raw: row.raw,
    version: row.version,
    isWithdrawal: row.is_withdrawal,
    isUnderpriced: row.is_underpriced,
    gas: BigInt(row.gas),
    price: { maxFeeBase: BigInt(row.max_fee_base), priorityFeeBase: BigInt(row.priority_fee_base) },
    ageMs: row.age_ms,
    offeredMs: row.offered_ms,
    call: { to: row.to_address, data: row.data, valueBase: BigInt(row.value_base) },
    sendUntil: row.send_until,
  }));
}

export async function markOffered(
  db: Queryable,
  { hash, isUnderpriced }: { readonly hash: Hex; readonly isUnderpriced: boolean },
): Promise<void> {
  await db.query(
    "update relay_transaction set broadcast_at = clock_timestamp(), is_underpriced = $2 where hash = $1",
    [hash, isUnderpriced],
    { name: "relay_offered" },
  );
}

type NonceKey = Pick<OpenNonce, "sender" | "nonce"> & { readonly network: string };

/** Remembers the block that one of a nonce's transactions is in. */
export async function markInBlock(
  db: Queryable,
  { network, sender, nonce }: NonceKey,
  { hash, receipt }: { readonly hash: Hex; readonly receipt: Receipt },
): Promise<void> {
  await db.query(
    `update relay_nonce set transaction_hash = $4, succeeded = $5, block_number = $6, block_hash = $7, missing_since = null
     where network = $1 and sender = $2 and nonce = $3 and settled_at is null`,
    [network, sender, nonce, hash, receipt.succeeded, receipt.blockNumber, receipt.blockHash],
    { name: "relay_in_block" },
  );
}

/**
 * In no block (any more); `missingSince` when another transaction seems to have the nonce. What was in a block is offered
 * to the network again at once: whoever undid the block need not have kept it.
 */
export async function markInNoBlock(
  db: Queryable,
  { network, sender, nonce }: NonceKey,
  missingSince: number | null,
): Promise<void> {
  await db.query(
    `with again as (
       update relay_transaction t set broadcast_at = null from relay_nonce n
       where n.network = $1 and n.sender = $2 and n.nonce = $3 and n.settled_at is null and n.block_hash is not null
         and t.network = n.network and t.sender = n.sender and t.nonce = n.nonce
     )
     update relay_nonce set transaction_hash = null, succeeded = null, block_number = null, block_hash = null,
       missing_since = $4
     where network = $1 and sender = $2 and nonce = $3 and settled_at is null`,
    [network, sender, nonce, missingSince],
    { name: "relay_in_no_block" },
  );
}

/** Somebody else's transaction has the nonce; true when it was still open. */
export async function markLost(db: Queryable, { network, sender, nonce }: NonceKey): Promise<boolean> {
  const rows = await db.query(
    `update relay_nonce set is_lost = true, settled_at = clock_timestamp()
     where network = $1 and sender = $2 and nonce = $3 and settled_at is null returning 1`,
    [network, sender, nonce],
  );
  return rows.length > 0;
}

/** A nonce whose block was scanned or is being judged. */
export interface MinedNonce {
  readonly sender: string;
  readonly nonce: number;
  readonly callUuid: string;
  readonly transactionHash: Hex;
  readonly succeeded: boolean;
  readonly isWithdrawal: boolean;
  readonly blockNumber: number;
  readonly blockHash: Hex;
  /** What the scan holds at that number; null when it holds none. */
  readonly scannedHash: string | null;
}

interface MinedRow extends Omit<MinedNonce, "nonce" | "blockNumber"> {
  readonly nonce: bigint;
  readonly blockNumber: bigint;
}

const MINED = `
  select n.sender, n.nonce, n.call_uuid as "callUuid", n.transaction_hash as "transactionHash", n.succeeded,
    t.is_withdrawal as "isWithdrawal", n.block_number as "blockNumber", n.block_hash as "blockHash", b.hash as "scannedHash"
  from relay_nonce n
    join chain_cursor c on c.network = n.network
    join relay_transaction t on t.hash = n.transaction_hash
    left join chain_block b on b.network = n.network and b.number = n.block_number
  where n.network = $1`;

const toMined = (row: MinedRow): MinedNonce => ({
  ...row,
  nonce: Number(row.nonce),
  blockNumber: Number(row.blockNumber),
});

/** In a block that has the confirmations, counted up to the last scanned block, and not settled. */
export async function confirmedNonces(
  db: Queryable,
  { network, confirmations }: { readonly network: string; readonly confirmations: number },
): Promise<MinedNonce[]> {
  const rows = await db.query<MinedRow>(
    `${MINED} and n.settled_at is null and n.block_number <= c.scanned_number - $2 + 1 order by n.block_number`,
    [network, confirmations],
    { name: "relay_confirmed" },
  );
  return rows.map(toMined);
}

/** Settled ones whose block left the branch that was scanned. */
export async function orphanedNonces(
  db: Queryable,
  { network, finalityDepth }: { readonly network: string; readonly finalityDepth: number },
): Promise<MinedNonce[]> {
  const rows = await db.query<MinedRow>(
    `${MINED} and n.settled_at is not null and not n.is_lost and n.block_number > c.scanned_number - $2
       and (n.block_number > c.scanned_number or b.hash <> n.block_hash)`,
    [network, finalityDepth],
    { name: "relay_orphaned" },
  );
  return rows.map(toMined);
}

/** Settles nonces that are still in the block that was judged; gives back those. */
export async function settleNonces(
  db: Queryable,
  network: string,
  nonces: readonly MinedNonce[],
): Promise<ReadonlySet<string>> {
  const rows = await db.query<{ call_uuid: string }>(
    `update relay_nonce n set settled_at = clock_timestamp()
     from json_to_recordset($2::json) as s(sender text, nonce bigint, "blockHash" text)
     where n.network = $1 and n.sender = s.sender and n.nonce = s.nonce and n.block_hash = s."blockHash"
       and n.settled_at is null
     returning n.call_uuid`,
    [network, JSON.stringify(nonces)],
    { name: "relay_settle" },
  );
  return new Set(rows.map((row) => row.call_uuid));
}

/** Opens settled nonces again; their transactions are offered to the network at once. */
export async function reopenNonces(db: Queryable, network: string, nonces: readonly MinedNonce[]): Promise<string[]> {
  const rows = await db.query<{ call_uuid: string }>(
    `with gone as (
       update relay_nonce n set settled_at = null, transaction_hash = null, succeeded = null, block_number = null,
         block_hash = null
       from json_to_recordset($2::json) as s(sender text, nonce bigint, "blockHash" text)
       where n.network = $1 and n.sender = s.sender and n.nonce = s.nonce and n.block_hash = s."blockHash"
         and n.settled_at is not null
       returning n.network, n.sender, n.nonce, n.call_uuid
     ), again as (
       update relay_transaction t set broadcast_at = null from gone g
       where t.network = g.network and t.sender = g.sender and t.nonce = g.nonce
     )
     select call_uuid from gone`,
    [network, JSON.stringify(nonces)],
  );
  return rows.map((row) => row.call_uuid);
}

/** Whether something was signed whose end is not settled. */
export async function hasOpenNonces(db: Queryable, network: string): Promise<boolean> {
  const rows = await db.query(
    "select 1 from relay_nonce where network = $1 and settled_at is null limit 1",
    [network],
    {
      name: "relay_any_open",
    },
  );
  return rows.length > 0;
}
