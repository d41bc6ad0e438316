import type {
  AllowanceOffer,
  AllowanceRequest,
  AllowanceSignature,
  MandateOffer,
  MandateRequest,
  MandateSignature,
  MaximumOffer,
  MaximumRequest,
  MaximumSignature,
  PortalState,
} from "@qbitflow/api";
import { PublicServer } from "../server.ts";

/** The public routes of one subscription's portal. */
export class PortalServer extends PublicServer {
  constructor(token: string, onReach: (reached: boolean) => void) {
    super(`/v1/portal/${encodeURIComponent(token)}`, onReach);
  }

  state(): Promise<PortalState> {
    return this.call("GET", "");
  }

  mandate(request: MandateRequest): Promise<MandateOffer> {
    return this.call("POST", "/mandate", request);
  }

  signMandate(signature: MandateSignature): Promise<PortalState> {
    return this.call("POST", "/mandate/signature", signature);
  }

  maximum(request: MaximumRequest): Promise<MaximumOffer> {
    return this.call("POST", "/maximum", request);
  }

  signMaximum(signature: MaximumSignature): Promise<PortalState> {
    return this.call("POST", "/maximum/signature", signature);
  }

  allowance(request: AllowanceRequest): Promise<AllowanceOffer> {
    return this.call("POST", "/allowance", request);
  }

  signAllowance(signature: AllowanceSignature): Promise<PortalState> {
    return this.call("POST", "/allowance/signature", signature);
  }

  checkAllowance(): Promise<PortalState> {
    return this.call("POST", "/allowance/check");
  }

  end(how: "stop" | "cancel"): Promise<PortalState> {
    return this.call("POST", `/${how}`);
  }
}
