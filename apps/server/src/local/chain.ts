import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type LocalChain, startLocalChain } from "@qbitflow/chains";
import type { Logger } from "pino";
import { readIfThere, writePrivateFile } from "../private-file.ts";
import { prepareChain } from "./prepare-chain.ts";

const RESTART_MS = 250;

export interface StartedChain {
  /** False: the chain began anew, and what was read of the one before is gone. True: it may lack its last blocks. */
  readonly restored: boolean;
  /** The number of its last block. */
  readonly height: number;
}

/** The local chain, kept running: a node that dies is started again from its saved state, at the same address. */
export interface KeptChain {
  readonly rpcUrl: string;
  /** Calls back now and after each later start of the node. */
  whenStarted(callback: (started: StartedChain) => Promise<void>): Promise<void>;
  /** Sets the chain's time to this far ahead of the machine's, from its next block on; never back. */
  setOffset(offsetMs: number): Promise<void>;
  /** The same, with a block that has it. */
  move(offsetMs: number): Promise<void>;
  mine(blocks?: number): Promise<void>;
  /** Mines a block every `blockMs` while `isWanted` says so. */
  mineWhile(isWanted: () => Promise<boolean>): void;
  stop(): Promise<void>;
}

interface LocalChainOptions {
  readonly dataDir: string;
  readonly log: Logger;
  /** Between two blocks that somebody waits for. */
  readonly blockMs: number;
}

export async function keepLocalChain({ dataDir, log, blockMs }: LocalChainOptions): Promise<KeptChain> {
  const directory = join(dataDir, "chain");
  const portFile = join(directory, "port");
  const ending = new AbortController();
  let chain: LocalChain = await startLocalChain({ directory, port: await reusablePort(directory, portFile) });
  const { rpcUrl } = chain;
  let tell: (started: StartedChain) => Promise<void> = async () => {};
  const port = Number(new URL(rpcUrl).port);
  await writePrivateFile(portFile, `${port}\n`);
  await prepareChain(rpcUrl);

  const tellStarted = async () => tell({ restored: chain.restored, height: await chain.height() });

  async function keep(): Promise<void> {
    while (!ending.signal.aborted) {
      await chain.ended;
      if (ending.signal.aborted) return;
      log.warn({}, "The local chain ended and is started again");
      try {
        chain = await startLocalChain({ directory, port });
        await prepareChain(rpcUrl);
        await tellStarted();
      } catch (error) {
        log.error({ err: error }, "The local chain does not start");
        await sleep(RESTART_MS, undefined, { signal: ending.signal }).catch(() => undefined);
      }
    }
  }
  const kept = keep();

  async function mineWhile(isWanted: () => Promise<boolean>): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        if (await isWanted()) await chain.mine(1);
      } catch (error) {
        log.debug({ err: error }, "The local chain could not mine");
      }
      await sleep(blockMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  }

  // Rounded up: what is due by the server's clock must be due by the chain's, which counts whole seconds.
  const setOffset = (offsetMs: number) => chain.setTimeOffset(Math.ceil(offsetMs / 1000));
  return {
    rpcUrl,
    setOffset,
    move: async (offsetMs) => {
      await setOffset(offsetMs);
      await chain.mine(1);
    },
    mine: (blocks = 1) => chain.mine(blocks),
    whenStarted: async (callback) => {
      tell = callback;
      await tellStarted();
    },
    mineWhile: (isWanted) => void mineWhile(isWanted),
    stop: async () => {
      ending.abort();
      await chain.stop();
      await kept;
      // One that was being started again meanwhile.
      await chain.stop();
    },
  };
}

/** The port of the last start, so that wallets keep reaching the chain; any other when a stranger has it. */
async function reusablePort(directory: string, portFile: string): Promise<number> {
  const port = Number(((await readIfThere(portFile)) ?? "0").trim());
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return 0;
  // A node that a killed server left behind still holds it; starting ends that node first.
  const leftBehind = (await readIfThere(join(directory, "anvil.pid"))) !== undefined;
  return leftBehind || (await isFree(port)) ? port : 0;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
