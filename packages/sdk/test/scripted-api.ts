import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface SeenRequest {
  method: string;
  /** With the query. */
  url: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}

/** What the server does next: an answer, or something only a real socket can do. */
export type Step =
  | { status?: number; body?: unknown; text?: string; headers?: Record<string, string> }
  | { act: (response: ServerResponse) => void };

/** A real HTTP server that answers what a test tells it, in order; the last step stays. */
export class ScriptedApi {
  readonly seen: SeenRequest[] = [];
  readonly server: Server;
  readonly #scripts = new Map<string, Step[]>();

  constructor() {
    this.server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString();
      const method = request.method ?? "";
      const url = request.url ?? "";
      this.seen.push({ method, url, headers: request.headers, body: text === "" ? undefined : JSON.parse(text) });
      this.#answer(`${method} ${url.split("?")[0]}`, response);
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** `on("GET /v1/product/", { body: [] })` */
  on(route: string, ...steps: Step[]): this {
    this.#scripts.set(route, steps);
    return this;
  }

  count(route: string): number {
    return this.seen.filter(({ method, url }) => `${method} ${url.split("?")[0]}` === route).length;
  }

  #answer(route: string, response: ServerResponse): void {
    const steps = this.#scripts.get(route) ?? [];
    const step = (steps.length > 1 ? steps.shift() : steps[0]) ?? problem(404, "not_found", "There is no such route.");
    if ("act" in step) {
      step.act(response);
      return;
    }
    response.writeHead(step.status ?? 200, { "Content-Type": "application/json", ...step.headers });
    response.end(step.text ?? JSON.stringify(step.body));
  }
}

/** An error as API v1 answers it. */
export function problem(status: number, code: string, error: string): Extract<Step, { body?: unknown }> {
  return { status, body: { error, code, status, requestId: "req_1" } };
}

/** Cuts the connection without an answer. */
export const cut: Step = { act: (response) => response.socket?.destroy() };
/** Takes the request and never answers. */
export const hang: Step = { act: () => {} };
