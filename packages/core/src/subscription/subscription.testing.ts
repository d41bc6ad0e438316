import type { SeededMerchant, TestContext } from "@qbitflow/testkit";
import type { ChargeFact } from "./charge-fact.ts";
import { type StartInput, type StartSession, startSubscription } from "./start.ts";
import type { Subscription } from "./subscription.ts";

export const NETWORK = "testnet-a";
const CURRENCY_ID = 9_002;
const ADDRESS = `0x${"ab".repeat(20)}`;

/** A session, customer and active mandate as rows, for tests of what comes after. */
export interface Seeding {
  readonly options?: Partial<NonNullable<StartSession["options"]>>;
  readonly priceMicros?: bigint;
  readonly start?: Partial<Omit<StartInput, "session">>;
  /** False: the customer authorises later. */
  readonly isAuthorised?: boolean;
  readonly maximumBase?: bigint;
  readonly webhookUrl?: string | null;
}

let count = 0;

export async function seedMandate(
  ctx: TestContext,
  { uuid, kind, maximumBase = 1_000_000_000n }: { uuid: string; kind: "fixed" | "payAsYouGo"; maximumBase?: bigint },
): Promise<string> {
  const hash = `0x${(++count).toString(16).padStart(64, "0")}`;
  await ctx.db.query(
    `insert into mandate (network, hash, contract, uuid, currency_id, subscriber, merchant, token, max_per_period_base,
       price_micros, kind, period_unit, period_length, first_charge_at, fee_recipient, max_fee_bps, organization,
       organization_fee_bps, registry, max_execution_fee_base, nonce, state, maximum_base, rate_e18, rate_sources, created_at)
     values ($1, $2, $3, $4, $5, $3, $3, $3, $6, 1, $7, 'months', 1, $8, $3, 0, $3, 0, $3, 0, $9, 'active', $6,
       1000000000000000000, '[]', $8)`,
    [NETWORK, hash, ADDRESS, uuid, CURRENCY_ID, String(maximumBase), kind, ctx.clock.now(), String(count)],
  );
  return hash;
}

export function chargeFact(
  ctx: TestContext,
  change: Partial<ChargeFact> & Pick<ChargeFact, "uuid" | "mandateHash">,
): ChargeFact {
  return {
    type: "charged",
    network: NETWORK,
    periodIndex: 0,
    amountBase: 25_000_000n,
    feeBase: 0n,
    organizationFeeBase: 0n,
    executionFeeBase: 0n,
    transactionHash: `0x${(++count).toString(16).padStart(64, "f")}`,
    blockNumber: 1,
    minedAt: ctx.clock.now(),
    ...change,
  };
}

/** A subscription as an activation leaves it: a fixed one without trial with its first bill paid. Monthly, 25 USD. */
export async function seedSubscription(
  ctx: TestContext,
  merchant: SeededMerchant,
  seeding: Seeding = {},
): Promise<Subscription> {
  const { organizationId, userId, test } = merchant.principal;
  const [customerUuid, uuid] = [ctx.ids.uuid(), ctx.ids.uuid()];
  const now = ctx.clock.now();
  const options = { kind: "subscription", frequency: { unit: "months", length: 1 }, ...seeding.options } as const;
  const { priceMicros = 25_000_000n, webhookUrl = "https://shop.example/hook" } = seeding;
  await ctx.db.query(
    "insert into customer (uuid, organization_id, test, name, created_at) values ($1, $2, $3, 'Carla', $4)",
    [customerUuid, organizationId, test, now],
  );
  await ctx.db.query(
    `insert into checkout_session (uuid, organization_id, test, user_id, transaction_type, product_name, description,
       price_micros, created_at, expires_at) values ($1, $2, $3, $4, 'createSubscription', 'Plan', '', $5, $6, $6)`,
    [uuid, organizationId, test, userId, priceMicros, now],
  );
  const isFixed = options.kind === "subscription";
  const { isAuthorised = true, maximumBase } = seeding;
  const kind = isFixed ? "fixed" : "payAsYouGo";
  const hash = isAuthorised
    ? await seedMandate(ctx, { uuid, kind, ...(maximumBase === undefined ? {} : { maximumBase }) })
    : null;
  const trialEndsAt = seeding.start?.trialEndsAt ?? null;
  const paysAtOnce = isFixed && trialEndsAt === null && hash !== null;
  return ctx.db.transaction((tx) =>
    startSubscription(
      { ...ctx, db: tx },
      {
        session: {
          ...{ uuid, organizationId, userId, test, customerUuid, priceMicros, webhookUrl, options },
          ...{
            productId: merchant.product.id,
            productName: "Plan",
            description: "",
            reference: "sub-1",
            metadata: null,
          },
        },
        mandate: hash === null ? null : { network: NETWORK, hash },
        startedAt: now,
        trialEndsAt,
        firstCharge: paysAtOnce ? chargeFact(ctx, { uuid, mandateHash: hash }) : null,
        ...seeding.start,
      },
    ),
  );
}
