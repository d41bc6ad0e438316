import type { Context, Principal } from "../context.ts";
import { isId, notFound } from "../tenant.ts";
import { textProblem, textRules } from "../text.ts";
import type { Product } from "./product.ts";
import { findProduct, findProductByReference, findProducts } from "./store.ts";

/** Throws `not_found`. */
export async function getProduct(ctx: Context, principal: Principal, id: bigint): Promise<Product> {
  const product = isId(id) ? await findProduct(ctx.db, principal, id) : undefined;
  if (!product) throw notFound("product");
  return product;
}

/** Throws `not_found`. */
export async function getProductByReference(ctx: Context, principal: Principal, reference: string): Promise<Product> {
  const isPossible = textProblem(reference, textRules.reference) === null;
  const product = isPossible ? await findProductByReference(ctx.db, principal, reference) : undefined;
  if (!product) throw notFound("product");
  return product;
}

/** All products that were not deleted, oldest first. */
export async function listProducts(ctx: Context, principal: Principal): Promise<Product[]> {
  return findProducts(ctx.db, principal);
}
