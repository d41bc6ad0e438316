import type { CheckoutState, MandateOffer, MandateRequest, MandateSignature } from "@qbitflow/api";
import { CheckoutServer } from "../server.ts";

/** The routes that only subscriptions have. */
export class SubscribeServer extends CheckoutServer {
  offer(request: MandateRequest): Promise<MandateOffer> {
    return this.call("POST", "/mandate", request);
  }

  sign(signature: MandateSignature): Promise<CheckoutState> {
    return this.call("POST", "/mandate/signature", signature);
  }

  authoriseLater(): Promise<CheckoutState> {
    return this.call("POST", "/authorise-later");
  }
}
