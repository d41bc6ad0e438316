import type { Queryable } from "@qbitflow/db";
import type { ClockSetting } from "./test-clock.ts";

export interface StoredClock extends ClockSetting {
  /** An advance under way; null = the clock just runs. */
  readonly advance: { readonly startedAt: Date; readonly targetAt: Date } | null;
  /** What it has been standing for; null = it moves, or stands for a moment only. */
  readonly waitingFor: string | null;
  /** Why the last advance ended before it was there. */
  readonly stoppedBecause: string | null;
}

export async function readClock(db: Queryable): Promise<StoredClock> {
  const [row] = await db.query<{
    offset_ms: bigint;
    billing_until: Date | null;
    started_at: Date | null;
    target_at: Date | null;
    waiting_for: string | null;
    stopped_because: string | null;
  }>("select offset_ms, billing_until, started_at, target_at, waiting_for, stopped_because from test_clock", [], {
    name: "clock_read",
  });
  if (row === undefined) throw new Error("The test clock's row is missing.");
  const { started_at: startedAt, target_at: targetAt } = row;
  return {
    offsetMs: Number(row.offset_ms),
    billingUntil: row.billing_until,
    advance: startedAt === null || targetAt === null ? null : { startedAt, targetAt },
    waitingFor: row.waiting_for,
    stoppedBecause: row.stopped_because,
  };
}

/** Writes down an advance for the server to carry out; false when another is under way. */
export async function beginAdvance(db: Queryable, advance: { startedAt: Date; targetAt: Date }): Promise<boolean> {
  const begun = await db.query(
    `update test_clock set started_at = $1, target_at = $2, stopped_because = null
     where target_at is null returning only_one`,
    [advance.startedAt, advance.targetAt],
  );
  if (begun.length === 0) return false;
  await tellMoved(db);
  return true;
}

/** Moves the stored clock forward; what would move it back is left as it is. Nobody is told: `tellMoved`. */
export async function storeMove(db: Queryable, { offsetMs, billingUntil }: ClockSetting): Promise<void> {
  await db.query(
    `update test_clock set offset_ms = greatest(offset_ms, $1), billing_until = greatest(billing_until, $2),
       waiting_for = null`,
    [offsetMs, billingUntil],
  );
}

/** Says what the clock stands for, to whoever asks. */
export async function storeWaiting(db: Queryable, waitingFor: string): Promise<void> {
  await db.query("update test_clock set waiting_for = $1", [waitingFor]);
}

/** The advance is done, or ends where it is: then with a sentence why. */
export async function endAdvance(db: Queryable, stoppedBecause: string | null = null): Promise<void> {
  await db.query(
    "update test_clock set started_at = null, target_at = null, waiting_for = null, stopped_because = $1",
    [stoppedBecause],
  );
  await tellMoved(db);
}

/** Wakes whoever waits for the clock. */
export async function tellMoved(db: Queryable): Promise<void> {
  await db.query("select pg_notify('clock_moved', '')");
}
