import Type, { type Static } from "typebox";

export const Product = Type.Object({
  id: Type.Integer({ description: "Counts from 1 in each organization and mode." }),
  name: Type.String(),
  description: Type.String(),
  price: Type.Number({ description: "USD, exact to 6 decimals." }),
  reference: Type.Optional(Type.String()),
  createdAt: Type.String({ format: "date-time" }),
  isActive: Type.Boolean(),
});
export type Product = Static<typeof Product>;

const productFields = {
  name: Type.String({ minLength: 1, maxLength: 200 }),
  description: Type.String({ maxLength: 2000 }),
  price: Type.Number({ description: "USD, 0.000001 to 1 000 000; at most 6 decimals." }),
};

export const ProductCreate = Type.Object({
  ...productFields,
  reference: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: "Your own id; unique." })),
});
export type ProductCreate = Static<typeof ProductCreate>;

/** What is left out stays as it is. */
export const ProductUpdate = Type.Partial(ProductCreate);
export type ProductUpdate = Static<typeof ProductUpdate>;
