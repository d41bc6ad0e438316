import { increaseUnits, lookAtRates, recordUsageEvents } from "@qbitflow/core";
import { microsToJsonNumber } from "@qbitflow/money";
import { creating } from "../idempotent.ts";
import type { Handlers } from "../register-routes.ts";
import { subscriptionAnswer } from "./subscription.ts";

export const usageHandlers = {
  increaseUnits: async (call) => {
    await lookAtRates(call.server.core, call.principal);
    return creating(call, async (ctx) => {
      const { subscription, capReached } = await increaseUnits(ctx, call.principal, call.body);
      return {
        ...(await subscriptionAnswer(ctx, subscription)),
        message: capReached
          ? "The units are counted. The most per period is reached: what is over it is carried to the next bill."
          : "The units are counted.",
        currentUnits: microsToJsonNumber(subscription.unitsCurrentMicros),
        capReached,
      };
    });
  },
  recordUsageEvents: async ({ server, principal, body }) => {
    const { recorded, repeated, subscriptions } = await recordUsageEvents(server.core, principal, body);
    return {
      recorded,
      repeated,
      subscriptions: subscriptions.map(({ uuid, unitsCurrentMicros, capReached }) => ({
        subscriptionUUID: uuid,
        currentUnits: microsToJsonNumber(unitsCurrentMicros),
        capReached,
      })),
    };
  },
} satisfies Partial<Handlers>;
