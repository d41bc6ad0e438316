import Type from "typebox";
import { examples } from "../examples.ts";
import { Message } from "../message.ts";
import { Product, ProductCreate, ProductUpdate } from "../product.ts";
import type { Route } from "../route.ts";

const tag = "Products";
const body = { name: "T-shirt", description: "Black, size M", price: 25 };

export const productRoutes = [
  {
    id: "createProduct",
    method: "POST",
    path: "/v1/product",
    auth: "key",
    tag,
    summary: "Create a product",
    body: ProductCreate,
    answer: Product,
    creates: true,
    errors: ["reference_taken"],
    example: { body, answer: examples.product },
  },
  {
    id: "listProducts",
    method: "GET",
    path: "/v1/product",
    auth: "key",
    tag,
    summary: "All products, as a bare array",
    answer: Type.Array(Product),
    errors: [],
    example: { answer: [examples.product] },
  },
  {
    id: "getProduct",
    method: "GET",
    path: "/v1/product/id/:id",
    auth: "key",
    tag,
    summary: "A product by its id",
    answer: Product,
    errors: ["not_found"],
    example: { answer: examples.product },
  },
  {
    id: "getProductByReference",
    method: "GET",
    path: "/v1/product/reference/:reference",
    auth: "key",
    tag,
    summary: "A product by your own reference",
    answer: Product,
    errors: ["not_found"],
    example: { answer: { ...examples.product, reference: "shirt-m" } },
  },
  {
    id: "updateProduct",
    method: "PUT",
    path: "/v1/product/:id",
    auth: "key",
    tag,
    summary: "Change a product",
    description: "What is left out stays as it is. Sessions that exist keep their price.",
    body: ProductUpdate,
    answer: Product,
    errors: ["not_found", "reference_taken"],
    example: { body: { ...body, price: 27.5 }, answer: { ...examples.product, price: 27.5 } },
  },
  {
    id: "deleteProduct",
    method: "DELETE",
    path: "/v1/product/:id",
    auth: "key",
    tag,
    summary: "Delete a product",
    answer: Message,
    errors: ["not_found"],
    example: { answer: { message: "Product 1 is deleted." } },
  },
] as const satisfies readonly Route[];
