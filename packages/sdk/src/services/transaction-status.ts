import { checkRange, type RequestOptions } from "../config.ts";
import { QBitFlowError, TimeoutError } from "../errors.ts";
import { backoffMs, isRetryable, sleep } from "../retry.ts";
import { socketStatuses } from "../status-socket.ts";
import { pathPart, type Transport } from "../transport.ts";
import type { TransactionStatus, TransactionStatusName, TransactionTypeQuery } from "../types.ts";

export interface WatchOptions {
  signal?: AbortSignal | undefined;
  /** Milliseconds between two looks where there is no WebSocket. 2000 unless set. */
  pollIntervalMs?: number | undefined;
}

export interface WaitOptions extends WatchOptions {
  /** Milliseconds until TimeoutError; without it, waits until the status is final. */
  timeoutMs?: number | undefined;
}

const finalStatuses: readonly TransactionStatusName[] = ["completed", "failed", "cancelled", "expired"];
const mostSocketFailures = 3;
/** A connection that lasted this long worked: its end does not count towards giving up on WebSockets. */
const longLivedMs = 10_000;
const mostPollFailures = 10;

/** completed, failed, cancelled and expired. A payment that comes late can still turn one into completed: see webhooks. */
export function isFinalStatus(status: TransactionStatus): boolean {
  return finalStatuses.includes(status.status);
}

/**
 * Where a transaction stands, now or as it goes on: a payment, or of a subscription how it begins (`createSubscription`,
 * `createPAYGSubscription`), its newest bill (`executeSubscription`), its newest change of allowance or maximum, and its end.
 */
export class TransactionStatuses {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The present status. `uuid` is the session's, which is also its subscription's. */
  async get(
    uuid: string,
    type: TransactionTypeQuery = "payment",
    options?: RequestOptions,
  ): Promise<TransactionStatus> {
    pathPart("uuid", uuid);
    return this.#transport.request(
      { method: "GET", path: "/transaction/status", query: statusQuery(uuid, type) },
      options,
    );
  }

  /**
   * The present status at once, then each change, ending after a final one. Over WebSocket where there is one, which is
   * opened again when it breaks; by polling where there is none or it keeps failing.
   */
  async *watch(
    uuid: string,
    type: TransactionTypeQuery = "payment",
    options: WatchOptions = {},
  ): AsyncGenerator<TransactionStatus, void, undefined> {
    pathPart("uuid", uuid);
    const pollIntervalMs = options.pollIntervalMs ?? 2_000;
    checkRange("pollIntervalMs", pollIntervalMs, { from: 10, to: 3_600_000 });
    let last = "";
    for await (const status of this.#follow({ uuid, type, pollIntervalMs, signal: options.signal })) {
      const text = JSON.stringify(status);
      if (text === last) continue;
      last = text;
      yield status;
      if (isFinalStatus(status)) return;
    }
  }

  /** The final status, whichever it is; TimeoutError when it does not come in time. */
  async waitFor(
    uuid: string,
    type: TransactionTypeQuery = "payment",
    options: WaitOptions = {},
  ): Promise<TransactionStatus> {
    const { timeoutMs, signal } = options;
    if (timeoutMs !== undefined) checkRange("timeoutMs", timeoutMs, { from: 1, to: 2 ** 31 - 1 });
    const controller = new AbortController();
    const onAbort = () => controller.abort(signal?.reason);
    if (signal?.aborted) onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
    const message = `The transaction was not final within ${timeoutMs} ms. It may still be: look again later, or rely on the webhook.`;
    const onTimeout = () => controller.abort(new TimeoutError(message, { code: "timeout" }));
    const timer = timeoutMs === undefined ? undefined : setTimeout(onTimeout, timeoutMs);
    try {
      for await (const status of this.watch(uuid, type, { ...options, signal: controller.signal })) {
        if (isFinalStatus(status)) return status;
      }
      throw new QBitFlowError("The status ended without a final one. Look again with get.", { code: "status_ended" });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    }
  }

  /** Statuses without end, repeats included: the caller leaves at a final one. */
  async *#follow(watched: Watched): AsyncGenerator<TransactionStatus, void, undefined> {
    for (let failures = 0; this.#transport.WebSocket !== undefined && failures < mostSocketFailures; ) {
      const startedAtMs = Date.now();
      try {
        yield* this.#overSocket(watched);
      } catch (error) {
        if (watched.signal?.aborted) throw watched.signal.reason;
        // A refusal stays one: polling asks once more and gives the caller the reason in full.
        if (error instanceof QBitFlowError && error.status !== undefined && !isRetryable(error, "always")) break;
      }
      failures = Date.now() - startedAtMs > longLivedMs ? 0 : failures + 1;
      await sleep(backoffMs(failures, 200), watched.signal);
    }
    yield* this.#byPolling(watched);
  }

  async *#overSocket({ uuid, type, signal }: Watched): AsyncGenerator<TransactionStatus, void, undefined> {
    const { WebSocket } = this.#transport;
    if (WebSocket === undefined) return;
    const query = statusQuery(uuid, type);
    const path = "/transaction/status/ticket";
    const { ticket } = await this.#transport.request<{ ticket: string }>(
      { method: "POST", path, body: query, replay: "always" },
      { signal },
    );
    yield* socketStatuses({
      url: this.#transport.socketUrl("/transaction/status/ws", query),
      ticket,
      WebSocket,
      signal,
    });
  }

  async *#byPolling({
    uuid,
    type,
    signal,
    pollIntervalMs,
  }: Watched): AsyncGenerator<TransactionStatus, void, undefined> {
    for (let failures = 0; ; ) {
      let status: TransactionStatus | undefined;
      try {
        status = await this.get(uuid, type, { signal });
        failures = 0;
      } catch (error) {
        const mayPass = error instanceof QBitFlowError && isRetryable(error, "always");
        if (!mayPass || ++failures > mostPollFailures) throw error;
      }
      if (status !== undefined) yield status;
      await sleep(pollIntervalMs, signal);
    }
  }
}

interface Watched {
  uuid: string;
  type: TransactionTypeQuery;
  pollIntervalMs: number;
  signal: AbortSignal | undefined;
}

function statusQuery(uuid: string, type: TransactionTypeQuery) {
  return { transactionUUID: uuid, transactionStatusType: type };
}
