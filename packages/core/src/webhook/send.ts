import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { describe } from "../loop.ts";
import { type Resolve, type ResolvedAddress, resolveTarget } from "./address-guard.ts";

const MAX_ANSWER_BYTES = 2_048;

export interface SendInput {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For all of it: name, connection, answer. */
  readonly timeoutMs: number;
  readonly allowPrivate: boolean;
  readonly resolve?: Resolve | undefined;
  /** The server stops: the attempt ends here, as a failed one. */
  readonly stop?: AbortSignal | undefined;
}

export interface SendResult {
  /** Null when no answer came. */
  readonly httpStatus: number | null;
  readonly error: string | null;
  /** The first 2 kB of the answer's body. */
  readonly answer: string | null;
  readonly retryAfter: string | undefined;
  readonly latencyMs: number;
}

/** Posts one webhook: to an address that was checked, without following redirects. Never throws: a failure is a result. */
export async function send(input: SendInput): Promise<SendResult> {
  const startedMs = performance.now();
  const took = () => Math.round(performance.now() - startedMs);
  const timeout = AbortSignal.timeout(input.timeoutMs);
  const signal = input.stop ? AbortSignal.any([timeout, input.stop]) : timeout;
  try {
    const url = new URL(input.url);
    const { allowPrivate, resolve } = input;
    const resolving = resolveTarget(url, { allowPrivate, ...(resolve ? { resolve } : {}) });
    const addresses = await Promise.race([resolving, aborted(signal)]);
    const response = await post(url, { input, addresses, signal });
    const answer = await readStart(response);
    const retryAfter = response.headers["retry-after"];
    return { httpStatus: response.statusCode ?? null, error: null, answer, retryAfter, latencyMs: took() };
  } catch (error) {
    const message = failure(error, { input, timeout });
    return { httpStatus: null, error: message.slice(0, 500), answer: null, retryAfter: undefined, latencyMs: took() };
  }
}

function failure(error: unknown, { input, timeout }: { input: SendInput; timeout: AbortSignal }): string {
  if (timeout.aborted) return `No answer within ${input.timeoutMs} ms.`;
  return input.stop?.aborted ? "This server stopped before the answer came." : describe(error);
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

interface PostInput {
  readonly input: SendInput;
  readonly addresses: readonly ResolvedAddress[];
  readonly signal: AbortSignal;
}

function post(url: URL, { input, addresses, signal }: PostInput): Promise<IncomingMessage> {
  // The name is not asked for again: what was checked is what is connected to.
  const lookup: RequestOptions["lookup"] = (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else callback(null, first?.address ?? "", first?.family);
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === "https:" ? httpsRequest : httpRequest)(url, {
      method: "POST",
      headers: { ...input.headers, "Content-Length": String(Buffer.byteLength(input.body)) },
      agent: false,
      lookup,
      signal,
    });
    request.once("response", resolve);
    request.on("error", reject);
    request.once("close", () => reject(new Error("The connection was closed without an answer.")));
    request.end(input.body);
  });
}

/** The beginning of the body; what comes after it is not waited for. The status counts even if the body breaks off. */
async function readStart(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= MAX_ANSWER_BYTES) break;
    }
  } catch {
    // What came is kept.
  } finally {
    response.destroy();
  }
  const text = Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString("utf8");
  // The database takes no NUL.
  return text.replaceAll("\u0000", "\ufffd");
}
