import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface RpcRequest {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** What a misbehaving provider does: an answer of its own, or null to let the real node answer. */
export interface Misbehaviour {
  /** The whole HTTP exchange; true when it was taken over. */
  http?(request: IncomingMessage, response: ServerResponse, body: string): boolean;
  /** One call: `{ result }` or `{ error }`, or null. */
  call?(request: RpcRequest): { result: unknown } | { error: { code: number; message: string } } | null;
  /** One real result, changed. */
  result?(request: RpcRequest, result: never): unknown;
}

export interface RpcProxy {
  readonly url: string;
  /** Set and cleared while it runs. */
  behaviour: Misbehaviour;
  readonly calls: string[];
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** A provider in front of a real node, which a test can make lag, lie, refuse, time out or cut short. */
export async function startRpcProxy(target: string): Promise<RpcProxy> {
  const proxy = {
    url: "",
    behaviour: {} as Misbehaviour,
    calls: [] as string[],
    close: async () => undefined as unknown,
  };

  async function forward(request: RpcRequest): Promise<object> {
    proxy.calls.push(request.method);
    const own = proxy.behaviour.call?.(request);
    if (own) return { jsonrpc: "2.0", id: request.id, ...own };
    const answer = await fetch(target, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(request),
    });
    const reply = (await answer.json()) as { result?: never };
    const change = proxy.behaviour.result;
    return reply.result !== undefined && change ? { ...reply, result: change(request, reply.result) } : reply;
  }

  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    if (proxy.behaviour.http?.(request, response, body)) return;
    const parsed = JSON.parse(body) as RpcRequest | RpcRequest[];
    const answer = Array.isArray(parsed) ? await Promise.all(parsed.map(forward)) : await forward(parsed);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  proxy.close = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    });
  return proxy as RpcProxy;
}
