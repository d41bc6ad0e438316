import type { Config, RequestOptions } from "./config.ts";
import { checkRange, invalidOption } from "./config.ts";
import { errorFromResponse } from "./error-from-response.ts";
import { ConnectionError, QBitFlowError, TimeoutError } from "./errors.ts";
import { type ListAnswer, type ListOptions, PageRequest } from "./page.ts";
import { backoffMs, isRetryable, type Replay, sleep } from "./retry.ts";
import { version } from "./version.ts";
import { webCrypto } from "./webcrypto.ts";

export type Query = Record<string, string | number | boolean | undefined>;

/** One call of the API, without anything about how it is carried. */
export interface Call {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below `/v1`, its parts already through `pathPart`. */
  path: string;
  query?: Query | undefined;
  body?: unknown;
  /** The POST makes something: it carries an Idempotency-Key and may be tried again. */
  creates?: boolean;
  /** For a POST that changes nothing. GET and PUT may always be tried again, DELETE only after a 429. */
  replay?: Replay;
}

/** One path segment, or ValidationError: an empty one or `..` would ask for another route. */
export function pathPart(field: string, value: string | number): string {
  const text = String(value);
  if (text === "" || text === "." || text === "..") throw invalidOption(field, `${field} must not be empty.`);
  return encodeURIComponent(text);
}

interface PreparedRequest {
  url: string;
  /** For sentences: `POST /v1/product`. */
  route: string;
  init: { method: string; headers: Headers; body?: string };
  timeoutMs: number;
  signal: AbortSignal | undefined;
}

/** Carries calls to the API: headers, deadlines, retries and errors live here, and nothing about any resource. */
export class Transport {
  readonly #config: Config;

  constructor(config: Config) {
    this.#config = config;
  }

  /** The parsed answer; throws the QBitFlowError of the last try, or the signal's reason. */
  async request<T>(call: Call, options: RequestOptions = {}): Promise<T> {
    const maxRetries = options.maxRetries ?? this.#config.maxRetries;
    checkRange("maxRetries", maxRetries, { from: 0, to: 20 });
    const prepared = await this.#prepare(call, options);
    const replay = replayOf(call);
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#attempt<T>(prepared);
      } catch (error) {
        if (!(error instanceof QBitFlowError) || attempt >= maxRetries || !isRetryable(error, replay)) throw error;
        await sleep(error.retryAfterMs ?? backoffMs(attempt, this.#config.retryDelayMs), options.signal);
      }
    }
  }

  /** A list route; nothing is sent before the answer is awaited or iterated. */
  list<T>(
    path: string,
    list: ListOptions & { type?: string | undefined; uuid?: string | undefined },
    options?: RequestOptions,
  ): PageRequest<T> {
    const fetchPage = (cursor: string | undefined) =>
      this.request<ListAnswer<T>>(
        { method: "GET", path, query: { limit: list.limit, type: list.type, uuid: list.uuid, cursor } },
        options,
      );
    return new PageRequest(fetchPage, list.cursor);
  }

  /** The address of a WebSocket route. */
  socketUrl(path: string, query: Query): string {
    return `${this.#config.baseUrl.replace(/^http/, "ws")}${path}${queryText(query)}`;
  }

  get WebSocket(): Config["WebSocket"] {
    return this.#config.WebSocket;
  }

  async #prepare(call: Call, options: RequestOptions): Promise<PreparedRequest> {
    const timeoutMs = options.timeoutMs ?? this.#config.timeoutMs;
    checkRange("timeoutMs", timeoutMs, { from: 1, to: 2 ** 31 - 1 });
    const headers = new Headers({
      Accept: "application/json",
      "User-Agent": `qbitflow-sdk-js/${version}`,
      "X-API-Key": this.#config.apiKey,
    });
    if (call.creates || (call.method === "POST" && options.idempotencyKey !== undefined)) {
      headers.set("Idempotency-Key", checkIdempotencyKey(options.idempotencyKey ?? (await randomKey())));
    }
    const init: PreparedRequest["init"] = { method: call.method, headers };
    if (call.body !== undefined) {
      headers.set("Content-Type", "application/json");
      init.body = JSON.stringify(call.body);
    }
    const url = `${this.#config.baseUrl}${call.path}${queryText(call.query ?? {})}`;
    return { url, route: `${call.method} /v1${call.path}`, init, timeoutMs, signal: options.signal };
  }

  async #attempt<T>(request: PreparedRequest): Promise<T> {
    const { signal, timeoutMs, route } = request;
    if (signal?.aborted) throw signal.reason;
    // AbortSignal.any is missing in early Node 18.
    const controller = new AbortController();
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      controller.abort();
    }, timeoutMs);
    const onAbort = () => controller.abort(signal?.reason);
    signal?.addEventListener("abort", onAbort, { once: true });
    try {
      // A redirect is never followed: fetch would send X-API-Key to wherever it points.
      const response = await this.#config.fetch(request.url, {
        ...request.init,
        signal: controller.signal,
        redirect: "manual",
      });
      return this.#read<T>(request, response, await response.text());
    } catch (error) {
      if (error instanceof QBitFlowError) throw error;
      if (signal?.aborted) throw signal.reason;
      if (timedOut) {
        const message = `${route} got no answer within ${timeoutMs} ms. Try again, or raise timeoutMs.`;
        throw new TimeoutError(message, { code: "timeout", cause: error });
      }
      const message = `${route} could not reach ${new URL(request.url).origin}. Check baseUrl, the network, and that the server runs.`;
      throw new ConnectionError(message, { code: "connection_failed", cause: error });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    }
  }

  #read<T>(request: PreparedRequest, response: Response, text: string): T {
    const { status, headers } = response;
    if (!response.ok) {
      const redacted = text.split(this.#config.apiKey).join("[API key]");
      throw errorFromResponse({ status, headers, text: redacted, route: request.route }, Date.now());
    }
    if (text === "") return undefined as T;
    try {
      return JSON.parse(text) as T;
    } catch (cause) {
      const message = `${request.route} was answered with something that is not JSON. Check that baseUrl is the address of your QBitFlow server.`;
      const requestId = headers.get("x-request-id") ?? undefined;
      throw new ConnectionError(message, { code: "invalid_response", status, requestId, cause });
    }
  }
}

function replayOf(call: Call): Replay {
  if (call.replay !== undefined) return call.replay;
  return call.method === "GET" || call.method === "PUT" || call.creates ? "always" : "refused";
}

function queryText(query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}

function checkIdempotencyKey(key: string): string {
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw invalidOption("idempotencyKey", "idempotencyKey is 1 to 255 printable ASCII characters without spaces.");
}

async function randomKey(): Promise<string> {
  return (await webCrypto()).randomUUID();
}
