import type { Context } from "../context.ts";
import { type BillingTime, countDue } from "./store.ts";

const EVERY_MS = 3_000;
/** Less is no run that anybody waits for. */
const WORTH_TELLING = 100;

/** Says in the log how far a run is, every few seconds while it runs. */
export interface Progress {
  add(done: number, time: BillingTime): Promise<void>;
}

export function createProgress(ctx: Context): Progress {
  let done = 0;
  let beganMs = 0;
  let toldMs = 0;
  return {
    async add(count, time) {
      const nowMs = performance.now();
      if (count === 0) {
        if (done >= WORTH_TELLING)
          ctx.log.info({ done, seconds: Math.round((nowMs - beganMs) / 1_000) }, "billing run done");
        done = 0;
        return;
      }
      if (done === 0) {
        beganMs = nowMs;
        toldMs = nowMs;
      }
      done += count;
      if (nowMs - toldMs < EVERY_MS || done < WORTH_TELLING) return;
      toldMs = nowMs;
      const left = await countDue(ctx.db, time);
      const perSecond = Math.round((done / (nowMs - beganMs)) * 1_000);
      const leftSeconds = perSecond === 0 ? null : Math.ceil(left / perSecond);
      ctx.log.info({ done, total: done + left, perSecond, left, leftSeconds }, "billing");
    },
  };
}
