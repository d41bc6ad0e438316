import { classifyRpcError, RpcError } from "./rpc-error.ts";
import { safeWords } from "./safe-words.ts";

export interface RpcCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** One RPC endpoint: batched JSON-RPC over HTTP with bounds on everything, and a rest after failures. */
export interface Endpoint {
  /** Host only. */
  readonly name: string;
  /** True while it rests after a failure: do not ask it. */
  isResting(): boolean;
  /** Makes it rest for what it answered: it contradicts the others. */
  distrust(why: string): void;
  /** All results in the order of the calls, or RpcError. */
  batch(calls: readonly RpcCall[]): Promise<unknown[]>;
  call(method: string, params: readonly unknown[]): Promise<unknown>;
  /** The last reason it rested for, for error messages. */
  readonly lastFailure: string | null;
}

export interface EndpointOptions {
  readonly url: string;
  readonly chainId: number;
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
  /** Rests double from a quarter of a second up to this. */
  readonly maxRestMs: number;
  /** Monotonic milliseconds. */
  readonly monotonicMs: () => number;
}

const FIRST_REST_MS = 250;
const MAX_RETRY_AFTER_MS = 60_000;
const MAX_BATCH = 100;
const MAX_CONCURRENT = 4;
const QUICK_TIMEOUT_MS = 3_000;
const QUICK_METHODS = new Set(["eth_getBlockByNumber", "eth_chainId"]);
/** What providers answer, without a word of JSON-RPC, to a batch that is larger than they like. */
const BATCH_REFUSALS = new Set([400, 403, 405, 422, 501]);
const MAX_BODY_BYTES = 64 * 1024 * 1024;

async function readBody(response: Response, host: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw new RpcError("too_much", `${host} answered with too large a body.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString("utf8");
}

function retryAfterMs(response: Response): number | null {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return seconds >= 0 ? Math.min(seconds * 1000, MAX_RETRY_AFTER_MS) : null;
}

/** A block or two come at once or not at all: everybody waits for them, so a hanging endpoint may not take long. */
function timeoutFor(options: EndpointOptions, calls: readonly RpcCall[]): number {
  const quick = calls.length <= 2 && calls.every(({ method }) => QUICK_METHODS.has(method));
  return quick ? Math.min(QUICK_TIMEOUT_MS, options.timeoutMs) : options.timeoutMs;
}

async function post(options: EndpointOptions, host: string, calls: readonly RpcCall[]): Promise<unknown> {
  const bodies = calls.map(({ method, params }, id) => ({ jsonrpc: "2.0", id, method, params }));
  const timeoutMs = timeoutFor(options, calls);
  const signal = AbortSignal.timeout(timeoutMs);
  let text: string;
  let response: Response;
  try {
    response = await options.fetch(options.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(bodies.length === 1 ? bodies[0] : bodies),
      redirect: "error",
      signal,
    });
    text = await readBody(response, host);
  } catch (error) {
    if (error instanceof RpcError) throw error;
    if (signal.aborted) throw new RpcError("timeout", `${host} did not answer within ${timeoutMs} ms.`);
    throw new RpcError("transport", `${host} could not be reached.`);
  }
  if (response.status === 429) {
    throw new RpcError("rate_limited", `${host} limits our requests.`, { retryAfterMs: retryAfterMs(response) });
  }
  if (response.status === 413) throw new RpcError("too_much", `${host} refused the size of a request.`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    if (calls.length > 1 && BATCH_REFUSALS.has(response.status)) {
      throw new RpcError("too_much", `${host} refused a batch with status ${response.status}.`);
    }
    throw new RpcError("malformed", `${host} answered with status ${response.status} and no JSON.`);
  }
  // Some providers send JSON-RPC errors with a status of 4xx or 5xx: the error itself says more.
  if (!response.ok && !hasRpcError(parsed)) {
    throw new RpcError("transport", `${host} answered with status ${response.status}.`);
  }
  return parsed;
}

interface RpcReply {
  readonly id?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code?: unknown; readonly message?: unknown; readonly data?: unknown } | null;
}

function isReply(value: unknown): value is RpcReply {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function hasRpcError(value: unknown): boolean {
  return Array.isArray(value) ? value.some(hasRpcError) : isReply(value) && Boolean(value.error);
}

const MAX_REVERT_CHARACTERS = 4_096;

/** Some providers put the data into an object, or words before it. */
function revertData(data: unknown): `0x${string}` | null {
  const inner = typeof data === "object" && data !== null && "data" in data ? data.data : data;
  if (typeof inner !== "string" || inner.length > MAX_REVERT_CHARACTERS) return null;
  const hex = /0x(?:[0-9a-fA-F]{2})*$/.exec(inner)?.[0];
  return hex === undefined ? null : (hex as `0x${string}`);
}

function resultOf(reply: RpcReply | undefined, host: string): unknown {
  if (!reply) throw new RpcError("malformed", `${host} left out an answer.`);
  if (reply.error) {
    const code = typeof reply.error.code === "number" ? reply.error.code : 0;
    const message = safeWords(String(reply.error.message ?? ""));
    const data = revertData(reply.error.data);
    throw new RpcError(classifyRpcError(code, message), `${host} answered: ${message} (${code}).`, { code, data });
  }
  if (reply.result === undefined) throw new RpcError("malformed", `${host} answered without a result.`);
  return reply.result;
}

/** One HTTP request with all calls. */
async function send(options: EndpointOptions, host: string, calls: readonly RpcCall[]): Promise<unknown[]> {
  const parsed = await post(options, host, calls);
  if (!Array.isArray(parsed)) {
    if (!isReply(parsed)) throw new RpcError("malformed", `${host} answered with something else than JSON-RPC.`);
    const result = resultOf(parsed, host);
    if (calls.length === 1) return [result];
    throw new RpcError("malformed", `${host} answered a batch with one answer.`);
  }
  const byId = new Map<unknown, RpcReply>(parsed.filter(isReply).map((reply) => [reply.id, reply]));
  return calls.map((_, id) => resultOf(byId.get(id), host));
}

/** Runs `work` over `items` with a few at a time; the first failure is thrown after no more are started. */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < items.length && !failed) {
      const index = next++;
      try {
        results[index] = await work(items[index] as T);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** Opens an endpoint. Nothing is sent before the first call, which also checks the chain id, once. */
export function createEndpoint(options: EndpointOptions): Endpoint {
  const name = new URL(options.url).host;
  let maxBatch = MAX_BATCH;
  let chainChecked = false;
  let failures = 0;
  let restsUntilMs = Number.NEGATIVE_INFINITY;
  let lastFailure: string | null = null;

  function rest(error: RpcError): void {
    const restMs = error.retryAfterMs ?? Math.min(FIRST_REST_MS * 2 ** Math.min(failures, 10), options.maxRestMs);
    failures += 1;
    restsUntilMs = options.monotonicMs() + restMs;
    lastFailure = error.message;
  }

  /** Retries once what a stale connection can cause, and in halves what may be too large a batch; grows back slowly. */
  async function sendBatch(calls: readonly RpcCall[], retries = 1): Promise<unknown[]> {
    try {
      const results = await send(options, name, calls);
      if (calls.length === maxBatch) maxBatch = Math.min(maxBatch + 1, MAX_BATCH);
      return results;
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      if (error.failure === "transport" && retries > 0) return sendBatch(calls, retries - 1);
      const batchRefused = error.failure === "too_much" || error.code === -32600 || error.code === -32014;
      if (!batchRefused || calls.length === 1) throw error;
      maxBatch = Math.max(1, Math.ceil(calls.length / 2));
      const halves = chunks(calls, maxBatch);
      return (await mapConcurrently(halves, 1, (half) => sendBatch(half, retries))).flat();
    }
  }

  async function checkChain(): Promise<void> {
    const [chainId] = await sendBatch([{ method: "eth_chainId", params: [] }]);
    if (Number(chainId) !== options.chainId) {
      const served = typeof chainId === "string" ? Number(chainId) : Number.NaN;
      throw new RpcError("wrong_chain", `${name} serves chain ${served} and not ${options.chainId}.`);
    }
    chainChecked = true;
  }

  async function batch(calls: readonly RpcCall[]): Promise<unknown[]> {
    try {
      if (!chainChecked) await checkChain();
      const results = (await mapConcurrently(chunks(calls, maxBatch), MAX_CONCURRENT, sendBatchOnce)).flat();
      failures = 0;
      return results;
    } catch (error) {
      if (error instanceof RpcError && error.failure !== "too_much" && error.failure !== "refused") rest(error);
      throw error;
    }
  }

  const sendBatchOnce = (calls: readonly RpcCall[]) => sendBatch(calls);

  return {
    name,
    batch,
    call: async (method, params) => (await batch([{ method, params }]))[0],
    isResting: () => options.monotonicMs() < restsUntilMs,
    distrust: (why) => rest(new RpcError("malformed", `${name} ${why}.`)),
    get lastFailure() {
      return lastFailure;
    },
  };
}
