import type { WebSocketConstructor, WebSocketLike } from "./config.ts";
import { ConnectionError } from "./errors.ts";
import type { TransactionStatus } from "./types.ts";

export interface SocketOptions {
  url: string;
  ticket: string;
  WebSocket: WebSocketConstructor;
  signal: AbortSignal | undefined;
}

/** Milliseconds without a frame after which the connection is taken for dead: a half-open one never says so itself. */
const silenceMs = 60_000;
const mostWaitingFrames = 100;

/**
 * The statuses one WebSocket brings, until it closes. Ends when the server closes it; throws ConnectionError when it
 * fails, says so in an error frame, or cannot be opened, and the signal's reason when that aborts.
 */
export async function* socketStatuses(options: SocketOptions): AsyncGenerator<TransactionStatus, void, undefined> {
  const { signal } = options;
  if (signal?.aborted) throw signal.reason;
  const inbox = new Inbox();
  const socket = new options.WebSocket(options.url, [`qbitflow.ticket.${options.ticket}`]);
  listen(socket, inbox);
  const onAbort = () => inbox.end(signal?.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    while (true) {
      const status = await inbox.next();
      if (status === undefined) return;
      yield status;
    }
  } finally {
    signal?.removeEventListener("abort", onAbort);
    inbox.end();
    socket.close();
  }
}

function listen(socket: WebSocketLike, inbox: Inbox): void {
  socket.addEventListener("message", ({ data }) => {
    const frame = parseFrame(data);
    if (frame === undefined) return;
    if ("status" in frame) inbox.put(frame.status);
    else inbox.end(socketError(frame.error));
  });
  socket.addEventListener("error", () => inbox.end(socketError("The status connection failed.")));
  socket.addEventListener("close", ({ code }) => {
    inbox.end(code === 1000 ? undefined : socketError(`The status connection closed early (${code}).`));
  });
}

/** A status frame has an object as its status; an error frame a number, and a sentence as its error. */
function parseFrame(data: unknown): { status: TransactionStatus } | { error: string } | undefined {
  if (typeof data !== "string") return undefined;
  try {
    const frame = JSON.parse(data) as { status?: unknown; error?: unknown } | null;
    if (typeof frame?.status === "object" && frame.status !== null)
      return { status: frame.status as TransactionStatus };
    if (typeof frame?.error === "string") return { error: frame.error };
  } catch {
    return { error: "The status connection sent something that is not JSON." };
  }
  return undefined;
}

function socketError(message: string): ConnectionError {
  return new ConnectionError(message, { code: "status_connection_failed" });
}

/** Frames that wait for the reader, and the one reader that waits for frames. */
class Inbox {
  readonly #waiting: TransactionStatus[] = [];
  #ended = false;
  #failure: unknown;
  #wake: (() => void) | undefined;

  put(status: TransactionStatus): void {
    if (this.#ended) return;
    // A reader this slow needs the latest, not each confirmation.
    if (this.#waiting.length === mostWaitingFrames) this.#waiting.shift();
    this.#waiting.push(status);
    this.#wake?.();
  }

  /** The first end counts; frames that came before it are still read. */
  end(failure?: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#failure = failure;
    this.#wake?.();
  }

  async next(): Promise<TransactionStatus | undefined> {
    if (this.#waiting.length === 0 && !this.#ended) await this.#wait();
    const status = this.#waiting.shift();
    if (status === undefined && this.#failure !== undefined) throw this.#failure;
    return status;
  }

  #wait(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.end(socketError("The status connection went silent.")), silenceMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
