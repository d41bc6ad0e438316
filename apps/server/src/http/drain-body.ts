import type { IncomingMessage } from "node:http";

const MAX_DRAINED_BYTES = 32 * 1024 * 1024;
const DRAIN_TIMEOUT_MS = 5_000;

/**
 * Reads and throws away what is still coming of a refused body. A connection that is closed on unread bytes is reset,
 * and most clients then report a broken pipe instead of the answer. Bounded in bytes and time.
 */
export function drainBody(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let bytes = 0;
    const stop = () => {
      clearTimeout(timer);
      request.off("data", count).off("end", stop).off("error", stop).off("close", stop);
      resolve();
    };
    const count = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_DRAINED_BYTES) stop();
    };
    const timer = setTimeout(stop, DRAIN_TIMEOUT_MS);
    request.on("data", count).on("end", stop).on("error", stop).on("close", stop).resume();
  });
}
