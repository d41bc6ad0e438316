import type { TObject, TSchema } from "typebox";
import type { ErrorCode } from "./errors.ts";

/** One line of the route table: registration, validation, OpenAPI and the reference page all follow from it. */
export interface Route {
  /** Stable name: OpenAPI's operationId, and what the server's handler is called by. */
  readonly id: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** With `:name` parameters. A trailing slash and none are the same route. */
  readonly path: string;
  /** Other paths that are the same route, for 1.x clients. */
  readonly aliases?: readonly string[];
  /** `key`: header X-API-Key. `public`: none, limited per address. `socket`: a WebSocket that takes a key or a ticket. */
  readonly auth: "key" | "public" | "socket";
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly query?: TObject;
  readonly body?: TSchema;
  /** Where it may be larger than the usual 256 kB. */
  readonly maxBodyBytes?: number;
  readonly answer: TSchema;
  /** Honours Idempotency-Key. */
  readonly creates?: true;
  /** Codes beyond those that every route of its kind can answer. */
  readonly errors: readonly ErrorCode[];
  readonly example: { readonly query?: string; readonly body?: unknown; readonly answer: unknown };
}

/** Codes that any route with this kind of authentication can answer. */
export function generalErrors(route: Route): ErrorCode[] {
  const codes: ErrorCode[] = ["rate_limited", "internal_error", "unavailable"];
  if (route.auth === "key") codes.push("key_missing", "key_invalid", "key_expired", "live_not_ready");
  if (route.auth === "socket") codes.push("origin_refused", "websocket_needed");
  if (route.query !== undefined || route.body !== undefined) codes.push("validation_failed");
  if (route.body !== undefined) {
    codes.push("invalid_json", "json_too_deep", "body_too_large", "unsupported_media_type");
  }
  if (route.creates === true) codes.push("idempotency_key_reused", "invalid_idempotency_key");
  return codes;
}
