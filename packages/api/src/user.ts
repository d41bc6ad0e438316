import Type, { type Static } from "typebox";

export const User = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  lastName: Type.String(),
  email: Type.String(),
  createdAt: Type.String({ format: "date-time" }),
  updatedAt: Type.String({ format: "date-time" }),
  updateAt: Type.String({ format: "date-time", description: "The same as updatedAt: a 1.x client reads this name." }),
  organizationId: Type.Integer(),
  role: Type.Enum(["owner", "admin", "user"]),
  organizationFeeBps: Type.Integer({ minimum: 0, maximum: 1000 }),
});
export type User = Static<typeof User>;

export const UserCreate = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  lastName: Type.String({ minLength: 1, maxLength: 100 }),
  email: Type.String({ minLength: 3, maxLength: 254 }),
  password: Type.String({ minLength: 10, maxLength: 200 }),
  role: Type.Enum(["admin", "user"]),
  organizationFeeBps: Type.Integer({ minimum: 0, maximum: 1000 }),
});
export type UserCreate = Static<typeof UserCreate>;
