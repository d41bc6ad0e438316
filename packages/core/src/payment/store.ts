import type { TransactionStatusName } from "@qbitflow/api";
import type { Transfer } from "@qbitflow/chains";
import type { Queryable } from "@qbitflow/db";
import type { Match, MatchQuote } from "./match.ts";

/** What of a session decides how a transfer counts. */
export interface PayableSession {
  readonly organizationId: bigint;
  readonly test: boolean;
  readonly status: TransactionStatusName;
  readonly expiresAt: Date;
}

export interface NewPayment extends Transfer, Match {
  readonly organizationId: bigint;
  readonly test: boolean;
  readonly network: string;
  readonly currencyId: number | null;
  readonly minedAt: Date;
  readonly seenAt: Date;
}

/** The sessions among `uuids` that are ours, locked in the order of their uuids until the transaction ends. */
export async function lockSessions(db: Queryable, uuids: readonly string[]): Promise<Map<string, PayableSession>> {
  const rows = await db.query<{
    uuid: string;
    organization_id: bigint;
    test: boolean;
    status: TransactionStatusName;
    expires_at: Date;
  }>(
    `select uuid, organization_id, test, status, expires_at from checkout_session
     where uuid = any($1::uuid[]) order by uuid for no key update`,
    [uuids],
    { name: "payable_sessions" },
  );
  return new Map(
    rows.map((row) => [
      row.uuid,
      { organizationId: row.organization_id, test: row.test, status: row.status, expiresAt: row.expires_at },
    ]),
  );
}

/** The sessions' quotes on one network, oldest first. */
export async function loadMatchQuotes(
  db: Queryable,
  uuids: readonly string[],
  network: string,
): Promise<Map<string, MatchQuote[]>> {
  const rows = await db.query<{
    id: bigint;
    session_uuid: string;
    currency_id: number;
    terms_hash: string;
    merchant: string;
    token: string;
    amount_base: string;
    fee_bps: number;
    organization_fee_bps: number;
  }>(
    `select id, session_uuid, currency_id, terms_hash, merchant, token, amount_base, fee_bps, organization_fee_bps
     from quote where session_uuid = any($1::uuid[]) and network = $2 order by id`,
    [uuids, network],
    { name: "payable_quotes" },
  );
  const quotes = new Map<string, MatchQuote[]>();
  for (const row of rows) {
    const quote: MatchQuote = {
      id: row.id,
      currencyId: row.currency_id,
      termsHash: row.terms_hash,
      merchant: row.merchant,
      token: row.token,
      amountBase: BigInt(row.amount_base),
      feeBps: row.fee_bps,
      organizationFeeBps: row.organization_fee_bps,
    };
    const list = quotes.get(row.session_uuid);
    if (list) list.push(quote);
    else quotes.set(row.session_uuid, [quote]);
  }
  return quotes;
}

export async function loadPaidSessions(db: Queryable, uuids: readonly string[]): Promise<Set<string>> {
  const rows = await db.query<{ session_uuid: string }>(
    "select session_uuid from payment where session_uuid = any($1::uuid[]) and pays_session and orphaned_at is null",
    [uuids],
    { name: "paid_sessions" },
  );
  return new Set(rows.map((row) => row.session_uuid));
}

/** Ids of a network's currencies by lower-case address. */
export async function loadCurrencies(db: Queryable, network: string): Promise<Map<string, number>> {
  const rows = await db.query<{ id: number; address: string }>(
    "select id, lower(address) as address from currency where network = $1",
    [network],
    { name: "network_currencies" },
  );
  return new Map(rows.map((row) => [row.address, row.id]));
}

// A block that left the chain may come back: its payments are then counted again, as what they are now.
const INSERT = `
  insert into payment (session_uuid, quote_id, organization_id, test, network, contract, block_number, block_hash,
    transaction_hash, log_index, terms_hash, payer, merchant, token, currency_id, amount_base, fee_base,
    organization_fee_base, merchant_received_base, match, difference_base, pays_session, mined_at, seen_at)
  select uuid, "quoteId", "organizationId", test, network, contract, "blockNumber", "blockHash",
    "transactionHash", "logIndex", "termsHash", payer, merchant, token, "currencyId", "amountBase", "feeBase",
    "organizationFeeBase", "merchantReceivedBase", match, "differenceBase", "paysSession", "minedAt", "seenAt"
  from json_to_recordset($1::json) as p(
    uuid uuid, "quoteId" bigint, "organizationId" bigint, test boolean, network text, contract text,
    "blockNumber" bigint, "blockHash" text, "transactionHash" text, "logIndex" integer, "termsHash" text, payer text,
    merchant text, token text, "currencyId" integer, "amountBase" numeric, "feeBase" numeric,
    "organizationFeeBase" numeric, "merchantReceivedBase" numeric, match text, "differenceBase" numeric,
    "paysSession" boolean, "minedAt" timestamptz, "seenAt" timestamptz)
  on conflict (network, block_hash, transaction_hash, log_index) do update set
    orphaned_at = null, completed_at = null, seen_at = excluded.seen_at, quote_id = excluded.quote_id,
    match = excluded.match, difference_base = excluded.difference_base, pays_session = excluded.pays_session
    where payment.orphaned_at is not null
  returning transaction_hash || ':' || log_index as key`;

/** Stores payments; one that is stored already is left alone. Returns `transactionHash:logIndex` of those that count now. */
export async function insertPayments(db: Queryable, payments: readonly NewPayment[]): Promise<Set<string>> {
  if (payments.length === 0) return new Set();
  const json = JSON.stringify(payments, (_key, value) => (typeof value === "bigint" ? String(value) : value));
  const rows = await db.query<{ key: string }>(INSERT, [json], { name: "payment_insert" });
  return new Set(rows.map((row) => row.key));
}

/** A transfer as it is kept, on the branch that stands. */
export interface StoredPayment extends Omit<Transfer, "blockHash" | "transactionHash" | "termsHash"> {
  readonly id: bigint;
  readonly blockHash: string;
  readonly transactionHash: string;
  readonly termsHash: string;
}

type Amounts = "amountBase" | "feeBase" | "organizationFeeBase" | "merchantReceivedBase";
type StoredRow = Omit<StoredPayment, Amounts | "blockNumber"> & { readonly [Name in Amounts]: string } & {
  readonly blockNumber: bigint;
};

/** What is kept of a range of blocks, both ends included, in chain order. */
export async function findPaymentsBetween(
  db: Queryable,
  { network, from, to }: { readonly network: string; readonly from: number; readonly to: number },
): Promise<StoredPayment[]> {
  const rows = await db.query<StoredRow>(
    `select id, session_uuid as uuid, contract, block_number as "blockNumber", block_hash as "blockHash",
       transaction_hash as "transactionHash", log_index as "logIndex", terms_hash as "termsHash", payer, merchant, token,
       amount_base as "amountBase", fee_base as "feeBase", organization_fee_base as "organizationFeeBase",
       merchant_received_base as "merchantReceivedBase"
     from payment where network = $1 and block_number between $2 and $3 and orphaned_at is null
     order by block_number, log_index`,
    [network, from, to],
    { name: "payments_between" },
  );
  return rows.map((row) => ({
    ...row,
    blockNumber: Number(row.blockNumber),
    amountBase: BigInt(row.amountBase),
    feeBase: BigInt(row.feeBase),
    organizationFeeBase: BigInt(row.organizationFeeBase),
    merchantReceivedBase: BigInt(row.merchantReceivedBase),
  }));
}

/** Sets what the chain says of rows that say something else. How they match stays as it was found at first. */
export async function correctPayments(
  db: Queryable,
  corrections: readonly { readonly id: bigint; readonly transfer: Transfer }[],
): Promise<void> {
  if (corrections.length === 0) return;
  const rows = corrections.map(({ id, transfer }) => ({ ...transfer, id }));
  await db.query(
    `update payment p set contract = c.contract, block_number = c."blockNumber", block_hash = c."blockHash",
       terms_hash = c."termsHash", payer = c.payer, merchant = c.merchant, token = c.token,
       amount_base = c."amountBase", fee_base = c."feeBase", organization_fee_base = c."organizationFeeBase",
       merchant_received_base = c."merchantReceivedBase"
     from json_to_recordset($1::json) as c(id bigint, contract text, "blockNumber" bigint, "blockHash" text,
       "termsHash" text, payer text, merchant text, token text, "amountBase" numeric, "feeBase" numeric,
       "organizationFeeBase" numeric, "merchantReceivedBase" numeric)
     where p.id = c.id`,
    [JSON.stringify(rows, (_key, value) => (typeof value === "bigint" ? String(value) : value))],
  );
}
