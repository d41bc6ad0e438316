import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "@qbitflow/api";
import type { AdminAnswer } from "@qbitflow/server";

const LOOK_MS = 250;
const TELL_MS = 1_000;
/** A server that waits says for what after a second; nothing for so long means that none is running. */
const STUCK_MS = 120_000;

/** Nobody moves the clock, or it was stopped. */
export class ClockStuckError extends Error {
  override readonly name = "ClockStuckError";
}

/** Looks until the clock is where it was to go, and tells how far it is. @throws ClockStuckError */
export async function followAdvance(
  show: () => Promise<AdminAnswer>,
  tell: (line: string) => void,
): Promise<AdminAnswer> {
  let [movedMs, toldMs, offset] = [performance.now(), 0, -1];
  for (;;) {
    const answer = await show();
    const clock = answer.body as Clock;
    if (clock.stoppedBecause !== undefined) throw new ClockStuckError(clock.stoppedBecause);
    if (answer.status !== 200 || !clock.moving) return answer;
    const nowMs = performance.now();
    if (clock.offsetSeconds !== offset || clock.waitingFor !== undefined)
      [movedMs, offset] = [nowMs, clock.offsetSeconds];
    if (nowMs - movedMs > STUCK_MS) {
      throw new ClockStuckError("No server moves the clock. It goes on as soon as the local server runs.");
    }
    if (nowMs - toldMs > TELL_MS) {
      tell(progress(clock));
      toldMs = nowMs;
    }
    await sleep(LOOK_MS);
  }
}

/** `2026-02-01T00:00:00Z, 40 % of the way to 2026-03-01T00:00:00Z, waiting for webhooks` */
function progress({ now, from = now, target = now, waitingFor }: Clock): string {
  const [begin, present, end] = [from, now, target].map((time) => Date.parse(time)) as [number, number, number];
  const share = end > begin ? Math.min(100, Math.floor(((present - begin) / (end - begin)) * 100)) : 100;
  const waiting = waitingFor === undefined ? "" : `, waiting for ${waitingFor}`;
  return `${now}, ${share} % of the way to ${target}${waiting}`;
}
