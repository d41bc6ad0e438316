import type { Context } from "../context.ts";
import { type BillingTime, countCharging, countDue } from "./store.ts";

const EVERY_MS = 3_000;
/** Less is no run that anybody waits for. */
const WORTH_TELLING = 100;

/** Says in the log how far a billing run is, every few seconds while it lasts: of all workers together, as the chain has it. */
export interface Progress {
  /** After each step; `worked`: it found something to do. */
  look(worked: boolean, time: BillingTime): Promise<void>;
}

interface Run {
  readonly beganMs: number;
  total: number;
}

export function createProgress(ctx: Context): Progress {
  let run: Run | null = null;
  let lookedMs = Number.NEGATIVE_INFINITY;
  return {
    async look(worked, time) {
      const nowMs = performance.now();
      if ((run === null && !worked) || nowMs - lookedMs < EVERY_MS) return;
      lookedMs = nowMs;
      const left = (await countDue(ctx.db, time)) + (await countCharging(ctx.db));
      if (run === null) {
        if (left < WORTH_TELLING) return;
        run = { beganMs: nowMs, total: left };
      }
      run.total = Math.max(run.total, left);
      const { total, beganMs } = run;
      const done = total - left;
      const seconds = (nowMs - beganMs) / 1_000;
      const perSecond = seconds === 0 ? 0 : Math.round(done / seconds);
      if (left === 0) {
        ctx.log.info({ done, total, perSecond, seconds: Math.round(seconds) }, "billing run done");
        run = null;
        return;
      }
      const leftSeconds = perSecond === 0 ? null : Math.ceil(left / perSecond);
      ctx.log.info({ done, total, perSecond, left, leftSeconds }, "billing");
    },
  };
}
