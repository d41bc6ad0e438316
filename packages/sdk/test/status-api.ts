import type { IncomingMessage } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { ScriptedApi } from "./scripted-api.ts";

/** What happens to one connection of the status WebSocket. */
export type Conversation = (socket: WebSocket) => void;

/** A scripted API with the status WebSocket: tickets are good once, and each connection plays the next conversation. */
export class StatusApi extends ScriptedApi {
  readonly connections: { url: string; ticket: string }[] = [];
  readonly #conversations: Conversation[] = [];
  readonly #tickets = new Set<string>();
  readonly #sockets: WebSocketServer;
  #made = 0;

  constructor() {
    super();
    this.#sockets = new WebSocketServer({ noServer: true, handleProtocols: (protocols) => [...protocols][0] ?? false });
    this.server.on("upgrade", (request: IncomingMessage, socket, head) => {
      const ticket = /^qbitflow\.ticket\.(.+)$/.exec(request.headers["sec-websocket-protocol"] ?? "")?.[1] ?? "";
      const conversation = this.#tickets.delete(ticket) ? this.#conversations.shift() : undefined;
      if (conversation === undefined) {
        socket.end("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n");
        return;
      }
      this.connections.push({ url: request.url ?? "", ticket });
      this.#sockets.handleUpgrade(request, socket, head, (opened) => conversation(opened));
    });
    this.on("POST /v1/transaction/status/ticket", {
      act: (response) => {
        const ticket = `t${++this.#made}`;
        this.#tickets.add(ticket);
        response.end(JSON.stringify({ ticket, expiresAt: Math.floor(Date.now() / 1000) + 60 }));
      },
    });
  }

  /** Further connections are refused. */
  converse(...conversations: Conversation[]): this {
    this.#conversations.push(...conversations);
    return this;
  }

  override async stop(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
    await super.stop();
  }
}
