import Type, { type Static } from "typebox";
import { WireRole } from "./user.ts";

export const ApiKey = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  organizationId: Type.Integer(),
  userId: Type.Integer(),
  createdAt: Type.String({ format: "date-time" }),
  expiresAt: Type.Optional(Type.String({ format: "date-time" })),
  role: WireRole,
  test: Type.Boolean(),
});
export type ApiKey = Static<typeof ApiKey>;

export const ApiKeyCreate = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  userId: Type.Integer({ minimum: 1 }),
  expiresAt: Type.Optional(Type.String({ format: "date-time", description: "In the future; never, when left out." })),
  test: Type.Boolean(),
});
export type ApiKeyCreate = Static<typeof ApiKeyCreate>;

/** The only time `key` is shown. */
export const ApiKeyCreated = Type.Object({
  data: ApiKey,
  key: Type.String(),
  id: Type.Integer({ description: "The same as data.id: a 1.x client reads it here." }),
  prefix: Type.String({ description: "The key without its secret, for 1.x clients." }),
});
export type ApiKeyCreated = Static<typeof ApiKeyCreated>;
