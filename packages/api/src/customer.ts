import Type, { type Static } from "typebox";

export const Customer = Type.Object({
  uuid: Type.String(),
  name: Type.String(),
  lastName: Type.String(),
  email: Type.String(),
  phoneNumber: Type.Optional(Type.String()),
  address: Type.Optional(Type.String()),
  reference: Type.Optional(Type.String()),
  createdAt: Type.String({ format: "date-time" }),
});
export type Customer = Static<typeof Customer>;

export const CustomerCreate = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  lastName: Type.String({ minLength: 1, maxLength: 100 }),
  email: Type.String({ minLength: 3, maxLength: 254 }),
  phoneNumber: Type.Optional(Type.String({ maxLength: 40 })),
  address: Type.Optional(Type.String({ maxLength: 500 })),
  reference: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: "Your own id; unique." })),
});
export type CustomerCreate = Static<typeof CustomerCreate>;

/** What is left out stays as it is. */
export const CustomerUpdate = Type.Partial(CustomerCreate);
export type CustomerUpdate = Static<typeof CustomerUpdate>;

/** `PUT /customer/`: the 1.x clients name the customer in the body. */
export const CustomerUpdateByBody = Type.Object({
  uuid: Type.String({ minLength: 1, maxLength: 64 }),
  ...CustomerUpdate.properties,
});
export type CustomerUpdateByBody = Static<typeof CustomerUpdateByBody>;
