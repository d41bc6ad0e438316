import { checkRange, type RequestOptions } from "../config.ts";
import { QBitFlowError } from "../errors.ts";
import { sleep } from "../retry.ts";
import type { Transport } from "../transport.ts";
import type { Clock, Duration, Timestamp } from "../types.ts";

export interface AdvanceOptions extends RequestOptions {
  /** Milliseconds between two looks at the clock. 200 unless set. */
  pollIntervalMs?: number | undefined;
}

/** The test clock of a local server: tests a year of bills in seconds. */
export class TestClock {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  async get(options?: RequestOptions): Promise<Clock> {
    return this.#transport.request({ method: "GET", path: "/clock" }, options);
  }

  /**
   * Moves the server's time forward, `{ value: 35, unit: "days" }` or `{ to }`, and returns when it is there and everything
   * on the way has happened. ConflictError `clock_not_local` where time cannot be moved, `clock_moving` while it is;
   * QBitFlowError `clock_stopped` where it could not go on, with the reason.
   */
  async advance(by: Duration | { to: Date | Timestamp }, options: AdvanceOptions = {}): Promise<Clock> {
    const { pollIntervalMs = 200, ...request } = options;
    checkRange("pollIntervalMs", pollIntervalMs, { from: 10, to: 60_000 });
    let clock = await this.#transport.request<Clock>({ method: "POST", path: "/clock/advance", body: by }, request);
    const { idempotencyKey: _key, ...looking } = request;
    while (clock.moving) {
      await sleep(pollIntervalMs, options.signal);
      clock = await this.get(looking);
    }
    if (clock.stoppedBecause !== undefined) throw new QBitFlowError(clock.stoppedBecause, { code: "clock_stopped" });
    return clock;
  }
}
