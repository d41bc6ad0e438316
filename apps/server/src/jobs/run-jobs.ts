import { setTimeout as sleep } from "node:timers/promises";
import {
  expireIdempotency,
  expireTickets,
  keepCacheFresh,
  runBilling,
  runDelivery,
  runGasless,
  runSender,
  runSettling,
  runSweeper,
  type ServiceContext,
  watchChain,
} from "@qbitflow/core";
import type { Role } from "../config.ts";
import { wallClock } from "../wall-clock.ts";

const CLEANUP_MS = 10 * 60_000;
const STOP_MS = 3_000;
const RESTART_FIRST_MS = 500;
const RESTART_MAX_MS = 30_000;

export interface Jobs {
  /** Tells every job to end; nothing new begins. */
  abort(): void;
  /** Ends every job; resolves when what was under way is done, or after three seconds: leases give it to others. */
  stop(): Promise<void>;
}

export type Job = (signal: AbortSignal) => Promise<void>;

/**
 * Starts the long-running parts that this role has, and `more` (the local chain's). Each is started again, after a rest,
 * if it should ever end.
 */
export async function runJobs(
  ctx: ServiceContext,
  { role, more = [] }: { readonly role: Role; readonly more?: readonly [string, Job][] },
): Promise<Jobs> {
  const ending = new AbortController();
  const stopCache = await keepCacheFresh(ctx);
  const running = [...jobsOf(ctx, role), ...more].map(([name, job]) =>
    supervise(ctx, { name, job, signal: ending.signal }),
  );
  return {
    abort: () => ending.abort(),
    stop: async () => {
      ending.abort();
      await Promise.race([Promise.all(running), sleep(STOP_MS, undefined, { ref: false })]);
      await stopCache();
    },
  };
}

function jobsOf(ctx: ServiceContext, role: Role): [string, Job][] {
  const watchers: [string, Job][] = [...ctx.chains.keys()].map((network) => [
    `watch ${network}`,
    (signal) => watchChain(ctx, network, { signal }),
  ]);
  const senders: [string, Job][] = [...ctx.chains.values()]
    .filter(({ sender }) => sender !== null)
    .map(({ network: { slug } }) => [`relay ${slug}`, (signal) => runSender(ctx, { network: slug, signal })]);
  const workers: [string, Job][] = [
    ...senders,
    ["deliver webhooks", (signal) => runDelivery(ctx, { signal, wallClock })],
    ["follow gasless payments", (signal) => runGasless(ctx, { signal })],
    ["expire", (signal) => runSweeper(ctx, { signal })],
    ["bill", (signal) => runBilling(ctx, { signal })],
    ["activate", (signal) => runSettling(ctx, { signal })],
    ["clean up", (signal) => cleanUp(ctx, signal)],
  ];
  return [
    ...(role === "all" || role === "watcher" ? watchers : []),
    ...(role === "all" || role === "worker" ? workers : []),
  ];
}

async function supervise(
  ctx: ServiceContext,
  { name, job, signal }: { name: string; job: Job; signal: AbortSignal },
): Promise<void> {
  let restMs = RESTART_FIRST_MS;
  while (!signal.aborted) {
    const began = performance.now();
    try {
      await job(signal);
    } catch (error) {
      ctx.log.error({ err: error, job: name }, "A job failed and is started again");
    }
    if (signal.aborted) return;
    restMs = performance.now() - began > RESTART_MAX_MS ? RESTART_FIRST_MS : Math.min(restMs * 2, RESTART_MAX_MS);
    await rest(restMs, signal);
  }
}

async function cleanUp(ctx: ServiceContext, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const [answers, tickets] = [await expireIdempotency(ctx), await expireTickets(ctx)];
    if (answers + tickets > 0) ctx.log.debug({ answers, tickets }, "Old answers and tickets are gone");
    await rest(CLEANUP_MS, signal);
  }
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
