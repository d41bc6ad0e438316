import { authenticate, createSession, DomainError } from "@qbitflow/core";
import type { FastifyInstance } from "fastify";
import type { LocalDefault, ServerContext } from "../server-context.ts";
import { trials } from "./landing-page.ts";

/** What a wallet and a page need of a chain; nothing that changes the node itself. */
const allowedMethods: ReadonlySet<string> = new Set([
  "eth_accounts",
  "eth_blockNumber",
  "eth_call",
  "eth_chainId",
  "eth_estimateGas",
  "eth_feeHistory",
  "eth_gasPrice",
  "eth_getBalance",
  "eth_getBlockByHash",
  "eth_getBlockByNumber",
  "eth_getCode",
  "eth_getLogs",
  "eth_getTransactionByHash",
  "eth_getTransactionCount",
  "eth_getTransactionReceipt",
  "eth_maxPriorityFeePerGas",
  "eth_sendRawTransaction",
  "eth_sendTransaction",
  "eth_signTypedData_v4",
  "net_version",
  "web3_clientVersion",
]);
const MAX_BATCH = 50;
const TIMEOUT_MS = 15_000;

interface RpcCall {
  readonly id?: unknown;
  readonly method?: unknown;
}

/** Routes of the local default only: the chain for the pages, and sessions to try. */
export function registerDevRoutes(app: FastifyInstance, server: ServerContext, local: LocalDefault): void {
  app.post("/dev/rpc", async (request, reply) => {
    const refusal = refusalOf(request.body);
    if (refusal !== undefined) return reply.code(400).send(refusal);
    const answer = await fetch(local.rpcUrl, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(request.body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => undefined);
    if (answer === undefined) {
      throw new DomainError(
        "unavailable",
        "unavailable",
        "The local chain does not answer: it is started again by itself.",
      );
    }
    return reply.type("application/json; charset=utf-8").send(await answer.text());
  });

  // In a scope of its own: a form sends this type, and nowhere else is it a body.
  app.register(async (forms) => registerTrials(forms, server, local));
}

/** Begins a session to look at, and leads there. */
function registerTrials(app: FastifyInstance, server: ServerContext, local: LocalDefault): void {
  // Nothing in it is read.
  app.addContentTypeParser("application/x-www-form-urlencoded", (_request, payload, done) => {
    payload.resume();
    done(null, undefined);
  });
  app.post<{ Params: { kind?: string } }>("/dev/try/:kind?", async (request, reply) => {
    const { kind = "payment" } = request.params;
    if (!Object.hasOwn(trials, kind)) {
      const message = `There is no ${kind} to try: ${Object.keys(trials).join(", ")}.`;
      throw new DomainError("not_found", "route_not_found", message);
    }
    const principal = await authenticate(server.core, local.testApiKey);
    const session = await createSession(server.core, principal, trials[kind as keyof typeof trials].session);
    // Relative, so that it works under whatever name the browser reached us.
    return reply.code(303).header("location", `/pay/${session.uuid}`).send();
  });
}

/** A JSON-RPC error for what may not pass; undefined when all of it may. */
function refusalOf(body: unknown): object | undefined {
  const calls: unknown[] = Array.isArray(body) ? body : [body];
  if (calls.length === 0 || calls.length > MAX_BATCH) return rpcError(null, `Send 1 to ${MAX_BATCH} calls at once.`);
  for (const call of calls) {
    const { id = null, method } = (typeof call === "object" && call !== null ? call : {}) as RpcCall;
    if (typeof method !== "string" || !allowedMethods.has(method))
      return rpcError(id, "This method is not offered here.");
  }
  return undefined;
}

function rpcError(id: unknown, message: string): object {
  return {
    jsonrpc: "2.0",
    id: typeof id === "number" || typeof id === "string" ? id : null,
    error: { code: -32601, message },
  };
}
