const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** From the first failure; the subscription is cancelled when they are over. */
export const GRACE_MS = 7 * DAY_MS;
/** After the first failure, each counted from it. */
export const RETRY_AFTER_MS = [HOUR_MS, DAY_MS, 3 * DAY_MS, 5 * DAY_MS, 7 * DAY_MS] as const;

const OURS_FIRST_MS = 30_000;
const OURS_MAX_MS = HOUR_MS;

/** The next date of the schedule after `now`; null when the grace has no further one. */
export function nextRetryAt(firstFailedAt: Date, now: Date): Date | null {
  const begun = firstFailedAt.getTime();
  const after = RETRY_AFTER_MS.find((ms) => begun + ms > now.getTime());
  return after === undefined ? null : new Date(begun + after);
}

/** What is ours to mend is tried again soon, and ever less often: 30 s, doubled up to an hour. */
export function retryOursAt(attempts: number, now: Date): Date {
  return new Date(now.getTime() + Math.min(OURS_FIRST_MS * 2 ** Math.min(Math.max(attempts - 1, 0), 20), OURS_MAX_MS));
}
