import type { Queryable } from "@qbitflow/db";
import type { Quote } from "./quote.ts";

const COLUMNS = `id, session_uuid as "sessionUuid", currency_id as "currencyId", network, contract,
  terms_hash as "termsHash", merchant, token, amount_base as "amountBase", fee_recipient as "feeRecipient",
  fee_bps as "feeBps", organization, organization_fee_bps as "organizationFeeBps", rate_e18 as "rateE18",
  rate_sources as "rateSources", gasless, rated_at as "ratedAt", created_at as "createdAt", expires_at as "expiresAt"`;

type QuoteRow = Omit<Quote, "amountBase" | "rateE18"> & { readonly amountBase: string; readonly rateE18: string };

const toQuote = (row: QuoteRow): Quote => ({
  ...row,
  amountBase: BigInt(row.amountBase),
  rateE18: BigInt(row.rateE18),
});

/** The same terms are the same promise: a quote with their hash that is there already is given back as it is. */
export async function insertQuote(db: Queryable, quote: Omit<Quote, "id">): Promise<Quote> {
  const [row] = await db.query<QuoteRow>(
    `insert into quote (session_uuid, currency_id, network, contract, terms_hash, merchant, token, amount_base,
       fee_recipient, fee_bps, organization, organization_fee_bps, rate_e18, rate_sources, gasless, rated_at, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::jsonb, $15::jsonb, $16, $17, $18)
     on conflict (session_uuid, terms_hash) do update set terms_hash = excluded.terms_hash
     returning ${COLUMNS}`,
    [
      quote.sessionUuid,
      quote.currencyId,
      quote.network,
      quote.contract,
      quote.termsHash,
      quote.merchant,
      quote.token,
      quote.amountBase,
      quote.feeRecipient,
      quote.feeBps,
      quote.organization,
      quote.organizationFeeBps,
      quote.rateE18,
      JSON.stringify(quote.rateSources),
      quote.gasless === null ? null : JSON.stringify(quote.gasless),
      quote.ratedAt,
      quote.createdAt,
      quote.expiresAt,
    ],
  );
  return toQuote(row as QuoteRow);
}

/** The session's quote that lasts longest beyond `after`; of one currency, where one is named. */
export async function findStandingQuote(
  db: Queryable,
  of: { readonly sessionUuid: string; readonly currencyId: number | null; readonly after: Date },
): Promise<Quote | undefined> {
  const [row] = await db.query<QuoteRow>(
    `select ${COLUMNS} from quote
     where session_uuid = $1 and ($2::int is null or currency_id = $2) and expires_at > $3
     order by expires_at desc, id desc limit 1`,
    [of.sessionUuid, of.currencyId, of.after],
  );
  return row && toQuote(row);
}

/** The session's quote that was offered to be paid by signatures over this hash, in any letter case. */
export async function findQuoteByGaslessHash(
  db: Queryable,
  of: { readonly sessionUuid: string; readonly gaslessHash: string },
): Promise<Quote | undefined> {
  const [row] = await db.query<QuoteRow>(
    `select ${COLUMNS} from quote where session_uuid = $1 and gasless ->> 'gaslessHash' = lower($2)`,
    [of.sessionUuid, of.gaslessHash],
  );
  return row && toQuote(row);
}

/** The session's quote of these terms, in any letter case. */
export async function findQuoteByTermsHash(
  db: Queryable,
  of: { readonly sessionUuid: string; readonly termsHash: string },
): Promise<Quote | undefined> {
  const [row] = await db.query<QuoteRow>(
    `select ${COLUMNS} from quote where session_uuid = $1 and terms_hash = lower($2)`,
    [of.sessionUuid, of.termsHash],
  );
  return row && toQuote(row);
}

export async function findQuotesById(db: Queryable, ids: readonly bigint[]): Promise<Quote[]> {
  const rows = await db.query<QuoteRow>(`select ${COLUMNS} from quote where id = any($1::bigint[])`, [ids]);
  return rows.map(toQuote);
}
