import type { Mandate, PermitSignature } from "@qbitflow/chains";
import type { Queryable } from "@qbitflow/db";
import type { PermitOffer, StoredMandate } from "./mandate.ts";

const COLUMNS = `network, hash, contract, uuid, currency_id as "currencyId", subscriber, merchant, token,
  max_per_period_base as "maxPerPeriodBase", price_micros as "priceMicros", kind, period_unit as "periodUnit",
  period_length as "periodLength", first_charge_at as "firstChargeAt", ends_at as "endsAt",
  fee_recipient as "feeRecipient", max_fee_bps as "maxFeeBps", organization, organization_fee_bps as "organizationFeeBps",
  registry, max_execution_fee_base as "maxExecutionFeeBase", nonce, periods, signature, permit, state,
  maximum_base as "maximumBase", rate_e18 as "rateE18", rate_sources as "rateSources", anchor_at as "anchorAt",
  max_spending_micros as "maxSpendingMicros", failure_code as "failureCode", failure_message as "failureMessage",
  created_at as "createdAt", signed_at as "signedAt", activated_at as "activatedAt"`;

type MandateRow = Omit<StoredMandate, "terms" | "maximumBase" | "rateE18" | "permit"> &
  Omit<
    Mandate,
    "uuid" | "period" | "firstChargeAt" | "endsAt" | "maxPerPeriodBase" | "maxExecutionFeeBase" | "nonce"
  > & {
    readonly periodUnit: Mandate["period"]["unit"];
    readonly periodLength: bigint;
    readonly firstChargeAt: Date;
    readonly endsAt: Date | null;
    readonly maxPerPeriodBase: string;
    readonly maxExecutionFeeBase: string;
    readonly nonce: string;
    readonly maximumBase: string;
    readonly rateE18: string;
    readonly permit: Record<string, string | number> | null;
  };

const seconds = (at: Date | null): number => (at === null ? 0 : at.getTime() / 1_000);
const dateOf = (at: number): Date | null => (at === 0 ? null : new Date(at * 1_000));

const BIG = ["valueBase", "nonce"];

function permitOf(row: MandateRow["permit"]): StoredMandate["permit"] {
  if (row === null) return null;
  const fields = Object.entries(row).map(([name, value]) => [name, BIG.includes(name) ? BigInt(value) : value]);
  return Object.fromEntries(fields) as PermitSignature | PermitOffer;
}

const permitText = (permit: PermitSignature | PermitOffer | null): string | null =>
  permit && JSON.stringify(permit, (_name, value) => (typeof value === "bigint" ? String(value) : value));

function termsOf(row: MandateRow): Mandate {
  const { subscriber, merchant, token, priceMicros, kind, feeRecipient, maxFeeBps, organization, organizationFeeBps } =
    row;
  return {
    uuid: row.uuid,
    subscriber,
    merchant,
    token,
    maxPerPeriodBase: BigInt(row.maxPerPeriodBase),
    priceMicros,
    kind,
    period: { unit: row.periodUnit, length: Number(row.periodLength) },
    firstChargeAt: seconds(row.firstChargeAt),
    endsAt: seconds(row.endsAt),
    feeRecipient,
    maxFeeBps,
    organization,
    organizationFeeBps,
    registry: row.registry,
    maxExecutionFeeBase: BigInt(row.maxExecutionFeeBase),
    nonce: BigInt(row.nonce),
  };
}

const toMandate = (row: MandateRow): StoredMandate => ({
  network: row.network,
  hash: row.hash,
  contract: row.contract,
  uuid: row.uuid,
  currencyId: row.currencyId,
  terms: termsOf(row),
  periods: row.periods,
  signature: row.signature,
  permit: permitOf(row.permit),
  state: row.state,
  maximumBase: BigInt(row.maximumBase),
  rateE18: BigInt(row.rateE18),
  rateSources: row.rateSources,
  anchorAt: row.anchorAt,
  maxSpendingMicros: row.maxSpendingMicros,
  failureCode: row.failureCode,
  failureMessage: row.failureMessage,
  createdAt: row.createdAt,
  signedAt: row.signedAt,
  activatedAt: row.activatedAt,
});

export interface MandateKey {
  readonly network: string;
  readonly hash: string;
}

export async function findMandates(db: Queryable, keys: readonly MandateKey[]): Promise<StoredMandate[]> {
  if (keys.length === 0) return [];
  const rows = await db.query<MandateRow>(
    `select ${COLUMNS} from mandate
     where (network, hash) in (select * from unnest($1::text[], $2::text[]))`,
    [keys.map(({ network }) => network), keys.map(({ hash }) => hash.toLowerCase())],
    { name: "find_mandates" },
  );
  return rows.map(toMandate);
}

/** All that were ever proposed for one session, newest first. */
export async function findMandatesOf(db: Queryable, uuid: string): Promise<StoredMandate[]> {
  const rows = await db.query<MandateRow>(`select ${COLUMNS} from mandate where uuid = $1 order by created_at desc`, [
    uuid,
  ]);
  return rows.map(toMandate);
}

export type NewMandate = Pick<
  StoredMandate,
  | "network"
  | "hash"
  | "contract"
  | "currencyId"
  | "terms"
  | "periods"
  | "permit"
  | "rateE18"
  | "rateSources"
  | "createdAt"
  | "anchorAt"
  | "maxSpendingMicros"
>;

/** The same terms are the same mandate: one that was proposed already is left as it is. */
export async function insertMandate(db: Queryable, mandate: NewMandate): Promise<void> {
  const { terms } = mandate;
  await db.query(
    `insert into mandate (network, hash, contract, uuid, currency_id, subscriber, merchant, token, max_per_period_base,
       price_micros, kind, period_unit, period_length, first_charge_at, ends_at, fee_recipient, max_fee_bps, organization,
       organization_fee_bps, registry, max_execution_fee_base, nonce, periods, permit, maximum_base, rate_e18,
       rate_sources, created_at, anchor_at, max_spending_micros)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
       $24::jsonb, $9, $25, $26::jsonb, $27, $28, $29)
     on conflict (network, hash) do nothing`,
    [
      mandate.network,
      mandate.hash,
      mandate.contract,
      terms.uuid,
      mandate.currencyId,
      terms.subscriber,
      terms.merchant,
      terms.token,
      terms.maxPerPeriodBase,
      terms.priceMicros,
      terms.kind,
      terms.period.unit,
      terms.period.length,
      dateOf(terms.firstChargeAt),
      dateOf(terms.endsAt),
      terms.feeRecipient,
      terms.maxFeeBps,
      terms.organization,
      terms.organizationFeeBps,
      terms.registry,
      terms.maxExecutionFeeBase,
      terms.nonce,
      mandate.periods,
      permitText(mandate.permit),
      mandate.rateE18,
      JSON.stringify(mandate.rateSources),
      mandate.createdAt,
      mandate.anchorAt,
      mandate.maxSpendingMicros,
    ],
  );
}

/** Mandates that may take from this wallet's allowance of the token, but those of one session or subscription. */
export async function findMandatesOfWallet(
  db: Queryable,
  wallet: {
    readonly network: string;
    readonly contract: string;
    readonly token: string;
    readonly subscriber: string;
    readonly exceptUuid: string;
  },
): Promise<StoredMandate[]> {
  const rows = await db.query<MandateRow>(
    `select ${COLUMNS} from mandate
     where network = $1 and token = $2 and subscriber = $3 and state in ('signed', 'active', 'stopped')
       and contract = $4 and uuid <> $5`,
    [wallet.network, wallet.token, wallet.subscriber, wallet.contract, wallet.exceptUuid],
  );
  return rows.map(toMandate);
}

export interface SignedMandate {
  readonly network: string;
  readonly hash: string;
  readonly signature: string;
  readonly permit: PermitSignature | null;
  readonly activationUuid: string;
  readonly at: Date;
}

/** False when somebody was first: it is no proposal any more. Throws unique_violation where another one is under way. */
export async function markSigned(db: Queryable, signed: SignedMandate): Promise<boolean> {
  const rows = await db.query(
    `update mandate set state = 'signed', signature = $3, permit = $4::jsonb, activation_uuid = $5, signed_at = $6,
       failure_code = null, failure_message = null
     where network = $1 and hash = $2 and state = 'proposed' returning hash`,
    [signed.network, signed.hash, signed.signature, permitText(signed.permit), signed.activationUuid, signed.at],
  );
  return rows.length > 0;
}

/** The mandate whose activation this call was goes back to what it was before, with the reason; none where the chain was first. */
export async function markNotActivated(
  db: Queryable,
  failed: { readonly activationUuid: string; readonly code: string; readonly message: string },
): Promise<StoredMandate | undefined> {
  const [row] = await db.query<MandateRow>(
    `update mandate set state = 'proposed', failure_code = $2, failure_message = $3
     where activation_uuid = $1 and state = 'signed' returning ${COLUMNS}`,
    [failed.activationUuid, failed.code, failed.message],
  );
  return row && toMandate(row);
}

export interface MandateChain {
  readonly network: string;
  readonly hash: string;
  readonly state: "signed" | "active" | "stopped" | "cancelled";
  readonly activatedAt: Date | null;
  readonly maximumBase: bigint;
}

/** What the chain says. What it needed to become active is not kept any longer than that. */
export async function updateFromChain(db: Queryable, mandate: MandateChain): Promise<void> {
  await db.query(
    `update mandate set state = $3, activated_at = $4, maximum_base = $5,
       signature = case when $3 = 'signed' then signature end, permit = case when $3 = 'signed' then permit end
     where network = $1 and hash = $2`,
    [mandate.network, mandate.hash, mandate.state, mandate.activatedAt, mandate.maximumBase],
  );
}

/** The permit that the newest offer of these terms asks for; null where none is needed. */
export async function updatePermit(db: Queryable, mandate: MandateKey, permit: StoredMandate["permit"]): Promise<void> {
  await db.query("update mandate set permit = $3::jsonb where network = $1 and hash = $2 and state = 'proposed'", [
    mandate.network,
    mandate.hash,
    permitText(permit),
  ]);
}
