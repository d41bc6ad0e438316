import { type RouteId, routes, type StatusFrame } from "@qbitflow/api";
import { DomainError, getPublicSession, redeemTicket, subscriptionOfLink, type TransactionName } from "@qbitflow/core";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { WebSocket } from "ws";
import type { ServerContext } from "../server-context.ts";
import { principalOf, type RateLimits, refuseUnsafeLive } from "./authenticate.ts";
import { errorAnswer } from "./error-answer.ts";
import { uuidId } from "./path-ids.ts";
import { type ProgressHubs, transactionKey } from "./progress.ts";
import type { ProgressHub } from "./progress-hub.ts";
import { queryReader } from "./query-types.ts";
import { callerOf } from "./rate-limit.ts";
import { askedTransaction } from "./status-query.ts";

const TICKET_PROTOCOL = "qbitflow.ticket.";
/** Open sockets at once, by key and by address. */
const MAX_SOCKETS_PER_KEY = 500;
const MAX_SOCKETS_PER_ADDRESS = 100;
const PING_MS = 30_000;
const finalStatuses = new Set(["completed", "failed", "cancelled", "expired"]);

export interface SocketParts {
  readonly server: ServerContext;
  readonly limits: RateLimits;
  readonly hubs: ProgressHubs;
}

/** The subprotocol to agree on: a browser that offered some fails when none is chosen. */
export function chooseProtocol(offered: Set<string>): string | false {
  return offered.has("qbitflow") ? "qbitflow" : (offered.values().next().value ?? false);
}

/** Counts what is open by caller, so that one caller cannot hold them all. */
class OpenSockets {
  readonly #counts = new Map<string, number>();

  open(caller: string, max: number): () => void {
    const count = this.#counts.get(caller) ?? 0;
    if (count >= max)
      throw new DomainError("rate_limited", "rate_limited", "Too many WebSockets are open: close some first.");
    this.#counts.set(caller, count + 1);
    return () => {
      const left = (this.#counts.get(caller) ?? 1) - 1;
      if (left <= 0) this.#counts.delete(caller);
      else this.#counts.set(caller, left);
    };
  }
}

/** By route: a transaction's status by key or ticket, and the pages' own. */
const followers: Partial<Record<RouteId, (following: Following) => Promise<void>>> = {
  statusSocket: followStatus,
  checkoutSocket: followCheckout,
  portalSocket: followPortal,
};

/** The WebSockets of the route table. */
export function registerSockets(app: FastifyInstance, parts: SocketParts): void {
  const open = new OpenSockets();
  for (const route of routes.filter(({ auth }) => auth === "socket")) {
    const readQuery = route.query === undefined ? undefined : queryReader(route.query);
    const follower = followers[route.id as RouteId];
    if (follower === undefined) throw new Error(`Nothing follows ${route.id}.`);
    app.route({
      method: "GET",
      url: route.path,
      onRequest: async (request) => {
        parts.limits.perAddress.take(callerOf(request.ip));
        refuseForeignOrigin(parts.server, request);
      },
      handler: (_request, reply) => {
        reply.header("upgrade", "websocket");
        throw new DomainError("invalid", "websocket_needed", "This route is a WebSocket: open it as one.");
      },
      wsHandler: (socket, request) => {
        readQuery?.(request.query as Record<string, unknown>);
        keepAlive(socket);
        follower({ ...parts, socket, request, open }).catch((error) =>
          refuse(parts.server, { socket, request, error }),
        );
      },
    });
  }
}

interface Following extends SocketParts {
  readonly socket: WebSocket;
  readonly request: FastifyRequest;
  readonly open: OpenSockets;
}

/** The transaction a status socket is for, counted for its caller. */
async function wantedTransaction(following: Following): Promise<{ name: TransactionName; release: () => void }> {
  const { server, limits, request, open } = following;
  const ticket = offeredTicket(request);
  if (ticket !== undefined) {
    const { test, ...name } = await redeemTicket(server.core, ticket);
    refuseUnsafeLive(server, test);
    return { name, release: open.open(`address:${callerOf(request.ip)}`, MAX_SOCKETS_PER_ADDRESS) };
  }
  const principal = await principalOf(server, limits, request);
  const name = await askedTransaction(server.core, principal, request.query as Record<string, unknown>);
  return { name, release: open.open(`key:${principal.keyId}`, MAX_SOCKETS_PER_KEY) };
}

async function followStatus(following: Following): Promise<void> {
  const { server, hubs, socket, request } = following;
  const { name, release } = await wantedTransaction(following);
  const { uuid } = name;
  const stream = { server, hub: hubs.transactions, socket, request, key: transactionKey(name), release };
  follow(stream, ({ status }) => {
    const frame: StatusFrame = { transactionUUID: uuid, transactionUuid: uuid, status };
    socket.send(JSON.stringify(frame));
    if (finalStatuses.has(status.status)) socket.close(1000, status.status);
  });
}

async function followCheckout({ server, hubs, socket, request, open }: Following): Promise<void> {
  const uuid = uuidId((request.params as { uuid: string }).uuid, "session");
  await getPublicSession(server.core, uuid);
  const release = open.open(`address:${callerOf(request.ip)}`, MAX_SOCKETS_PER_ADDRESS);
  // Stays open after a final status: a late payment or a reorganisation must still reach the page.
  const stream = { server, hub: hubs.checkout, socket, request, key: uuid, release };
  follow(stream, (progress) => socket.send(JSON.stringify(progress)));
}

async function followPortal({ server, hubs, socket, request, open }: Following): Promise<void> {
  const { token } = request.params as { token: string };
  await subscriptionOfLink(server.core, token);
  const release = open.open(`address:${callerOf(request.ip)}`, MAX_SOCKETS_PER_ADDRESS);
  // Ends when the link is revoked.
  const stream = { server, hub: hubs.portal, socket, request, key: token, release };
  follow(stream, (state) => socket.send(JSON.stringify(state)));
}

interface Stream<Progress> {
  readonly server: ServerContext;
  readonly hub: ProgressHub<Progress>;
  readonly socket: WebSocket;
  readonly request: FastifyRequest;
  readonly key: string;
  readonly release: () => void;
}

function follow<Progress>(
  { server, hub, socket, request, key, release }: Stream<Progress>,
  tell: (progress: Progress) => void,
): void {
  if (socket.readyState !== socket.OPEN) {
    release();
    return;
  }
  const stop = hub.subscribe(key, {
    tell: (progress) => {
      if (socket.readyState === socket.OPEN) tell(progress);
    },
    gone: (error) => refuse(server, { socket, request, error }),
  });
  socket.once("close", () => {
    stop();
    release();
  });
}

/** 1.x clients read failures from a frame, and reconnect for ever after any close code but 1000. */
function refuse(
  server: ServerContext,
  { socket, request, error }: { socket: WebSocket; request: FastifyRequest; error: unknown },
): void {
  const { error: message, status, code } = errorAnswer(error, request.id);
  if (status >= 500) server.log.error({ err: error, requestId: request.id }, "A WebSocket failed");
  socket.send(JSON.stringify({ error: message, status, message, code }));
  socket.close(1000);
}

function offeredTicket(request: FastifyRequest): string | undefined {
  const offered = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
  return offered.find((name) => name.startsWith(TICKET_PROTOCOL))?.slice(TICKET_PROTOCOL.length);
}

/**
 * Programs send no Origin. A browser's page must be ours; one that shows a ticket may be any page that is not opaque
 * and was loaded safely.
 * @throws DomainError origin_refused
 */
function refuseForeignOrigin(server: ServerContext, request: FastifyRequest): void {
  const origin = request.headers.origin;
  if (origin === undefined) return;
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  const own =
    url !== undefined && (url.host === request.host || origin === new URL(server.core.policy.publicUrl).origin);
  if (own) return;
  const loopback = url !== undefined && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (offeredTicket(request) !== undefined && (url?.protocol === "https:" || loopback)) return;
  throw new DomainError(
    "forbidden",
    "origin_refused",
    "A page of another site may not open this connection without a ticket.",
  );
}

/** Ends sockets whose other side is gone without a word, and ignores what they send. */
function keepAlive(socket: WebSocket): void {
  let answered = true;
  socket.on("pong", () => {
    answered = true;
  });
  socket.on("error", () => socket.terminate());
  const timer = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, PING_MS);
  timer.unref();
  socket.once("close", () => clearInterval(timer));
}
