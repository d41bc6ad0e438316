import { examples } from "../examples.ts";
import type { Route } from "../route.ts";
import { UnitsIncrease, UnitsIncreased, UsageEvents, UsageRecorded } from "../usage.ts";

const tag = "Usage";

export const usageRoutes = [
  {
    id: "increaseUnits",
    method: "POST",
    path: "/v1/transaction/subscription/payg/increase-units-current-period",
    auth: "key",
    tag,
    summary: "Add units to the running period of a pay-as-you-go subscription",
    description: "Send an `Idempotency-Key`, so that a repetition counts once.",
    body: UnitsIncrease,
    answer: UnitsIncreased,
    creates: true,
    errors: ["not_found", "subscription_cancelled", "unprocessable"],
    example: {
      body: { subscriptionUUID: examples.uuid, increaseByAmount: 2.5 },
      answer: {
        ...examples.payAsYouGoSubscription,
        message: "The units are counted.",
        currentUnits: 12.5,
        capReached: false,
      },
    },
  },
  {
    id: "recordUsageEvents",
    method: "POST",
    path: "/v1/usage/events",
    auth: "key",
    tag,
    summary: "Report usage: up to 1000 events, all or none",
    description:
      "An `eventId` counts once for the organization and mode: after a failure send the same batch again. What comes late counts in the period that is open when it comes.",
    body: UsageEvents,
    maxBodyBytes: 2_097_152,
    answer: UsageRecorded,
    errors: ["not_found", "usage_event_conflict", "subscription_cancelled", "unprocessable"],
    example: {
      body: {
        events: [
          { eventId: "call-1", subscriptionUUID: examples.uuid, units: 2.5, occurredAt: "2026-01-15T10:00:00Z" },
        ],
      },
      answer: {
        recorded: 1,
        repeated: 0,
        subscriptions: [{ subscriptionUUID: examples.uuid, currentUnits: 12.5, capReached: false }],
      },
    },
  },
] as const satisfies readonly Route[];
