export { type ApiKey, apiKeyResource, createdKeyResource } from "./api-key.ts";
export { authenticate } from "./authenticate.ts";
export { createKey, type IssuedKey, issueKey } from "./issue.ts";
export { listKeys, revokeKey } from "./list.ts";
