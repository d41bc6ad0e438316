import {
  CanonicalJsonError,
  type Context,
  canonicalJson,
  DomainError,
  type Principal,
  withIdempotency,
} from "@qbitflow/core";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { ServerContext } from "../server-context.ts";

interface Creation {
  readonly server: ServerContext;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly principal: Principal;
  /** False for an answer that must not be stored, such as a new key. */
  readonly keep?: boolean;
  /** Stands for the body where requests are compared: for a body with a secret in it. */
  readonly compared?: unknown;
}

/** Runs the work that creates; with an Idempotency-Key, in one transaction with its record. */
export async function creating<T>(creation: Creation, work: (ctx: Context) => Promise<T>): Promise<T> {
  const { server, request, reply, principal } = creation;
  const key = request.headers["idempotency-key"];
  if (key === undefined) return work(server.core);
  if (typeof key !== "string" || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new DomainError(
      "invalid",
      "invalid_idempotency_key",
      "Idempotency-Key must be 1 to 255 printable ASCII characters.",
    );
  }
  const fingerprint = `${request.method} ${request.routeOptions.url} ${textOf(creation.compared ?? request.body ?? {})}`;
  const guard = { principal, key, request: fingerprint, ...(creation.keep !== undefined && { keep: creation.keep }) };
  const outcome = await withIdempotency(server.core, guard, async (ctx) => ({ status: 200, answer: await work(ctx) }));
  if (outcome.replayed) reply.header("idempotency-replayed", "true");
  return outcome.answer as T;
}

/** One text per body. One with texts that nothing takes has no canonical form: the work is what says which field it is. */
function textOf(body: unknown): string {
  try {
    return canonicalJson(body);
  } catch (error) {
    if (error instanceof CanonicalJsonError) return JSON.stringify(body);
    throw error;
  }
}
