import { authenticate, DomainError, type Principal } from "@qbitflow/core";
import type { FastifyRequest } from "fastify";
import type { ServerContext } from "../server-context.ts";
import { callerOf, type RateLimit } from "./rate-limit.ts";

export interface RateLimits {
  readonly perKey: RateLimit;
  readonly perAddress: RateLimit;
  /** Signed payments to be sent, by payer and by session: each asks the chain. */
  readonly relayPerPayer: RateLimit;
  readonly relayPerSession: RateLimit;
  /** What is asked to be signed, or was, in one subscription's portal: each asks the chain. */
  readonly signingPerSubscription: RateLimit;
}

/**
 * The caller behind X-API-Key, counted against its limit. Failed attempts count against the address.
 * @throws DomainError key_missing, key_invalid, key_expired, live_not_ready, rate_limited
 */
export async function principalOf(
  server: ServerContext,
  limits: RateLimits,
  request: FastifyRequest,
): Promise<Principal> {
  const header = request.headers["x-api-key"];
  const principal = await authenticate(server.core, typeof header === "string" ? header : undefined).catch((error) => {
    if (error instanceof DomainError && error.kind === "unauthenticated") limits.perAddress.take(callerOf(request.ip));
    throw error;
  });
  limits.perKey.take(String(principal.keyId));
  refuseUnsafeLive(server, principal.test);
  return principal;
}

/** @throws DomainError live_not_ready */
export function refuseUnsafeLive(server: Pick<ServerContext, "liveBlockers">, test: boolean): void {
  if (test || server.liveBlockers.length === 0) return;
  const reasons = server.liveBlockers.join("; ");
  throw new DomainError("forbidden", "live_not_ready", `This server is not safe for live payments: ${reasons}.`);
}
