import type { RequestOptions } from "../config.ts";
import type { ListOptions, PageRequest } from "../page.ts";
import { pathPart, type Transport } from "../transport.ts";
import type { CombinedPayment, CreatedSession, Message, Payment, SessionDetails, SessionInput } from "../types.ts";

export interface GetSessionOptions extends RequestOptions {
  /** Unless false, a session that ends within 5 minutes is a GoneError, so that no customer is sent to it. */
  closeToExpireError?: boolean | undefined;
}

/** Checkout sessions that are paid once, and the payments. */
export class OneTimePayments {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Makes a session; send the customer to its `link`. */
  async createSession(input: SessionInput, options?: RequestOptions): Promise<CreatedSession> {
    const { customerUuid, ...body } = input;
    const customerUUID = body.customerUUID ?? customerUuid;
    const path = "/transaction/session-checkout/";
    return this.#transport.request({ method: "POST", path, body: { ...body, customerUUID }, creates: true }, options);
  }

  async getSession(uuid: string, { closeToExpireError, ...options }: GetSessionOptions = {}): Promise<SessionDetails> {
    const path = `/transaction/session-checkout/${pathPart("uuid", uuid)}`;
    return this.#transport.request({ method: "GET", path, query: { closeToExpireError } }, options);
  }

  /** Ends an unpaid session before its time; ConflictError `session_final` when it is paid or ended already. */
  async expireSession(uuid: string, options?: RequestOptions): Promise<Message> {
    const path = `/transaction/session-checkout/${pathPart("uuid", uuid)}/expire`;
    return this.#transport.request({ method: "POST", path }, options);
  }

  /** The payment of a session, by the session's uuid; NotFoundError until there is one. */
  async get(uuid: string, options?: RequestOptions): Promise<Payment> {
    return this.#transport.request({ method: "GET", path: `/transaction/payment/${pathPart("uuid", uuid)}` }, options);
  }

  /** `await` it for one page, or `for await` it for all payments. */
  getAll(list: ListOptions = {}, options?: RequestOptions): PageRequest<Payment> {
    return this.#transport.list("/transaction/payments", list, options);
  }

  /** One-time payments together with those of subscriptions; used like `getAll`. */
  getAllCombined(list: ListOptions = {}, options?: RequestOptions): PageRequest<CombinedPayment> {
    return this.#transport.list("/transaction/payments/combined", list, options);
  }

  /** Every one-time payment, page by page. */
  iterate(list: ListOptions = {}, options?: RequestOptions): AsyncGenerator<Payment, void, undefined> {
    return this.getAll(list, options)[Symbol.asyncIterator]();
  }
}
