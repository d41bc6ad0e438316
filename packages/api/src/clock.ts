import Type, { type Static } from "typebox";
import { durationUnits } from "./mandate.ts";

/** What time it is for the server: the machine's, unless a local server's test clock was moved. */
export const Clock = Type.Object({
  now: Type.String({ format: "date-time", description: "The server's time." }),
  offsetSeconds: Type.Integer({ description: "How far it is ahead of the machine's." }),
  canMove: Type.Boolean({ description: "True on a local server." }),
  moving: Type.Boolean({ description: "An advance is under way." }),
  from: Type.Optional(Type.String({ format: "date-time", description: "Where the advance began." })),
  target: Type.Optional(Type.String({ format: "date-time", description: "Where it goes." })),
  waitingFor: Type.Optional(Type.String({ description: "What the advance has been waiting for, where it stands." })),
  stoppedBecause: Type.Optional(
    Type.String({ description: "Why the last advance ended before it was there. Gone when the next one begins." }),
  ),
});
export type Clock = Static<typeof Clock>;

/** `value` and `unit`, or `to`. */
export const ClockAdvance = Type.Object({
  value: Type.Optional(Type.Integer({ minimum: 1 })),
  unit: Type.Optional(Type.Enum([...durationUnits])),
  to: Type.Optional(Type.String({ maxLength: 40, description: "RFC 3339." })),
});
export type ClockAdvance = Static<typeof ClockAdvance>;
