import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { UsageError } from "../errors.ts";

/** As long as the server waits for an answer. */
const ANSWER_MS = 10_000;

/** How the local server took a webhook. */
export interface Forwarded {
  /** Left out where no answer came. */
  readonly status?: number;
  readonly error?: string;
  readonly ms: number;
}

/** @throws UsageError */
export function targetOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new UsageError("--forward-to must be an address that begins with http:// or https://.");
}

/** Posts one webhook as a delivery does. Never throws: a failure is a result. */
export async function forward(
  target: URL,
  { headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  signal: AbortSignal,
): Promise<Forwarded> {
  const startedMs = performance.now();
  const took = () => Math.round(performance.now() - startedMs);
  const timeout = AbortSignal.timeout(ANSWER_MS);
  try {
    const response = await post(target, { headers, body, signal: AbortSignal.any([timeout, signal]) });
    response.resume();
    return { status: response.statusCode ?? 0, ms: took() };
  } catch (error) {
    return { error: timeout.aborted ? `no answer within ${ANSWER_MS / 1_000} s` : reasonOf(error, target), ms: took() };
  }
}

interface Post {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

function post(target: URL, { headers, body, signal }: Post): Promise<IncomingMessage> {
  const send = target.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    // A connection of its own each time: a server under development is started again and again.
    const request = send(target, {
      method: "POST",
      headers: { ...headers, "Content-Length": Buffer.byteLength(body) },
      agent: false,
      signal,
    });
    request.once("response", resolve).once("error", reject).end(body);
  });
}

function reasonOf(error: unknown, { host }: URL): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "ECONNREFUSED" ? `no answer: nothing listens at ${host}` : `no answer: ${message || code}`;
}
