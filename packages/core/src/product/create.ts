import type { Context, Principal } from "../context.ts";
import { readFields } from "../fields.ts";
import type { Tenant } from "../tenant.ts";
import { textRules } from "../text.ts";
import type { Product } from "./product.ts";
import { PRODUCT_PRICE, referenceTaken } from "./rules.ts";
import { insertProduct } from "./store.ts";

/** Throws `validation_failed`, `reference_taken`. */
export async function createProduct(ctx: Context, principal: Principal, input: unknown): Promise<Product> {
  const fields = readFields(input);
  const product = {
    name: fields.text("name", textRules.productName),
    description: fields.text("description", textRules.description),
    priceMicros: fields.price("price", PRODUCT_PRICE),
    reference: fields.optionalText("reference", textRules.reference),
    createdAt: ctx.clock.now(),
    isActive: true,
  };
  fields.done();
  try {
    return await insertProduct(ctx.db, principal, product);
  } catch (error) {
    throw referenceTaken(error);
  }
}

/** Switched off: a subscription of its own texts needs a product, and nothing else may be sold by it. The values were checked. */
export async function createHiddenProduct(
  ctx: Context,
  tenant: Tenant,
  texts: Pick<Product, "name" | "description" | "priceMicros">,
): Promise<Product> {
  const product = { ...texts, reference: null, createdAt: ctx.clock.now(), isActive: false };
  return insertProduct(ctx.db, tenant, product);
}
