export { type Answer, expireIdempotency, type IdempotentRequest, withIdempotency } from "./with-idempotency.ts";
