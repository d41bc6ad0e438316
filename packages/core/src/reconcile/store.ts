// Reads what hangs together over several things' tables. Nothing is written here.
import type { Queryable } from "@qbitflow/db";
import type { ChargeFact } from "../subscription/index.ts";

/** Those of these uuids that are sessions of ours. */
export async function findOwnUuids(db: Queryable, uuids: readonly string[]): Promise<Set<string>> {
  if (uuids.length === 0) return new Set();
  const rows = await db.query<{ uuid: string }>("select uuid from checkout_session where uuid = any($1::uuid[])", [
    [...new Set(uuids)],
  ]);
  return new Set(rows.map(({ uuid }) => uuid));
}

/** Networks that were read and that this process does not know. */
export async function findUnknownNetworks(db: Queryable, known: readonly string[]): Promise<string[]> {
  const rows = await db.query<{ network: string }>(
    "select network from chain_cursor where not network = any($1::text[]) order by network",
    [known],
  );
  return rows.map(({ network }) => network);
}

/** Contracts (in lower case) of a network that the books have something of, besides the `known` ones. */
export async function findUnknownContracts(
  db: Queryable,
  { network, known }: { readonly network: string; readonly known: readonly string[] },
): Promise<string[]> {
  const rows = await db.query<{ contract: string }>(
    `select distinct lower(contract) as contract from (
       select contract from payment where network = $1 and orphaned_at is null
       union all
       select contract from mandate_event where network = $1 and orphaned_at is null
     ) kept
     where not lower(contract) = any($2::text[]) order by contract`,
    [network, known],
  );
  return rows.map(({ contract }) => contract);
}

export interface Page {
  readonly network: string;
  readonly after: string;
  readonly limit: number;
}

/** A confirmed charge of a mandate of ours, with what the books made of it. */
export interface ChargeRow {
  readonly id: bigint;
  readonly uuid: string;
  readonly mandateHash: string;
  readonly transactionHash: string;
  readonly blockNumber: bigint;
  readonly minedAt: Date;
  readonly data: Readonly<Record<string, string | number>>;
  readonly billUuid: string | null;
  readonly billStatus: string | null;
  readonly billAmountMicros: bigint | null;
  readonly billPeriodIndex: bigint | null;
  readonly amountBase: string | null;
  readonly executionFeeBase: string | null;
  readonly feeBps: number | null;
  readonly rateE18: string | null;
  /** The charge is the one that we sent: its amount follows from the bill's. */
  readonly isSent: boolean;
  /** Of the mandate's token. */
  readonly decimals: number;
}

// The page first, then what hangs together with its rows: joined at once, tables that grew faster than PostgreSQL counts them
// were joined each row with each.

/** The mandate m of an event e, where it is of our terms. */
const OURS =
  "m.network = e.network and m.hash = e.mandate_hash and m.uuid = e.uuid and lower(m.contract) = lower(e.contract)";

/** The charges with an id above `after`. */
export async function findCharges(db: Queryable, { network, after, limit }: Page): Promise<ChargeRow[]> {
  return db.query<ChargeRow>(
    `with page as materialized (
       select e.* from mandate_event e
       where e.network = $1 and e.type = 'charged' and e.confirmed_at is not null and e.orphaned_at is null and e.id > $2
         and exists (select 1 from mandate m where ${OURS})
       order by e.id limit $3
     )
     select e.id, e.uuid, e.mandate_hash as "mandateHash", e.transaction_hash as "transactionHash",
       e.block_number as "blockNumber", e.mined_at as "minedAt", e.data, b.uuid as "billUuid", b.status as "billStatus",
       b.amount_micros as "billAmountMicros", b.period_index as "billPeriodIndex", a.amount_base as "amountBase",
       a.execution_fee_base as "executionFeeBase", a.fee_bps as "feeBps", a.rate_e18 as "rateE18",
       coalesce(r.transaction_hash = e.transaction_hash, false) as "isSent", c.decimals
     from page e
     join mandate m on ${OURS}
     join currency c on c.id = m.currency_id
     left join bill_attempt a on a.network = e.network and a.transaction_hash = e.transaction_hash
       and a.mandate_hash = e.mandate_hash and a.state = 'charged'
     left join bill b on b.uuid = a.bill_uuid
     left join relay_call r on r.uuid = a.relay_call_uuid
     order by e.id`,
    [network, after === "" ? 0 : after, limit],
    { name: "reconcile_charges" },
  );
}

export const factOf = (network: string, row: ChargeRow): ChargeFact => ({
  type: "charged",
  network,
  mandateHash: row.mandateHash,
  uuid: row.uuid,
  periodIndex: Number(row.data.periodIndex),
  amountBase: BigInt(row.data.amountBase ?? 0),
  feeBase: BigInt(row.data.feeBase ?? 0),
  organizationFeeBase: BigInt(row.data.organizationFeeBase ?? 0),
  executionFeeBase: BigInt(row.data.executionFeeBase ?? 0),
  transactionHash: row.transactionHash,
  blockNumber: Number(row.blockNumber),
  minedAt: row.minedAt,
});

/** Whether the chain's own account has this charge, with its confirmations. */
export async function hasCharge(
  db: Queryable,
  of: { readonly network: string | null; readonly transactionHash: string | null; readonly mandateHash: string | null },
): Promise<boolean> {
  const rows = await db.query(
    `select 1 from mandate_event where network = $1 and transaction_hash = $2 and mandate_hash = $3
       and type = 'charged' and orphaned_at is null and confirmed_at is not null`,
    [of.network, of.transactionHash, of.mandateHash],
  );
  return rows.length > 0;
}

/** A bill that the books call paid. */
export interface PaidRow {
  readonly uuid: string;
  readonly subscriptionUuid: string;
  readonly transactionHash: string | null;
  /** The chain's own account has the charge. */
  readonly isOnChain: boolean;
}

/** Bills with a uuid above `after` that were paid on a network, or by nobody knows what. */
export async function findPaid(db: Queryable, { network, after, limit }: Page): Promise<PaidRow[]> {
  return db.query<PaidRow>(
    `with page as materialized (
       select b.uuid, b.subscription_uuid from bill b
       where b.status = 'paid' and b.uuid > $2::uuid and exists (
         select 1 from subscription s left join bill_attempt a on a.bill_uuid = b.uuid and a.state = 'charged'
         where s.uuid = b.subscription_uuid and coalesce(a.network, s.network) = $1)
       order by b.uuid limit $3
     )
     select b.uuid, b.subscription_uuid as "subscriptionUuid", a.transaction_hash as "transactionHash",
       e.id is not null as "isOnChain"
     from page b
     left join bill_attempt a on a.bill_uuid = b.uuid and a.state = 'charged'
     left join lateral (
       select e.id from mandate_event e
       where e.network = a.network and e.transaction_hash = a.transaction_hash and e.mandate_hash = a.mandate_hash
         and e.type = 'charged' and e.orphaned_at is null and e.confirmed_at is not null
       limit 1
     ) e on true
     order by b.uuid`,
    [network, after === "" ? "00000000-0000-0000-0000-000000000000" : after, limit],
    { name: "reconcile_paid" },
  );
}

/** Hashes of a network's mandates above `after`, in order. */
export async function findMandateHashes(db: Queryable, { network, after, limit }: Page): Promise<string[]> {
  const rows = await db.query<{ hash: string }>(
    "select hash from mandate where network = $1 and hash > $2 order by hash limit $3",
    [network, after, limit],
  );
  return rows.map(({ hash }) => hash);
}

/** A completed payment that pays its session, with the promise that it kept. */
export interface CompletedRow {
  readonly id: bigint;
  readonly uuid: string;
  readonly transactionHash: string;
  readonly blockNumber: bigint;
  readonly status: string;
  readonly amountBase: string;
  readonly merchant: string;
  readonly token: string;
  readonly termsHash: string;
  readonly quoteId: bigint | null;
}

/** The completed payments with an id above `after`. */
export async function findCompleted(db: Queryable, { network, after, limit }: Page): Promise<CompletedRow[]> {
  return db.query<CompletedRow>(
    `select p.id, p.session_uuid as uuid, p.transaction_hash as "transactionHash", p.block_number as "blockNumber",
       s.status, p.amount_base as "amountBase", p.merchant, p.token, p.terms_hash as "termsHash", p.quote_id as "quoteId"
     from payment p join checkout_session s on s.uuid = p.session_uuid
     where p.network = $1 and p.pays_session and p.completed_at is not null and p.orphaned_at is null and p.id > $2
     order by p.id limit $3`,
    [network, after === "" ? 0 : after, limit],
    { name: "reconcile_completed" },
  );
}

/** Completed one-time sessions that no payment pays. */
export async function findUnpaidCompleted(
  db: Queryable,
  { after, limit }: Omit<Page, "network">,
): Promise<{ uuid: string; transactionHash: string | null }[]> {
  return db.query(
    `select s.uuid, s.transaction_hash as "transactionHash" from checkout_session s
     where s.status = 'completed' and s.options is null and s.uuid > $1::uuid and not exists (
       select 1 from payment p where p.session_uuid = s.uuid and p.pays_session and p.orphaned_at is null)
     order by s.uuid limit $2`,
    [after === "" ? "00000000-0000-0000-0000-000000000000" : after, limit],
  );
}
