import type { ChainAdapter } from "@qbitflow/chains";
import type { Db, Queryable } from "@qbitflow/db";
import type { Rates } from "@qbitflow/rates";
import type { Cache } from "./cache.ts";

/** The one clock of the server: the test clock moves it, so nothing in core asks the machine for the time. */
export interface Clock {
  now(): Date;
  /**
   * Test mode bills nothing by itself (BILLING.md): only what is due up to here, where the test clock was moved to.
   * Null when it never was.
   */
  testBillingUntil(): Date | null;
}

export interface Ids {
  /** A version 7 uuid: ordered by time, so lists by uuid are lists by time. */
  uuid(): string;
  /** `bytes` random bytes as base64url, for secrets and tokens. */
  token(bytes: number): string;
}

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Seals small secrets (webhook secrets) before they reach the database; a key from the environment opens them. */
export interface SecretBox {
  seal(text: string): Uint8Array;
  open(sealed: Uint8Array): string;
  /** A keyed hash as base64url: signs links without keeping them. Same text, same answer. */
  mac(text: string): string;
}

/** What the operator decided; parsed and checked by the server's configuration. */
export interface Policy {
  /** Base of links to pages, no trailing slash. */
  readonly publicUrl: string;
  /** How long a price is locked. */
  readonly quoteMs: number;
  /** Payments at or above this are completed only when two sources report them (micro-dollars). */
  readonly twoSourceThresholdMicros: bigint;
  /** Webhooks may go to private and loopback addresses: the local default, and never in live mode. */
  readonly allowPrivateWebhooks: boolean;
  readonly webhookTimeoutMs: number;
  readonly maxWebhooksPerOrigin: number;
  /** Most a charge may add for its own gas, in micro-dollars of the token; 0 = the operator pays for sending. */
  readonly maxExecutionFeeMicros: bigint;
  /** A bill below it is carried to the next period. */
  readonly dustLimitMicros: bigint;
  /** A gasless payment's gas is paid by the customer, in the token; else by the operator. */
  readonly takesRelayFee: boolean;
  /** Most that is offered for one unit of gas, in base units of the native coin; above it nothing is sent. */
  readonly maxGasPriceBase: bigint;
}

/** What every verb of core gets first. In a transaction, `{ ...ctx, db: tx }`. */
export interface Context {
  readonly db: Queryable;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Shared by all requests of this process; `keepCacheFresh` tells it of changes elsewhere. */
  readonly cache: Cache;
  readonly log: Log;
  readonly secrets: SecretBox;
  readonly rates: Rates;
  /** By network slug: the chains this server serves. */
  readonly chains: ReadonlyMap<string, ChainAdapter>;
  readonly policy: Policy;
}

/** A context that can also listen: what long-running parts (watchers, sockets, delivery) get. */
export interface ServiceContext extends Context {
  readonly db: Db;
}

/** Who asks: the API key's organization, user and mode. Every query of a tenant's rows is scoped by it. */
export interface Principal {
  readonly keyId: bigint;
  readonly organizationId: bigint;
  readonly organizationName: string;
  readonly userId: bigint;
  readonly role: "owner" | "admin" | "user";
  readonly test: boolean;
}
