import type { Context, Principal } from "../context.ts";
import { readFields } from "../fields.ts";
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
  };
  fields.done();
  try {
    return await insertProduct(ctx.db, principal, product);
  } catch (error) {
    throw referenceTaken(error);
  }
}
