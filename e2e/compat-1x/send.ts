import { request } from "node:http";

export interface Sent {
  readonly method: string;
  /** As on the wire: nothing normalises or encodes it. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface Answered {
  readonly status: number;
  /** Undefined where the body is not JSON. */
  readonly body: unknown;
}

/** Sends a recorded request exactly as it was recorded; follows nothing, as Python's client follows nothing. */
export function send(apiUrl: string, { method, path, headers, body }: Sent): Promise<Answered> {
  const { hostname, port, pathname } = new URL(apiUrl);
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
    const options = { hostname, port, method, path: pathname + path, headers: { ...headers, ...length } };
    const outgoing = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, body: parsed(Buffer.concat(chunks).toString("utf8")) }),
      );
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export interface Followed {
  readonly frames: unknown[];
  /** The close code; 1.x reconnects for ever after any but 1000. */
  readonly code: number;
}

/** Opens the status WebSocket as the 1.x JavaScript client does: key in a header, no Origin, and listens to the end. */
export function follow(apiUrl: string, path: string, apiKey: string): Promise<Followed> {
  const frames: unknown[] = [];
  // Node's WebSocket takes headers; the DOM's type does not know that.
  const Socket = WebSocket as unknown as new (url: string, options: { headers: Record<string, string> }) => WebSocket;
  const socket = new Socket(apiUrl.replace("http://", "ws://") + path, { headers: { "X-API-Key": apiKey } });
  return new Promise((resolve) => {
    socket.onmessage = ({ data }) => frames.push(parsed(String(data)));
    socket.onclose = ({ code }) => resolve({ frames, code });
  });
}
