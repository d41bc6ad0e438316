import { ValidationError } from "./errors.ts";

/** How to reach the server. Only `apiKey` and `baseUrl` are needed. */
export interface QBitFlowOptions {
  /** `sk_<id>_<test|live>_<secret>`; it decides between test and live. Keep it on your server. */
  apiKey: string;
  /** The address of your QBitFlow server, with or without `/v1`: `https://pay.example.com`. */
  baseUrl?: string | undefined;
  /** The same as `baseUrl`. */
  baseURL?: string | undefined;
  /** Milliseconds for one try of a request, the answer's body included. 30 000 unless set. */
  timeoutMs?: number | undefined;
  /** Further tries after the first, where a second try is harmless. 3 unless set; 0 turns them off. */
  maxRetries?: number | undefined;
  /** Milliseconds before the second try; doubles with each further one, up to 8 s. 500 unless set. */
  retryDelayMs?: number | undefined;
  /** `whsec_…`, for `client.webhooks.verify`. Give both while a secret is being rotated. */
  webhookSecret?: string | readonly string[] | undefined;
  /** Your own fetch: for a proxy, for instrumentation, for tests. The platform's unless set. */
  fetch?: typeof fetch | undefined;
  /** A WebSocket class for platforms without one, or `false` to follow statuses by polling only. */
  WebSocket?: WebSocketConstructor | false | undefined;
}

/** Settings of one request. */
export interface RequestOptions {
  /** For requests that create: the same key and body give the same answer for 24 h. Made for you unless set. */
  idempotencyKey?: string | undefined;
  /** Milliseconds for one try. */
  timeoutMs?: number | undefined;
  maxRetries?: number | undefined;
  /** Ends the request, and the waiting between tries; the call rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** The part of the standard WebSocket that the SDK uses. */
export interface WebSocketLike {
  close(code?: number, reason?: string): void;
  addEventListener(type: string, listener: (event: { data?: unknown; code?: number; reason?: string }) => void): void;
}
export type WebSocketConstructor = new (url: string, protocols: string[]) => WebSocketLike;

/** Options, checked and complete. */
export interface Config {
  apiKey: string;
  /** Ends in `/v1`, without a slash. */
  baseUrl: string;
  timeoutMs: number;
  maxRetries: number;
  retryDelayMs: number;
  webhookSecrets: readonly string[];
  fetch: typeof fetch;
  WebSocket: WebSocketConstructor | undefined;
}

/** Throws ValidationError (`invalid_option`) with a sentence that never contains the key. */
export function resolveConfig(options: QBitFlowOptions): Config {
  const timeoutMs = options.timeoutMs ?? 30_000;
  const maxRetries = options.maxRetries ?? 3;
  const retryDelayMs = options.retryDelayMs ?? 500;
  checkRange("timeoutMs", timeoutMs, { from: 1, to: 2 ** 31 - 1 });
  checkRange("maxRetries", maxRetries, { from: 0, to: 20 });
  checkRange("retryDelayMs", retryDelayMs, { from: 0, to: 60_000 });
  const fetchFunction = options.fetch ?? globalThis.fetch;
  if (typeof fetchFunction !== "function") throw invalidOption("fetch", "This platform has no fetch: pass one.");
  const secrets = options.webhookSecret ?? [];
  return {
    apiKey: checkApiKey(options.apiKey),
    baseUrl: checkBaseUrl(options.baseUrl ?? options.baseURL),
    timeoutMs,
    maxRetries,
    retryDelayMs,
    webhookSecrets: typeof secrets === "string" ? [secrets] : [...secrets],
    // Called with no `this`: browsers and edge runtimes refuse a fetch that is called as a method.
    fetch: (input, init) => fetchFunction(input, init),
    WebSocket: chooseWebSocket(options.WebSocket),
  };
}

/** QBITFLOW_API_KEY, QBITFLOW_BASE_URL and QBITFLOW_WEBHOOK_SECRET (several separated by spaces), where there is an environment. */
export function optionsFromEnv(overrides: Partial<QBitFlowOptions>): QBitFlowOptions {
  const process = (globalThis as { process?: { env?: Record<string, string | undefined> } }).process;
  const env = process?.env ?? {};
  const apiKey = overrides.apiKey ?? env.QBITFLOW_API_KEY;
  const baseUrl = overrides.baseUrl ?? overrides.baseURL ?? env.QBITFLOW_BASE_URL;
  if (!apiKey) throw invalidOption("apiKey", "Set QBITFLOW_API_KEY to your API key.");
  if (!baseUrl) throw invalidOption("baseUrl", "Set QBITFLOW_BASE_URL to the address of your QBitFlow server.");
  const webhookSecret = overrides.webhookSecret ?? env.QBITFLOW_WEBHOOK_SECRET?.split(/\s+/).filter(Boolean);
  return { ...overrides, apiKey, baseUrl, webhookSecret };
}

export function invalidOption(field: string, message: string): ValidationError {
  return new ValidationError(message, { code: "invalid_option", errors: [{ field, message }] });
}

export function checkRange(field: string, value: number, range: { from: number; to: number }): void {
  if (!Number.isFinite(value) || value < range.from || value > range.to) {
    throw invalidOption(field, `${field} is a number from ${range.from} to ${range.to}.`);
  }
}

function checkApiKey(apiKey: unknown): string {
  const key = typeof apiKey === "string" ? apiKey.trim() : "";
  if (key === "") throw invalidOption("apiKey", "Pass apiKey: new QBitFlow({ apiKey, baseUrl }).");
  // fetch would refuse such a header with a message that quotes the key.
  if (!/^[\x21-\x7e]+$/.test(key)) throw invalidOption("apiKey", "apiKey has characters that no API key has.");
  return key;
}

function checkBaseUrl(baseUrl: string | undefined): string {
  const sentence = "Pass baseUrl, the address of your QBitFlow server, like https://pay.example.com.";
  let url: URL;
  try {
    url = new URL(baseUrl ?? "");
  } catch {
    throw invalidOption("baseUrl", sentence);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") throw invalidOption("baseUrl", sentence);
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw invalidOption("baseUrl", "baseUrl is an address and a path only: no user, password, query or fragment.");
  }
  const path = url.pathname.replace(/\/+$/, "");
  return `${url.origin}${path.endsWith("/v1") ? path : `${path}/v1`}`;
}

function chooseWebSocket(option: QBitFlowOptions["WebSocket"]): WebSocketConstructor | undefined {
  if (option === false) return undefined;
  return option ?? (globalThis as { WebSocket?: WebSocketConstructor }).WebSocket;
}
