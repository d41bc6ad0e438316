import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { SdkCall } from "./calls.ts";
import type { Operation } from "./wire.ts";

/** What an SDK sent. */
export interface Seen {
  readonly operation: string | undefined;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly isIdempotent: boolean;
}

export interface Recorder {
  readonly url: string;
  /** What came since the last time this was asked. */
  taken(): Seen[];
  close(): void;
}

/** A server that answers each route with the document's own example. Usage adds fields to the example of a subscription. */
export async function startRecorder(
  operations: ReadonlyMap<string, Operation>,
  expected: readonly SdkCall[],
): Promise<Recorder> {
  let seen: Seen[] = [];
  const metered = operations.get("increaseUnits")?.example;
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const found = [...operations].find(([, { method, path }]) => method === request.method && path.test(pathname));
    const isMetered =
      found?.[0] === expected[seen.length]?.operation && expected[seen.length]?.method.startsWith("payAsYouGo.");
    const answers: Readonly<Record<string, unknown>> = isMetered
      ? { getSubscription: metered, listSubscriptions: { items: [metered], nextCursor: null } }
      : {};
    seen.push({
      operation: found?.[0],
      path: pathname,
      query: Object.fromEntries(searchParams),
      body: await bodyOf(request),
      isIdempotent: request.headers["idempotency-key"] !== undefined,
    });
    const answer =
      found === undefined
        ? { error: "There is no such route.", code: "not_found", status: 404 }
        : (answers[found[0]] ?? found[1].example);
    response
      .writeHead(found === undefined ? 404 : 200, { "content-type": "application/json" })
      .end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken: () => {
      const all = seen;
      seen = [];
      return all;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}
