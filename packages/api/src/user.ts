import Type, { type Static } from "typebox";

/** An owner is answered as `admin`: decoders of 1.x clients know these two. */
export const WireRole = Type.Enum(["admin", "user"]);

export const User = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  lastName: Type.String(),
  email: Type.String(),
  createdAt: Type.String({ format: "date-time" }),
  updatedAt: Type.String({ format: "date-time" }),
  updateAt: Type.String({ format: "date-time", description: "The same as updatedAt: a 1.x client reads this name." }),
  organizationId: Type.Integer(),
  role: WireRole,
  isOwner: Type.Boolean({ description: "An owner's role reads `admin`; this tells the two apart." }),
  organizationFeeBps: Type.Integer({ minimum: 0, maximum: 1000 }),
});
export type User = Static<typeof User>;

const userFields = {
  name: Type.String({ minLength: 1, maxLength: 100 }),
  lastName: Type.String({ minLength: 1, maxLength: 100 }),
  email: Type.String({ minLength: 3, maxLength: 254 }),
  password: Type.String({ minLength: 8, maxLength: 200 }),
};
const organizationFeeBps = Type.Integer({
  minimum: 0,
  maximum: 1000,
  description: "What the organization keeps of this user's payments, in hundredths of a percent.",
});

export const UserCreate = Type.Object({
  ...userFields,
  role: Type.Enum(["admin", "user"]),
  organizationFeeBps: Type.Optional(organizationFeeBps),
});
export type UserCreate = Static<typeof UserCreate>;

/** What is left out stays as it is. */
export const UserUpdate = Type.Partial(Type.Object({ ...userFields, organizationFeeBps }));
export type UserUpdate = Static<typeof UserUpdate>;
