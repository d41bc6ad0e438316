import Type, { type Static } from "typebox";

/** A line of the event log: what happened, in order, never changed. */
export const Event = Type.Object({
  id: Type.Integer(),
  type: Type.String(),
  uuid: Type.Optional(Type.String({ description: "The session it happened to." })),
  data: Type.Unknown(),
  createdAt: Type.String({ format: "date-time" }),
});
export type Event = Static<typeof Event>;
