import Type, { type Static } from "typebox";
import { ListQuery } from "./list.ts";

/** A line of the event log: what happened, in order, never changed. */
export const Event = Type.Object({
  id: Type.Integer(),
  type: Type.String(),
  uuid: Type.Optional(Type.String({ description: "The session it happened to." })),
  data: Type.Record(Type.String(), Type.Unknown(), { description: "By type: docs/events.md." }),
  createdAt: Type.String({ format: "date-time" }),
});
export type Event = Static<typeof Event>;

export const EventQuery = Type.Object({
  ...ListQuery.properties,
  type: Type.Optional(Type.String({ maxLength: 100, description: "Only events of this type." })),
  uuid: Type.Optional(Type.String({ maxLength: 64, description: "Only what happened to this session." })),
});
export type EventQuery = Static<typeof EventQuery>;
