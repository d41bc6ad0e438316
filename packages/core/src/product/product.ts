import type { Product as WireProduct } from "@qbitflow/api";
import { microsToJsonNumber } from "@qbitflow/money";

export interface Product {
  /** Counts from 1 in its organization and mode. */
  readonly id: bigint;
  readonly name: string;
  readonly description: string;
  readonly priceMicros: bigint;
  readonly reference: string | null;
  readonly isActive: boolean;
  readonly createdAt: Date;
}

export function productResource(product: Product): WireProduct {
  return {
    id: Number(product.id),
    name: product.name,
    description: product.description,
    price: microsToJsonNumber(product.priceMicros),
    ...(product.reference === null ? {} : { reference: product.reference }),
    createdAt: product.createdAt.toISOString(),
    isActive: product.isActive,
  };
}
