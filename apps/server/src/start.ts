import { mkdir } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import {
  followClock,
  freeAbandoned,
  hasCallsUnderWay,
  hasWaitingMandates,
  hasWaitingPayments,
  restartRelay,
  restartScan,
  runClock,
  type ServiceContext,
  scanStates,
} from "@qbitflow/core";
import { lockDirectory } from "@qbitflow/db";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { type AdminSocket, openAdminSocket } from "./admin/socket.ts";
import { type Composed, compose } from "./compose.ts";
import type { Config } from "./config.ts";
import { buildApp } from "./http/app.ts";
import { type Job, type Jobs, runJobs } from "./jobs/run-jobs.ts";
import { liveBlockersOf } from "./live-gate.ts";
import { type KeptChain, keepLocalChain, type StartedChain } from "./local/chain.ts";
import { type DevFile, devFile, removeDevFile, writeDevFile } from "./local/dev-file.ts";
import { type Seeded, seed } from "./local/seed.ts";
import type { LocalDefault, ServerContext } from "./server-context.ts";
import { wallClock } from "./wall-clock.ts";

const LOCAL_NETWORK = "local";
const DRAIN_MS = 3_000;

export interface Running {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  /** In the local default. */
  readonly dev: DevFile | undefined;
  readonly app: FastifyInstance;
  /** Stops taking requests, lets what runs finish, and closes everything; within ten seconds. */
  stop(): Promise<void>;
}

/** Starts the server that the configuration describes; everything it opened is closed again when the start fails. */
export async function start({ config, log }: { config: Config; log: Logger }): Promise<Running> {
  const opened: (() => Promise<unknown>)[] = [];
  const closeAll = async () => {
    for (const close of opened.toReversed())
      await close().catch((error) => log.error({ err: error }, "A part did not stop cleanly"));
  };
  try {
    return await startParts({ config, log, opened, closeAll });
  } catch (error) {
    await closeAll();
    throw error;
  }
}

interface Starting {
  readonly config: Config;
  readonly log: Logger;
  /** How to close what is open already, in the order of opening. */
  readonly opened: (() => Promise<unknown>)[];
  readonly closeAll: () => Promise<void>;
}

async function startParts({ config, log, opened, closeAll }: Starting): Promise<Running> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  if (config.local) await takeDirectory(config.dataDir, opened);
  const starting = config.local
    ? keepLocalChain({ dataDir: config.dataDir, log, blockMs: config.localBlockMs })
    : undefined;
  opened.push(async () => (await starting?.catch(() => undefined))?.stop());
  const localRpcUrl = starting?.then(({ rpcUrl }) => rpcUrl);
  // Whoever waits for it first hears of a failure; the other must not make it an unhandled one.
  localRpcUrl?.catch(() => {});
  const composed = await compose({ config, log, ...(localRpcUrl !== undefined && { localRpcUrl }) });
  opened.push(() => composed.close());
  // The embedded database is one process's: whoever holds something in it is gone.
  if (config.databaseUrl === undefined) await freeAbandoned(composed.core);
  const chain = await starting;
  const local = chain === undefined ? undefined : await startLocal(composed, { chain, config });

  const server = serverContext(composed, { config, log, local: local?.defaults });
  const jobs: Jobs = await runJobs(composed.core, { role: config.role, more: local?.jobs ?? [] });
  opened.push(() => jobs.stop());
  const app = await buildApp(server);
  opened.push(() => {
    jobs.abort();
    return closeApp(app);
  });
  const url = await listen(app, { config, composed });
  const admin: AdminSocket = await openAdminSocket({
    core: composed.core,
    config,
    log,
    localRpcUrl: local?.defaults.rpcUrl,
  });
  opened.push(() => admin.close());

  const dev =
    local === undefined
      ? undefined
      : devFile(local.seeded, { publicUrl: composed.core.policy.publicUrl, ...local.defaults });
  if (dev !== undefined) {
    await writeDevFile(config.dataDir, dev);
    opened.push(() => removeDevFile(config.dataDir));
  }
  server.started.value = true;
  return { url, dev, app, stop: closeAll };
}

/** Before anything else: a second server here would end the first one's chain. @throws DirectoryInUseError */
async function takeDirectory(dataDir: string, opened: Starting["opened"]): Promise<void> {
  const release = lockDirectory(dataDir);
  opened.push(async () => release());
  await removeDevFile(dataDir);
}

async function startLocal(
  { core, testClock }: Composed,
  { chain, config }: { chain: KeptChain; config: Config },
): Promise<{ seeded: Seeded; defaults: LocalDefault; jobs: [string, Job][] }> {
  const adapter = core.chains.get(LOCAL_NETWORK);
  if (adapter === undefined || testClock === undefined)
    throw new Error("The network file of the local chain is missing.");
  // Before the first block: a chain that was killed may not know how far time was moved.
  await chain.setOffset(testClock.offsetMs());
  await chain.whenStarted((started) => takeUpChain(core, chain, started));
  const seeded = await seed(core, { dataDir: config.dataDir, network: LOCAL_NETWORK });
  chain.mineWhile(
    async () =>
      (await hasWaitingPayments(core, LOCAL_NETWORK)) ||
      (await hasWaitingMandates(core, LOCAL_NETWORK)) ||
      (await hasCallsUnderWay(core, LOCAL_NETWORK)),
  );
  const jobs: [string, Job][] = [
    ["follow the clock", (signal) => followClock(core, { clock: testClock, signal })],
    ["move the clock", (signal) => runClock(core, { clock: testClock, chain, signal })],
  ];
  return { seeded, jobs, defaults: { network: adapter.network, rpcUrl: chain.rpcUrl, testApiKey: seeded.testApiKey } };
}

/** A node that was killed may lack its last second: what was read of it is undone once other blocks are at its height. */
async function takeUpChain(core: ServiceContext, chain: KeptChain, { restored, height }: StartedChain): Promise<void> {
  if (!restored) {
    await restartScan(core, LOCAL_NETWORK);
    await restartRelay(core, LOCAL_NETWORK);
    return;
  }
  const readTo = (await scanStates(core)).find(({ network }) => network === LOCAL_NETWORK)?.scannedNumber ?? 0;
  if (height < readTo) await chain.mine(readTo - height + 1);
}

function serverContext(
  { core }: Composed,
  { config, log, local }: { config: Config; log: Logger; local: LocalDefault | undefined },
): ServerContext {
  const liveBlockers = liveBlockersOf(config, { fixedPrices: core.rates.fixed });
  // In the local default that is as it should be.
  if (liveBlockers.length > 0)
    log[config.local ? "info" : "warn"](
      { reasons: liveBlockers },
      "Live keys are refused: this configuration is not safe for live payments",
    );
  return { core, wallClock, config, log, liveBlockers, local, started: { value: false } };
}

async function listen(
  app: FastifyInstance,
  { config, composed }: { config: Config; composed: Composed },
): Promise<string> {
  await app.listen({ port: config.port, host: config.host });
  const { port } = app.server.address() as AddressInfo;
  // With port 0 the system chose; links must name what it chose.
  if (config.port === 0 && config.publicUrl.endsWith(":0")) composed.setPublicUrl(`http://localhost:${port}`);
  return `http://${config.host === "0.0.0.0" || config.host === "::" ? "localhost" : config.host}:${port}`;
}

/** Lets requests under way finish, but nobody can hold the process up. */
async function closeApp(app: FastifyInstance): Promise<void> {
  const force = setTimeout(() => {
    app.server.closeAllConnections();
    for (const socket of app.websocketServer.clients) socket.terminate();
  }, DRAIN_MS);
  await app.close();
  clearTimeout(force);
}
