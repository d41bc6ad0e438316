import type { RequestOptions } from "../config.ts";
import { ValidationError } from "../errors.ts";
import { pathPart, type Transport } from "../transport.ts";
import type { Message, WebhookDelivery, WebhookEvent } from "../types.ts";
import { refusal } from "../webhooks/hmac.ts";
import { type SignedWebhook, type SignOptions, signWebhook } from "../webhooks/sign.ts";
import {
  headerOf,
  type VerifyOptions,
  verifyWebhook,
  type WebhookHeaders,
  type WebhookPayload,
} from "../webhooks/verify.ts";

/** Which delivery this is. Not covered by every signature: good for skipping repeats, not for deciding what is genuine. */
export interface ReceivedDelivery {
  /** The same on every retry. */
  id: string | undefined;
  /**
   * Counts from 1: a session's statuses, a subscription's statuses, and third a subscription's bills and usage, each by
   * itself. A lower one than you have seen in the same count is old news.
   */
  sequence: number | undefined;
}

/** Telling genuine webhooks from others, making genuine ones in tests, and what became of those that were sent. */
export class Webhooks {
  readonly #transport: Transport;
  readonly #secrets: readonly string[];

  constructor(transport: Transport, secrets: readonly string[]) {
    this.#transport = transport;
    this.#secrets = secrets;
  }

  /**
   * The event, or WebhookVerificationError with its `reason`. Nothing is sent anywhere. `isSessionEvent` and its like say
   * which kind it is. Pass the body as it came (text or
   * bytes) and all headers in whatever form you have them. The secret is the client's unless given.
   */
  async verify(
    payload: WebhookPayload,
    headers: WebhookHeaders,
    secret?: string | readonly string[] | (VerifyOptions & { secret?: string | readonly string[] | undefined }),
  ): Promise<WebhookEvent> {
    const options = typeof secret === "string" || isList(secret) ? { secret } : { ...secret };
    return verifyWebhook(payload, headers, { ...options, secret: options.secret ?? this.#secrets });
  }

  /** Asks the server, where the secret is not at hand: true, or WebhookVerificationError. */
  async verifyRemote(payload: WebhookPayload, headers: WebhookHeaders, options?: RequestOptions): Promise<true> {
    const receivedSignature = headerOf(headers, "x-webhook-signature-256") ?? headerOf(headers, "signature");
    const receivedTimestamp = headerOf(headers, "x-webhook-timestamp") ?? headerOf(headers, "timestamp");
    if (receivedSignature === undefined || receivedTimestamp === undefined) {
      throw refusal("headers_missing", "Pass the headers X-Webhook-Signature-256 and X-Webhook-Timestamp.");
    }
    const isBytes = payload instanceof Uint8Array || payload instanceof ArrayBuffer;
    const body = {
      payload: isBytes ? new TextDecoder().decode(payload) : payload,
      receivedSignature,
      receivedTimestamp,
    };
    try {
      await this.#transport.request({ method: "POST", path: "/webhooks/verify", body, replay: "always" }, options);
      return true;
    } catch (error) {
      if (error instanceof ValidationError && error.status === 400) {
        throw refusal("refused_by_server", error.message, error);
      }
      throw error;
    }
  }

  /** Body and headers as the server would send them, for tests of your receiver. The secret is the client's unless given. */
  async sign(
    payload: string | object,
    options: SignOptions & { secret?: string | readonly string[] | undefined } = {},
  ): Promise<SignedWebhook> {
    return signWebhook(payload, { ...options, secret: options.secret ?? this.#secrets });
  }

  /** Id and sequence of a delivery, from its headers. */
  deliveryOf(headers: WebhookHeaders): ReceivedDelivery {
    const sequence = Number(headerOf(headers, "x-webhook-sequence"));
    const id = headerOf(headers, "webhook-id") ?? headerOf(headers, "x-webhook-id");
    return { id, sequence: Number.isSafeInteger(sequence) ? sequence : undefined };
  }

  /** The newest 100 of a session and its subscription, newest first, each with its attempts. */
  async deliveries(uuid: string, options?: RequestOptions): Promise<WebhookDelivery[]> {
    const call = { method: "GET", path: "/webhooks/deliveries", query: { uuid } } as const;
    return (await this.#transport.request<{ items: WebhookDelivery[] }>(call, options)).items;
  }

  /** Sends a delivery again, with the same id and body. `id` is the delivery's, or the number of its event. */
  async replay(id: string | number, options?: RequestOptions): Promise<Message> {
    const path = `/webhooks/deliveries/${pathPart("id", String(id))}/replay`;
    return this.#transport.request({ method: "POST", path }, options);
  }
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value);
}
