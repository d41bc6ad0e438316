import type { Queryable } from "@qbitflow/db";
import type { ClockSetting } from "./test-clock.ts";

export interface StoredClock extends ClockSetting {
  /** An advance under way; null = the clock just runs. */
  readonly advance: { readonly startedAt: Date; readonly targetAt: Date } | null;
}

export async function readClock(db: Queryable): Promise<StoredClock> {
  const [row] = await db.query<{
    offset_ms: bigint;
    billing_until: Date | null;
    started_at: Date | null;
    target_at: Date | null;
  }>("select offset_ms, billing_until, started_at, target_at from test_clock", [], { name: "clock_read" });
  if (row === undefined) return { offsetMs: 0, billingUntil: null, advance: null };
  const { started_at: startedAt, target_at: targetAt } = row;
  return {
    offsetMs: Number(row.offset_ms),
    billingUntil: row.billing_until,
    advance: startedAt === null || targetAt === null ? null : { startedAt, targetAt },
  };
}

/** Writes down an advance for the server to carry out; false when another is under way. */
export async function beginAdvance(db: Queryable, advance: { startedAt: Date; targetAt: Date }): Promise<boolean> {
  const begun = await db.query(
    "update test_clock set started_at = $1, target_at = $2 where target_at is null returning only_one",
    [advance.startedAt, advance.targetAt],
  );
  if (begun.length === 0) return false;
  await notify(db);
  return true;
}

/** Moves the stored clock forward; what would move it back is left as it is. */
export async function storeMove(db: Queryable, { offsetMs, billingUntil }: ClockSetting): Promise<void> {
  await db.query(
    "update test_clock set offset_ms = greatest(offset_ms, $1), billing_until = greatest(billing_until, $2)",
    [offsetMs, billingUntil],
  );
  await notify(db);
}

/** The advance is done. */
export async function endAdvance(db: Queryable): Promise<void> {
  await db.query("update test_clock set started_at = null, target_at = null");
  await notify(db);
}

async function notify(db: Queryable): Promise<void> {
  await db.query("select pg_notify('clock_moved', '')");
}
