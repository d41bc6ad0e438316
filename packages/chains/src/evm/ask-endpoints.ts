import { ChainUnavailableError } from "../adapter.ts";
import type { Endpoint, RpcCall } from "./endpoint.ts";
import { RpcError } from "./rpc-error.ts";

/** Endpoints to ask now; all rest = ChainUnavailableError with their last failures. */
export function awake(endpoints: readonly Endpoint[]): Endpoint[] {
  const ready = endpoints.filter((endpoint) => !endpoint.isResting());
  if (ready.length === 0) throw new ChainUnavailableError(whyNone(endpoints));
  return ready;
}

/** Asks each of them at once; those that fail are left out, those that answer nonsense rest as well. */
export async function askEach<T>(
  endpoints: readonly Endpoint[],
  calls: readonly RpcCall[],
  read: (results: readonly unknown[]) => T,
): Promise<{ endpoint: Endpoint; value: T }[]> {
  const answers = await Promise.all(
    endpoints.map(async (endpoint) => {
      try {
        return [{ endpoint, value: await ask(endpoint, calls, read) }];
      } catch (error) {
        if (error instanceof RpcError) return [];
        throw error;
      }
    }),
  );
  return answers.flat();
}

/** Asks one; an answer that cannot be read makes it rest. Throws RpcError. */
export async function ask<T>(
  endpoint: Endpoint,
  calls: readonly RpcCall[],
  read: (results: readonly unknown[]) => T,
): Promise<T> {
  const results = await endpoint.batch(calls);
  try {
    return read(results);
  } catch (error) {
    if (error instanceof RpcError && error.failure === "malformed")
      endpoint.distrust("gave an answer that makes no sense");
    throw error;
  }
}

/** A sentence on why no endpoint helped. */
export function whyNone(endpoints: readonly Endpoint[]): string {
  const reasons = endpoints.map(({ name, lastFailure }) => lastFailure ?? `${name} gave no answer.`);
  return `No RPC endpoint can be used now. ${reasons.join(" ")}`.trim();
}
