import { formatUsd } from "@qbitflow/money";
import type { Context, Principal } from "../context.ts";
import { DomainError } from "../errors.ts";
import { readFields } from "../fields.ts";
import { loadMerchant } from "../merchant/index.ts";
import { notFound } from "../tenant.ts";
import { insertSession, type NewSession } from "./insert.ts";
import { readSessionInput, SESSION_PRICE } from "./read-input.ts";
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
      const message = `A payment is at least ${formatUsd(SESSION_PRICE.minMicros)}; this product costs less.`;
      return new DomainError("unprocessable", "unprocessable", message);
    }
    case null:
      return new DomainError("conflict", "conflict", "The product or customer changed at this very moment. Try again.");
  }
}

/** Without a currency to pay in, the link would be a dead end. */
async function requirePayable(ctx: Context, principal: Principal): Promise<void> {
  const { currencies } = await loadMerchant(ctx, principal);
  if (currencies.length > 0) return;
  const message =
    "A customer could pay in no currency. Set a wallet on a network of this mode with `qbitflow wallets set`, and switch a currency on.";
  throw new DomainError("unprocessable", "no_payable_currency", message);
}

/**
 * A new session; row and event in one statement. Throws `validation_failed`, `subscriptions_not_available` (options),
 * `no_payable_currency`, `product_not_found`, `product_inactive`, `customer_not_found`, `unprocessable` (price below a cent).
 */
export async function createSession(ctx: Context, principal: Principal, input: unknown): Promise<CheckoutSession> {
  const { lifetimeMinutes, ...given } = readSessionInput(input);
  if (readFields(input).has("options")) {
    const message = "This server does not offer subscriptions yet. Leave `options` out for a one-time payment.";
    throw new DomainError("unprocessable", "subscriptions_not_available", message);
  }
  await requirePayable(ctx, principal);
  const createdAt = ctx.clock.now();
  const session = {
    ...given,
    uuid: ctx.ids.uuid(),
    organizationId: principal.organizationId,
    test: principal.test,
    userId: principal.userId,
    transactionType: "payment",
    createdAt,
    // Whole seconds, rounded down: the wire says it in seconds, and a quote's deadline must not lie behind it.
    expiresAt: new Date(Math.floor((createdAt.getTime() + lifetimeMinutes * MINUTE_MS) / 1_000) * 1_000),
    minPriceMicros: SESSION_PRICE.minMicros,
  };
  const inserted = await insertSession(ctx.db, session);
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
