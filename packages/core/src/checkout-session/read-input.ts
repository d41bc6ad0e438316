import { MICROS_PER_USD } from "@qbitflow/money";
import type { Fields, PriceRule } from "../fields.ts";
import { readFields } from "../fields.ts";
import { readMetadata } from "../metadata.ts";
import { textRules } from "../text.ts";
import { isUuid } from "../uuid.ts";
import { readOptions, type SessionOptions, UNIT_PRICE } from "./options.ts";

/** What one payment may cost. */
export const SESSION_PRICE: PriceRule = { minMicros: MICROS_PER_USD / 100n, maxMicros: 1_000_000n * MICROS_PER_USD };

const LIFETIME_MINUTES = { min: 10, max: 1_440 };

export interface SessionInput {
  readonly productId: bigint | null;
  /** The three are there exactly when productId is not. */
  readonly productName: string | null;
  readonly description: string | null;
  readonly priceMicros: bigint | null;
  readonly customerUuid: string | null;
  readonly successUrl: string | null;
  readonly cancelUrl: string | null;
  readonly webhookUrl: string | null;
  readonly reference: string | null;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly lifetimeMinutes: number;
  readonly options: SessionOptions | null;
}

/** A payment, and a period of a fixed subscription, is at least a cent; a unit may cost less. */
export const priceRuleOf = (options: SessionOptions | null): PriceRule =>
  options?.kind === "payAsYouGo" ? UNIT_PRICE : SESSION_PRICE;

function readProduct(fields: Fields, rule: PriceRule) {
  const custom = ["productName", "description", "price"].filter((name) => fields.has(name));
  if (!fields.has("productId")) {
    if (custom.length === 0) {
      fields.problem("productId", "is required, or productName, description and price instead");
    }
    const isEmpty = custom.length === 0;
    return {
      productId: null,
      productName: isEmpty ? null : fields.text("productName", textRules.productName),
      description: isEmpty ? null : fields.text("description", textRules.description),
      priceMicros: isEmpty ? null : fields.price("price", rule),
    };
  }
  for (const name of custom) fields.problem(name, "must be left out when productId is given");
  const productId = BigInt(fields.integer("productId", { min: 1, max: Number.MAX_SAFE_INTEGER }));
  return { productId, productName: null, description: null, priceMicros: null };
}

/** Two spellings are in use. An empty text is what an older client sends for none. */
function readCustomerUuid(fields: Fields): string | null {
  const given = ["customerUUID", "customerUuid"].filter((name) => fields.has(name) && fields.raw(name) !== "");
  for (const name of given) if (!isUuid(fields.raw(name))) fields.problem(name, "must be a customer's uuid");
  const values = new Set(given.map((name) => String(fields.raw(name)).toLowerCase()));
  if (values.size > 1) fields.problem("customerUUID", "and customerUuid must not name two customers");
  const [first] = values;
  return first !== undefined && isUuid(first) ? first : null;
}

/** Reads what a merchant sent; all that is wrong is told at once. Throws `validation_failed`. */
export function readSessionInput(input: unknown, mode: { readonly test: boolean }): SessionInput {
  const fields = readFields(input);
  const options = readOptions(fields, mode);
  const session = {
    ...readProduct(fields, priceRuleOf(options)),
    customerUuid: readCustomerUuid(fields),
    successUrl: fields.optionalUrl("successUrl"),
    cancelUrl: fields.optionalUrl("cancelUrl"),
    webhookUrl: fields.optionalUrl("webhookUrl"),
    reference: fields.optionalText("reference", textRules.reference),
    metadata: readMetadata(fields),
    lifetimeMinutes: fields.optionalInteger("expiresInMinutes", LIFETIME_MINUTES) ?? LIFETIME_MINUTES.max,
    options,
  };
  fields.done();
  return session;
}
