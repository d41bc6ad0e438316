import type { Network } from "@qbitflow/chains";
import type { Clock, ServiceContext } from "@qbitflow/core";
import type { Logger } from "pino";
import type { Config } from "./config.ts";

/** What this machine runs for itself when no network is configured. */
export interface LocalDefault {
  readonly network: Network;
  readonly rpcUrl: string;
  readonly testApiKey: string;
}

/** What the server's parts share: core's context and what only a transport needs. */
export interface ServerContext {
  readonly core: ServiceContext;
  /** This machine's time, where core's clock may be moved. */
  readonly wallClock: Clock;
  readonly config: Config;
  readonly log: Logger;
  /** Why live keys are refused; empty = live is served. */
  readonly liveBlockers: readonly string[];
  readonly local: LocalDefault | undefined;
  /** Set once everything is seeded and listening; until then /readyz answers 503. */
  readonly started: { value: boolean };
}
