import { formatUsd } from "@qbitflow/money";
import type { Context, Principal } from "../context.ts";
import { DomainError } from "../errors.ts";
import { lookAtPrices, requirePayableByMandate } from "../mandate/payable.ts";
import { loadMerchant } from "../merchant/index.ts";
import { createHiddenProduct } from "../product/index.ts";
import { notFound } from "../tenant.ts";
import { type InsertedSession, insertSession, insertSubscriptionSession, type NewSession } from "./insert.ts";
import type { SessionOptions } from "./options.ts";
import { priceRuleOf, readSessionInput } from "./read-input.ts";
import type { CheckoutSession } from "./session.ts";
import { findObstacle } from "./store.ts";

const MINUTE_MS = 60_000;

async function whyNotMade(ctx: Context, session: NewSession): Promise<DomainError> {
  switch (await findObstacle(ctx.db, session)) {
    case "product_not_found":
      return notFound("product", "product_not_found");
    case "customer_not_found":
      return notFound("customer", "customer_not_found");
    case "product_inactive":
      return new DomainError("unprocessable", "product_inactive", "This product is switched off and cannot be sold.");
    case "product_too_cheap": {
      const message = `A price is at least ${formatUsd(priceRuleOf(session.options).minMicros)}; this product costs less.`;
      return new DomainError("unprocessable", "unprocessable", message);
    }
    case null:
      return new DomainError("conflict", "conflict", "The product or customer changed at this very moment. Try again.");
  }
}

/** Without a currency to pay in, the link would be a dead end. */
async function requirePayable(ctx: Context, principal: Principal, options: SessionOptions | null): Promise<void> {
  const merchant = await loadMerchant(ctx, principal);
  if (options !== null) return requirePayableByMandate(ctx, merchant);
  const { currencies } = merchant;
  if (currencies.length > 0) return;
  const message =
    "A customer could pay in no currency. Set a wallet on a network of this mode with `qbitflow wallets set`, and switch a currency on.";
  throw new DomainError("unprocessable", "no_payable_currency", message);
}

const transactionTypes = { subscription: "createSubscription", payAsYouGo: "createPAYGSubscription" } as const;

type Inserted = InsertedSession & { readonly productId: bigint | null };

/** Clients need a subscription's product: one is made of a session's own texts, switched off, so that it sells nothing else. */
async function insertWithProduct(ctx: Context, session: NewSession): Promise<Inserted | undefined> {
  return ctx.db.transaction(async (tx) => {
    const txCtx = { ...ctx, db: tx };
    const { productName, description, priceMicros } = session;
    const isCustom = productName !== null && description !== null && priceMicros !== null;
    const made = isCustom
      ? await createHiddenProduct(txCtx, session, { name: productName, description, priceMicros })
      : undefined;
    const productId = made?.id ?? session.productId;
    const inserted = await insertSubscriptionSession(tx, { ...session, productId });
    // The customer is not there: the product goes with the transaction.
    if (!inserted) throw await whyNotMade(txCtx, session);
    return { ...inserted, productId };
  });
}

async function insert(ctx: Context, session: NewSession): Promise<Inserted | undefined> {
  if (session.options !== null) return insertWithProduct(ctx, session);
  const inserted = await insertSession(ctx.db, session);
  return inserted && { ...inserted, productId: session.productId };
}

/**
 * What `createSession` asks of chains and exchanges, asked before: call it where that runs in a transaction. Says nothing
 * of the input.
 */
export async function prepareSession(ctx: Context, principal: Principal, input: unknown): Promise<void> {
  const isSubscription = typeof input === "object" && input !== null && "options" in input;
  if (isSubscription) await lookAtPrices(ctx, await loadMerchant(ctx, principal));
}

/**
 * A new session; a one-time one is row and event in one statement. Throws `validation_failed`, `no_payable_currency`,
 * `product_not_found`, `product_inactive`, `customer_not_found`, `unprocessable` (price below a cent).
 */
export async function createSession(ctx: Context, principal: Principal, input: unknown): Promise<CheckoutSession> {
  const { lifetimeMinutes, ...given } = readSessionInput(input, principal);
  const { options } = given;
  await requirePayable(ctx, principal, options);
  const createdAt = ctx.clock.now();
  const session = {
    ...given,
    uuid: ctx.ids.uuid(),
    organizationId: principal.organizationId,
    test: principal.test,
    userId: principal.userId,
    transactionType: options === null ? "payment" : transactionTypes[options.kind],
    createdAt,
    // Whole seconds, rounded down: the wire says it in seconds, and a quote's deadline must not lie behind it.
    expiresAt: new Date(Math.floor((createdAt.getTime() + lifetimeMinutes * MINUTE_MS) / 1_000) * 1_000),
    minPriceMicros: priceRuleOf(options).minMicros,
  };
  const inserted = await insert(ctx, session);
  if (!inserted) throw await whyNotMade(ctx, session);
  const { minPriceMicros: _bound, ...kept } = session;
  return {
    ...kept,
    ...inserted,
    status: "created",
    statusMessage: null,
    statusSequence: 0,
    transactionHash: null,
    browserTokenHash: null,
    customerMadeHere: false,
    completedAt: null,
  };
}
