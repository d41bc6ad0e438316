import {
  createProduct,
  getProduct,
  getProductByReference,
  listProducts,
  productResource,
  removeProduct,
  updateProduct,
} from "@qbitflow/core";
import { creating } from "../idempotent.ts";
import { numberId } from "../path-ids.ts";
import type { Handlers } from "../register-routes.ts";

export const productHandlers = {
  createProduct: (call) =>
    creating(call, async (ctx) => productResource(await createProduct(ctx, call.principal, call.body))),
  listProducts: async ({ server, principal }) => (await listProducts(server.core, principal)).map(productResource),
  getProduct: async ({ server, principal, params }) =>
    productResource(await getProduct(server.core, principal, numberId(params.id ?? "", "product"))),
  getProductByReference: async ({ server, principal, params }) =>
    productResource(await getProductByReference(server.core, principal, params.reference ?? "")),
  updateProduct: async ({ server, principal, params, body }) =>
    productResource(
      await updateProduct(server.core, principal, { id: numberId(params.id ?? "", "product"), change: body }),
    ),
  deleteProduct: async ({ server, principal, params }) => {
    await removeProduct(server.core, principal, numberId(params.id ?? "", "product"));
    return { message: `Product ${params.id} is deleted.` };
  },
} satisfies Partial<Handlers>;
