import type { Clock } from "@qbitflow/core";

/** This machine's time, wherever the test clock stands: signatures' timestamps, caches, prices. */
export const wallClock: Clock = { now: () => new Date(), testBillingUntil: () => null };
