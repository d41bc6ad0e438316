import type { RequestOptions } from "../config.ts";
import type { ListOptions, PageRequest } from "../page.ts";
import { pathPart, type Transport } from "../transport.ts";
import type {
  BillingStarted,
  CreatedSession,
  Duration,
  Message,
  PortalLink,
  SessionDetails,
  SessionInput,
  SubscriptionPayment,
  SubscriptionType,
} from "../types.ts";
import type { GetSessionOptions } from "./one-time-payments.ts";

type RecurringInput = SessionInput & {
  frequency: Duration;
  trialPeriod?: Duration | undefined;
  freeCredits?: number | undefined;
  minPeriods?: number | undefined;
};

/** What both kinds of subscription can do; the uuid of a subscription is its session's. */
export abstract class Recurring<Input extends RecurringInput, Resource> {
  protected readonly transport: Transport;
  protected abstract readonly kind: SubscriptionType;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** Makes a session; send the customer to its `link`. */
  async createSession(input: Input, options?: RequestOptions): Promise<CreatedSession> {
    const { customerUuid, frequency, trialPeriod, freeCredits, minPeriods, ...session } = input as RecurringInput;
    const customerUUID = session.customerUUID ?? customerUuid;
    const body = {
      ...session,
      customerUUID,
      options: { subscriptionType: this.kind, frequency, trialPeriod, freeCredits, minPeriods },
    };
    const path = "/transaction/session-checkout/";
    return this.transport.request({ method: "POST", path, body, creates: true }, options);
  }

  async getSession(uuid: string, { closeToExpireError, ...options }: GetSessionOptions = {}): Promise<SessionDetails> {
    const path = `/transaction/session-checkout/${pathPart("uuid", uuid)}`;
    return this.transport.request({ method: "GET", path, query: { closeToExpireError } }, options);
  }

  /** Ends an unpaid session before its time; ConflictError `session_final` when it is paid or ended already. */
  async expireSession(uuid: string, options?: RequestOptions): Promise<Message> {
    const path = `/transaction/session-checkout/${pathPart("uuid", uuid)}/expire`;
    return this.transport.request({ method: "POST", path }, options);
  }

  /** NotFoundError until the customer has subscribed. */
  async get(uuid: string, options?: RequestOptions): Promise<Resource> {
    const path = `/transaction/subscription/${pathPart("uuid", uuid)}`;
    return this.transport.request({ method: "GET", path }, options);
  }

  /** `await` it for one page, or `for await` it for all of this kind. */
  list(list: ListOptions = {}, options?: RequestOptions): PageRequest<Resource> {
    return this.transport.list("/transaction/subscriptions", { ...list, type: this.kind }, options);
  }

  /** The bills that were paid, newest first. */
  async getPaymentHistory(uuid: string, options?: RequestOptions): Promise<SubscriptionPayment[]> {
    const path = `/transaction/subscription/history/${pathPart("uuid", uuid)}`;
    return this.transport.request({ method: "GET", path }, options);
  }

  /** Ends it at once, for good. */
  async forceCancel(uuid: string, options?: RequestOptions): Promise<Message> {
    const path = `/transaction/subscription/processing/force-cancel/${pathPart("uuid", uuid)}`;
    return this.transport.request({ method: "POST", path }, options);
  }

  /** Charges the bill that is due, in test mode; ConflictError `payment_not_due` when none is. */
  async executeTestBilling(uuid: string, options?: RequestOptions): Promise<BillingStarted> {
    const path = `/transaction/subscription/processing/execute-billing/${pathPart("uuid", uuid)}`;
    return this.transport.request({ method: "POST", path }, options);
  }

  /** The customer's page: status, history, cap, allowance, cancelling. */
  async getPortalLink(uuid: string, options?: RequestOptions): Promise<PortalLink> {
    const path = `/transaction/subscription/${pathPart("uuid", uuid)}/portal`;
    return this.transport.request({ method: "GET", path }, options);
  }

  /** Links given out before lead nowhere from now on; answers the new one. */
  async revokePortalLinks(uuid: string, options?: RequestOptions): Promise<PortalLink> {
    const path = `/transaction/subscription/${pathPart("uuid", uuid)}/portal/revoke`;
    return this.transport.request({ method: "POST", path }, options);
  }
}
