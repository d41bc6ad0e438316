import { setTimeout as wait } from "node:timers/promises";
import { ChainUnavailableError } from "@qbitflow/chains";
import { RateUnavailableError } from "@qbitflow/rates";
import { DomainError } from "./errors.ts";

/** Nobody who reads waits longer for prices and chains; what was known before is shown instead. */
const PATIENCE_MS = 1_000;

/** Null where a price or a chain does not answer, or not soon: what is read is shown without it. */
export async function soon<T>(work: Promise<T>): Promise<T | null> {
  const timer = new AbortController();
  const patience = wait(PATIENCE_MS, null, { signal: timer.signal, ref: false }).catch(() => null);
  try {
    return await Promise.race([work.catch(orNothing), patience]);
  } finally {
    timer.abort();
  }
}

function orNothing(error: unknown): null {
  const isAway =
    error instanceof ChainUnavailableError ||
    error instanceof RateUnavailableError ||
    (error instanceof DomainError && error.code === "currency_unavailable");
  if (isAway) return null;
  throw error;
}
