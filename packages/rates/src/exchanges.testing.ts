import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What the local exchange answers; a test changes it while it runs. */
export interface ExchangeState {
  /** Path without query → body text, or a status, or "hang". */
  readonly answers: Map<string, string | number | "hang">;
  requests: number;
}

/** A local server that speaks the exchanges' real formats. */
export async function startExchange(): Promise<{ url: string; state: ExchangeState; close: () => Promise<void> }> {
  const state: ExchangeState = { answers: new Map(), requests: 0 };
  const server: Server = createServer((request, response) => {
    state.requests += 1;
    const answer = state.answers.get(decodeURIComponent(request.url ?? "")) ?? 404;
    if (answer === "hang") return;
    response.writeHead(typeof answer === "number" ? answer : 200, { "content-type": "application/json" });
    response.end(typeof answer === "number" ? '{"message":"NotFound"}' : answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
