import type { RequestOptions } from "../config.ts";
import { invalidOption } from "../config.ts";
import type { PayAsYouGoInput, PayAsYouGoSubscription, UnitsIncreased, UsageEvent, UsageRecorded } from "../types.ts";
import { Recurring } from "./recurring.ts";

/** The server takes as many events at once. */
const BATCH = 1000;

/** Usage, billed at the end of each period. */
export class PayAsYouGo extends Recurring<PayAsYouGoInput, PayAsYouGoSubscription> {
  protected readonly kind = "payAsYouGo";

  /** Adds units to the running period. Retries are counted once: the call carries an Idempotency-Key. */
  async increaseUnitsCurrentPeriod(uuid: string, units: number, options?: RequestOptions): Promise<UnitsIncreased> {
    if (!(units > 0) || !Number.isFinite(units)) throw invalidOption("units", "units must be a number above 0.");
    const path = "/transaction/subscription/payg/increase-units-current-period";
    const body = { subscriptionUUID: uuid, increaseByAmount: units };
    return this.transport.request({ method: "POST", path, body, creates: true }, options);
  }

  /**
   * Reports usage, any number of events, in batches. Each is counted once however often it is sent, by its `eventId`: after
   * a failure send all of them again. ConflictError `usage_event_conflict` for a known id with another content.
   */
  async recordUsage(events: readonly UsageEvent[], options?: RequestOptions): Promise<UsageRecorded> {
    const total: UsageRecorded = { recorded: 0, repeated: 0, subscriptions: [] };
    const bySubscription = new Map<string, UsageRecorded["subscriptions"][number]>();
    for (let from = 0; from < events.length; from += BATCH) {
      const body = { events: events.slice(from, from + BATCH) };
      const answer = await this.transport.request<UsageRecorded>(
        { method: "POST", path: "/usage/events", body, replay: "always" },
        options,
      );
      total.recorded += answer.recorded;
      total.repeated += answer.repeated;
      for (const subscription of answer.subscriptions) bySubscription.set(subscription.subscriptionUUID, subscription);
    }
    return { ...total, subscriptions: [...bySubscription.values()] };
  }
}
