import Type, { type Static } from "typebox";
import { PayAsYouGoSubscription } from "./subscription.ts";

export const UnitsIncrease = Type.Object({
  subscriptionUUID: Type.String({ maxLength: 64 }),
  increaseByAmount: Type.Number({ description: "Units, more than 0; at most 6 decimals." }),
});
export type UnitsIncrease = Static<typeof UnitsIncrease>;

export const UnitsIncreased = Type.Object({
  ...PayAsYouGoSubscription.properties,
  message: Type.String(),
  currentUnits: Type.Number({ description: "Of the running period, these included." }),
  capReached: Type.Boolean({ description: "What is over the most per period is carried to the next bill." }),
});
export type UnitsIncreased = Static<typeof UnitsIncreased>;

export const UsageEvent = Type.Object({
  eventId: Type.String({ minLength: 1, maxLength: 200, description: "Yours; a repeated one is counted once." }),
  subscriptionUUID: Type.String({ maxLength: 64 }),
  units: Type.Number({ description: "More than 0; at most 6 decimals." }),
  occurredAt: Type.String({ format: "date-time" }),
  metadata: Type.Optional(Type.Record(Type.String(), Type.String({ maxLength: 500 }))),
});
export type UsageEvent = Static<typeof UsageEvent>;

export const UsageEvents = Type.Object({ events: Type.Array(UsageEvent, { minItems: 1, maxItems: 1000 }) });
export type UsageEvents = Static<typeof UsageEvents>;

export const UsageRecorded = Type.Object({
  recorded: Type.Integer({ description: "Events that were new." }),
  repeated: Type.Integer({ description: "Events that were known already, and are counted once." }),
  subscriptions: Type.Array(
    Type.Object({
      subscriptionUUID: Type.String(),
      currentUnits: Type.Number({ description: "Of the running period." }),
      capReached: Type.Boolean(),
    }),
  ),
});
export type UsageRecorded = Static<typeof UsageRecorded>;
