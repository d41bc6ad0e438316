import type { Context, Principal } from "../context.ts";
import { readFields } from "../fields.ts";
import { isId, notFound } from "../tenant.ts";
import { textRules } from "../text.ts";
import type { Product } from "./product.ts";
import { PRODUCT_PRICE, referenceTaken } from "./rules.ts";
import { markProductDeleted, updateProductRow } from "./store.ts";

/** Changes what is given; sessions that exist keep what they were made with. Throws `validation_failed`, `not_found`, `reference_taken`. */
export async function updateProduct(
  ctx: Context,
  principal: Principal,
  input: { readonly id: bigint; readonly change: unknown },
): Promise<Product> {
  const { id } = input;
  const fields = readFields(input.change);
  const change = {
    id,
    name: fields.optionalText("name", textRules.productName),
    description: fields.optionalText("description", textRules.description),
    priceMicros: fields.has("price") ? fields.price("price", PRODUCT_PRICE) : null,
    reference: fields.optionalText("reference", textRules.reference),
  };
  fields.done();
  let changed: Product | undefined;
  try {
    changed = isId(id) ? await updateProductRow(ctx.db, principal, change) : undefined;
  } catch (error) {
    throw referenceTaken(error);
  }
  if (!changed) throw notFound("product");
  return changed;
}

/** Its sessions and payments stay; its reference is free again. Throws `not_found`. */
export async function removeProduct(ctx: Context, principal: Principal, id: bigint): Promise<void> {
  const isGone = isId(id) && (await markProductDeleted(ctx.db, principal, { id, at: ctx.clock.now() }));
  if (!isGone) throw notFound("product");
}
