import type { Clock } from "../context.ts";

/** What is stored of the clock, as far as telling the time needs it. */
export interface ClockSetting {
  /** How far ahead of the machine's time. */
  readonly offsetMs: number;
  readonly billingUntil: Date | null;
}

/** The local server's clock: the machine's, moved forward. It follows the stored setting and never goes back. */
export interface TestClock extends Clock {
  offsetMs(): number;
  follow(setting: ClockSetting): void;
}

export function createTestClock(wallClock: Pick<Clock, "now">): TestClock {
  let offsetMs = 0;
  let billingUntil: Date | null = null;
  return {
    now: () => new Date(wallClock.now().getTime() + offsetMs),
    testBillingUntil: () => billingUntil,
    offsetMs: () => offsetMs,
    follow(setting) {
      // What was read before a move may arrive after it.
      offsetMs = Math.max(offsetMs, setting.offsetMs);
      if (billingUntil === null || (setting.billingUntil ?? billingUntil) > billingUntil) {
        billingUntil = setting.billingUntil;
      }
    },
  };
}
