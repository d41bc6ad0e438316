export { AddressRefusedError, isPublicAddress, type Resolve, resolveTarget } from "./address-guard.ts";
export { type WebhookBacklog, webhookBacklog } from "./backlog.ts";
export { CanonicalJsonError, canonicalJson } from "./canonical-json.ts";
export { type DeliverOptions, deliver } from "./deliver.ts";
export { replayDelivery } from "./replay.ts";
export { type RunDeliveryOptions, runDelivery } from "./run-delivery.ts";
export { signCanonical, signStandard, signWebhook } from "./sign.ts";
export { claimDeliveries, type Delivery, type DeliveryAttempt, listDeliveries } from "./store.ts";
export { type VerifyInput, verifyWebhook } from "./verify.ts";
