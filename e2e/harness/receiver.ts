import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly headers: IncomingHttpHeaders;
  /** The raw body, as signed. */
  readonly raw: string;
  readonly body: {
    uuid: string;
    status: { type: string; status: string; message?: string; txHash?: string };
    session: Record<string, unknown>;
    /** Of a subscription's own webhooks, which have no `uuid`. */
    subscriptionUUID?: string;
    previousStatus?: string;
    currentStatus?: string;
    usagePercent?: number;
  };
  readonly answered: number;
}

/** A merchant's webhook endpoint: a real HTTP server that keeps what it got. */
export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** Acknowledged deliveries for one session, in order of arrival. */
  of(uuid: string): Received[];
  /** The same for one subscription's changes of status and its usage. */
  ofSubscription(uuid: string): Received[];
  /** Decides each answer from then on. */
  answerWith(decide: (received: Omit<Received, "answered">) => number): void;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let decide: (received: Omit<Received, "answered">) => number = () => 200;
  const server = createServer((request, response) => {
    if (request.method !== "POST") {
      // A browser that came back from the checkout: the shop's own pages.
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Shop</title><p>Hello");
      return;
    }
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const raw = Buffer.concat(chunks).toString("utf8");
      const delivery = { headers: request.headers, raw, body: JSON.parse(raw) as Received["body"] };
      const answered = decide(delivery);
      received.push({ ...delivery, answered });
      response.writeHead(answered).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    received,
    of: (uuid) => received.filter((delivery) => delivery.body.uuid === uuid && delivery.answered < 300),
    ofSubscription: (uuid) =>
      received.filter((delivery) => delivery.body.subscriptionUUID === uuid && delivery.answered < 300),
    answerWith: (next) => {
      decide = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
