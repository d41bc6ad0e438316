import type { Queryable } from "@qbitflow/db";
import type { ServiceContext } from "../context.ts";
import { createBell, runLoop } from "../loop.ts";
import { readClock } from "./store.ts";
import type { TestClock } from "./test-clock.ts";

/** Without a notification (a lost connection) a move is seen this late. */
const POLL_MS = 1_000;

/** Sets a clock as it is stored: before anything asks it for the time. */
export async function loadClock(db: Queryable, clock: TestClock): Promise<void> {
  clock.follow(await readClock(db));
}

/** Keeps a process's clock as it is stored, whoever moves it, until the signal aborts. */
export async function followClock(
  ctx: ServiceContext,
  { clock, signal }: { clock: TestClock; signal: AbortSignal },
): Promise<void> {
  const bell = createBell();
  const stop = await ctx.db.listen("clock_moved", () => bell.ring());
  const step = async () => {
    await loadClock(ctx.db, clock);
    return POLL_MS;
  };
  try {
    await runLoop({ name: "test clock", log: ctx.log, signal, bell, step });
  } finally {
    await stop().catch(() => undefined);
  }
}
