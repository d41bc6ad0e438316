import type { Hex, Network } from "@qbitflow/chains";
import { splitFees } from "@qbitflow/money";
import type { Context } from "../context.ts";
import type { Payable } from "./scripted-chain.testing.ts";

/** A session and its quotes as tests know them. */
export interface TestSession {
  readonly uuid: string;
  readonly expiresAt: Date;
  readonly quotes: readonly TestQuote[];
}

export interface TestQuote {
  readonly network: string;
  readonly termsHash: Hex;
  readonly merchant: string;
  readonly token: string;
  readonly amountBase: bigint;
  readonly feeBps: number;
  readonly organizationFeeBps: number;
}

const ZERO = "0x0000000000000000000000000000000000000000";
const MERCHANT = "0x00000000000000000000000000000000000000Aa";

/** An organization (1) with a default webhook URL, a user (1) and wallets: what sessions stand on. */
export async function seedOrganization(ctx: Context, webhookUrl: string | null): Promise<void> {
  const now = ctx.clock.now();
  const { db } = ctx;
  await db.query("insert into organization (name, created_at) values ('Shop', $1)", [now]);
  await db.query(
    `insert into organization_mode (organization_id, test, default_webhook_url, webhook_secret_sealed)
     values (1, true, $1, $2), (1, false, $1, $2)`,
    [webhookUrl, ctx.secrets.seal(`whsec_${Buffer.alloc(32, 7).toString("base64")}`)],
  );
  await db.query(
    `insert into app_user (organization_id, name, last_name, email, role, created_at, updated_at)
     values (1, 'A', 'B', 'a@shop.example', 'owner', $1, $1)`,
    [now],
  );
  for (const { network } of ctx.chains.values()) {
    await db.query("insert into wallet (organization_id, network, address, created_at) values (1, $1, $2, $3)", [
      network.slug,
      MERCHANT,
      now,
    ]);
  }
}

export interface SessionOptions {
  readonly networks: readonly Network[];
  readonly priceMicros?: bigint;
  readonly expiresInMs?: number;
  readonly webhookUrl?: string | null;
}

let count = 0;

/** A session with two quotes on each network: one in the coin, one in the first token. */
export async function seedSession(ctx: Context, options: SessionOptions): Promise<TestSession> {
  const uuid = ctx.ids.uuid();
  const now = ctx.clock.now();
  const expiresAt = new Date(now.getTime() + (options.expiresInMs ?? 86_400_000));
  await ctx.db.query(
    `insert into checkout_session (uuid, organization_id, test, user_id, transaction_type, product_name, description,
       price_micros, webhook_url, created_at, expires_at)
     values ($1, 1, $2, 1, 'payment', 'A thing', 'What it is', $3, $4, $5, $6)`,
    [
      uuid,
      options.networks[0]?.test ?? true,
      options.priceMicros ?? 25_000_000n,
      options.webhookUrl ?? null,
      now,
      expiresAt,
    ],
  );
  const quotes: TestQuote[] = [];
  for (const network of options.networks) {
    const currencies = [
      { id: network.nativeCurrency.id, address: ZERO },
      { id: network.tokens[0]?.id ?? 0, address: network.tokens[0]?.address ?? ZERO },
    ];
    for (const { id, address } of currencies) {
      count += 1;
      const quote: TestQuote = {
        network: network.slug,
        termsHash: `0xaa${count.toString(16).padStart(62, "0")}`,
        merchant: MERCHANT,
        token: address,
        amountBase: 10_000_019n,
        feeBps: 100,
        organizationFeeBps: 50,
      };
      await seedQuote(ctx, { uuid, currencyId: id, quote, expiresAt });
      quotes.push(quote);
    }
  }
  return { uuid, expiresAt, quotes };
}

async function seedQuote(
  ctx: Context,
  { uuid, currencyId, quote, expiresAt }: { uuid: string; currencyId: number; quote: TestQuote; expiresAt: Date },
): Promise<void> {
  await ctx.db.query(
    `insert into quote (session_uuid, currency_id, network, contract, terms_hash, merchant, token, amount_base,
       fee_recipient, fee_bps, organization, organization_fee_bps, rate_e18, rate_sources, rated_at, created_at, expires_at)
     values ($1, $2, $3, '0xc0de', $4, $5, $6, $7, '0xfee', $8, '0x0rg', $9, 1, '[]', $10, $10, $11)`,
    [
      ...[uuid, currencyId, quote.network, quote.termsHash, quote.merchant, quote.token, String(quote.amountBase)],
      ...[quote.feeBps, quote.organizationFeeBps, ctx.clock.now(), expiresAt],
    ],
  );
}

let transactions = 0;

/** A transaction that pays a quote to the letter, or with the given differences. */
export function pay(uuid: string, quote: TestQuote, change: Partial<Payable> = {}): Payable {
  transactions += 1;
  const amountBase = change.amountBase ?? quote.amountBase;
  const { feeBase, organizationFeeBase, merchantBase } = splitFees({ ...quote, amountBase });
  return {
    transactionHash: `0xbb${transactions.toString(16).padStart(62, "0")}`,
    logIndex: 0,
    contract: "0xc0de",
    uuid,
    termsHash: quote.termsHash,
    payer: "0x00000000000000000000000000000000000000bB",
    merchant: quote.merchant,
    token: quote.token,
    amountBase,
    feeBase,
    organizationFeeBase,
    merchantReceivedBase: merchantBase,
    ...change,
  };
}
