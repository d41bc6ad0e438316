import Type, { type Static } from "typebox";

export const ApiKey = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  organizationId: Type.Integer(),
  userId: Type.Integer(),
  createdAt: Type.String({ format: "date-time" }),
  expiresAt: Type.Optional(Type.String({ format: "date-time" })),
  role: Type.Enum(["owner", "admin", "user"]),
  test: Type.Boolean(),
});
export type ApiKey = Static<typeof ApiKey>;

export const ApiKeyCreate = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  userId: Type.Integer({ minimum: 1 }),
  expiresAt: Type.Optional(Type.String({ format: "date-time" })),
  test: Type.Boolean(),
});
export type ApiKeyCreate = Static<typeof ApiKeyCreate>;

/** The only time `key` is shown. */
export const ApiKeyCreated = Type.Object({ data: ApiKey, key: Type.String() });
export type ApiKeyCreated = Static<typeof ApiKeyCreated>;
