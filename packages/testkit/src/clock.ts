import type { Clock } from "@qbitflow/core";

export interface FakeClock extends Clock {
  set(at: Date | string): void;
  advance(ms: number): void;
  /** What test mode may bill up to. */
  billUntil(at: Date | null): void;
}

/** Stands still until it is moved. */
export function fakeClock(at: Date | string = "2026-03-01T12:00:00Z"): FakeClock {
  let now = new Date(at);
  let billingUntil: Date | null = null;
  return {
    now: () => new Date(now),
    testBillingUntil: () => billingUntil,
    billUntil(until) {
      billingUntil = until;
    },
    set(to) {
      now = new Date(to);
    },
    advance(ms) {
      now = new Date(now.getTime() + ms);
    },
  };
}
