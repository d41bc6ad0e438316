export { createHiddenProduct, createProduct } from "./create.ts";
export { getProduct, getProductByReference, listProducts } from "./get.ts";
export { type Product, productResource } from "./product.ts";
export { removeProduct, updateProduct } from "./update.ts";
