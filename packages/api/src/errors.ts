/** What a code means, once for every transport, page and document. */
export interface ErrorMeaning {
  /** The HTTP status it is answered with. */
  readonly status: number;
  /** What happened, as a sentence. The answer's own sentence may say more. */
  readonly sentence: string;
  /** What the caller does about it. */
  readonly whatToDo: string;
}

/** Every code the API can answer. docs/errors.md and the OpenAPI document are made of it. */
export const errorCodes = {
  validation_failed: {
    status: 400,
    sentence: "Some fields are missing or not as they must be.",
    whatToDo: "Read `errors`: each item names a field and what is wrong with it.",
  },
  invalid_json: {
    status: 400,
    sentence: "The body is not valid JSON.",
    whatToDo: "Send UTF-8 JSON with `Content-Type: application/json`.",
  },
  json_too_deep: {
    status: 400,
    sentence: "The JSON is nested deeper than 64 levels.",
    whatToDo: "Send flatter JSON.",
  },
  invalid_cursor: {
    status: 400,
    sentence: "The cursor is not one this list gave.",
    whatToDo: "Send `nextCursor` of the page before unchanged, or leave it out to begin again.",
  },
  invalid_idempotency_key: {
    status: 400,
    sentence: "The Idempotency-Key header is not usable.",
    whatToDo: "Send 1 to 255 printable ASCII characters; a UUID is best.",
  },
  webhook_timestamp_invalid: {
    status: 400,
    sentence: "The webhook's timestamp is not unix seconds.",
    whatToDo: "Pass the header `X-Webhook-Timestamp` exactly as received.",
  },
  webhook_timestamp_too_old: {
    status: 400,
    sentence: "The webhook's timestamp is more than 300 seconds off.",
    whatToDo: "Refuse the webhook; check your server's clock if all of them fail.",
  },
  webhook_payload_invalid: {
    status: 400,
    sentence: "The webhook's payload cannot be signed JSON.",
    whatToDo: "Pass the received body, as object or as raw text.",
  },
  webhook_signature_invalid: {
    status: 400,
    sentence: "The webhook's signature does not fit its body, timestamp and the organization's secret.",
    whatToDo:
      "Pass the body, `X-Webhook-Signature-256` and `X-Webhook-Timestamp` as received; else refuse the webhook.",
  },
  key_missing: {
    status: 401,
    sentence: "The request has no API key.",
    whatToDo: "Send your key in the header `X-API-Key`.",
  },
  key_invalid: {
    status: 401,
    sentence: "The API key is not known, was revoked or is malformed.",
    whatToDo: "Check that the whole key was copied and that it belongs to this server.",
  },
  key_expired: {
    status: 401,
    sentence: "The API key has expired.",
    whatToDo: "Create a new key.",
  },
  metrics_token_invalid: {
    status: 401,
    sentence: "`/metrics` was asked without the server's token.",
    whatToDo: "Send `METRICS_TOKEN` in the header `Authorization: Bearer <token>`.",
  },
  ticket_invalid: {
    status: 401,
    sentence: "The ticket is not known, was used already or is older than 60 seconds.",
    whatToDo: "Ask your server for a new ticket.",
  },
  forbidden: {
    status: 403,
    sentence: "The key's role may not do this.",
    whatToDo: "Use a key of an owner or admin.",
  },
  live_not_ready: {
    status: 403,
    sentence: "This server's configuration is not safe for live payments, so live keys are refused.",
    whatToDo: "The operator fixes what the message names, and starts the server again. Test keys work meanwhile.",
  },
  not_session_owner: {
    status: 403,
    sentence: "Another browser began this checkout.",
    whatToDo: "Go on in the browser where the customer's data was typed.",
  },
  origin_refused: {
    status: 403,
    sentence: "A page of another site may not open this connection.",
    whatToDo: "Connect from your server, or from a page with a ticket.",
  },
  not_found: {
    status: 404,
    sentence: "There is nothing here by that name in this organization and mode.",
    whatToDo: "Check the id, and that the key is of the same mode (test or live).",
  },
  product_not_found: {
    status: 404,
    sentence: "There is no such product in this organization and mode.",
    whatToDo: "Check the id, and that the key is of the same mode (test or live) as the product.",
  },
  customer_not_found: {
    status: 404,
    sentence: "There is no such customer in this organization and mode.",
    whatToDo: "Check the uuid, and that the key is of the same mode (test or live) as the customer.",
  },
  session_not_found: {
    status: 404,
    sentence: "There is no such session.",
    whatToDo: "Check the uuid; a link that was cut off leads nowhere.",
  },
  portal_link_invalid: {
    status: 404,
    sentence: "The link is not complete, or was revoked.",
    whatToDo: "Open the newest link that was sent, whole; or ask the seller for another.",
  },
  network_not_found: {
    status: 404,
    sentence: "This server does not serve that network.",
    whatToDo: "Use a network of the session's currencies.",
  },
  route_not_found: {
    status: 404,
    sentence: "There is no such route.",
    whatToDo: "See /docs for the routes there are.",
  },
  method_not_allowed: {
    status: 405,
    sentence: "The route does not take this method.",
    whatToDo: "Use one of the methods in the `Allow` header.",
  },
  request_timeout: {
    status: 408,
    sentence: "The request did not come whole in time: 30 seconds for its head, about a minute in all.",
    whatToDo: "Send it again, faster.",
  },
  conflict: {
    status: 409,
    sentence: "The request does not fit the present state.",
    whatToDo: "Read the resource again and decide anew.",
  },
  reference_taken: {
    status: 409,
    sentence: "Another one has this reference.",
    whatToDo: "Choose another reference, or read the one that has it.",
  },
  email_taken: {
    status: 409,
    sentence: "Another one has this email.",
    whatToDo: "Read the one that has it by email, or use another address.",
  },
  idempotency_key_reused: {
    status: 409,
    sentence: "The Idempotency-Key was used with another request.",
    whatToDo: "Use a new key for each new request.",
  },
  key_already_shown: {
    status: 409,
    sentence: "The key was created by an earlier request with this Idempotency-Key, and is shown only once.",
    whatToDo: "Revoke that key and create another if it was lost.",
  },
  session_final: {
    status: 409,
    sentence: "The session has ended: paid, cancelled, failed or expired.",
    whatToDo: "Create a new session if there is still something to pay.",
  },
  minimum_period: {
    status: 409,
    sentence: "The subscription has a minimum time that is not over yet.",
    whatToDo: "Cancel it from the date that the message names.",
  },
  payment_not_due: {
    status: 409,
    sentence: "Nothing is due for this subscription now.",
    whatToDo: "Wait for its `nextBillingDate`, or move the test clock.",
  },
  subscription_cancelled: {
    status: 409,
    sentence: "The subscription is over, for good.",
    whatToDo: "Let the customer subscribe anew.",
  },
  usage_event_conflict: {
    status: 409,
    sentence: "A usage event with this id was recorded with another content.",
    whatToDo: "Give a new event a new id; send a repetition unchanged. Nothing of the batch was recorded.",
  },
  clock_moving: {
    status: 409,
    sentence: "The test clock is being moved already.",
    whatToDo: "Wait until `GET /v1/clock` says `moving: false`.",
  },
  clock_not_local: {
    status: 409,
    sentence: "Time can be moved on the local chain only.",
    whatToDo: "Test there; on public test networks bill with execute-billing.",
  },
  offer_expired: {
    status: 410,
    sentence: "The offer is over: prices may have moved since.",
    whatToDo: "Ask for a new offer and sign that.",
  },
  session_close_to_expire: {
    status: 410,
    sentence: "The session ends in less than 5 minutes.",
    whatToDo: "Create a new session, or read this one with `closeToExpireError=false`.",
  },
  session_expired: {
    status: 410,
    sentence: "The session has expired.",
    whatToDo: "Create a new session.",
  },
  quote_expired: {
    status: 410,
    sentence: "The quote does not hold any more, or is another than the one that was signed.",
    whatToDo: "Ask for a new quote and have that one signed.",
  },
  body_too_large: {
    status: 413,
    sentence: "The body is larger than 256 kB.",
    whatToDo: "Send less.",
  },
  unsupported_media_type: {
    status: 415,
    sentence: "The body is not JSON.",
    whatToDo: "Send `Content-Type: application/json`.",
  },
  websocket_needed: {
    status: 426,
    sentence: "This route is a WebSocket.",
    whatToDo: "Open it as a WebSocket, or read the status with GET /v1/transaction/status.",
  },
  signature_invalid: {
    status: 422,
    sentence: "The signature is not the wallet's, or not of what was offered last.",
    whatToDo: "Sign the newest offer, with the wallet that it was made for.",
  },
  insufficient_balance: {
    status: 422,
    sentence: "The wallet holds too little of the currency.",
    whatToDo: "Add funds and sign again, or take another wallet.",
  },
  insufficient_allowance: {
    status: 422,
    sentence: "The wallet has not allowed that much to be taken.",
    whatToDo: "Approve it in the wallet, wait until it is mined, then sign again; or choose another way.",
  },
  no_payable_currency: {
    status: 422,
    sentence: "There is no currency a customer could pay this with.",
    whatToDo:
      "Set a wallet on a network of this mode with `qbitflow wallets set`, and switch a currency on; for a subscription, a token. The message says more.",
  },
  product_inactive: {
    status: 422,
    sentence: "The product is not for sale.",
    whatToDo: "Choose another product.",
  },
  transaction_not_ours: {
    status: 422,
    sentence: "The transaction does not pay this session.",
    whatToDo: "Send the hash of the transaction that the checkout page made.",
  },
  transaction_reverted: {
    status: 422,
    sentence: "The transaction failed on chain; nothing was paid.",
    whatToDo: "Pay again.",
  },
  relay_unavailable: {
    status: 422,
    sentence: "This server does not send this payment for the customer now.",
    whatToDo: "Pay by an own transaction.",
  },
  relay_refused: {
    status: 422,
    sentence: "The payment would fail on chain as things stand, so it was not sent.",
    whatToDo: "Read the message; ask for a new quote, or pay by an own transaction.",
  },
  currency_unavailable: {
    status: 422,
    sentence: "The session cannot be paid in this currency now.",
    whatToDo: "Choose another currency, or try again shortly.",
  },
  unprocessable: {
    status: 422,
    sentence: "The request is well-formed but not possible now.",
    whatToDo: "Read the message: it names what stands in the way.",
  },
  customer_needed: {
    status: 422,
    sentence: "The session has no customer yet.",
    whatToDo: "Type name and email first.",
  },
  too_many_hints: {
    status: 429,
    sentence: "Too many transaction hashes were sent for this session.",
    whatToDo: "Wait for the chain: a payment is found without hints.",
  },
  rate_limited: {
    status: 429,
    sentence: "Too many requests.",
    whatToDo: "Wait as many seconds as `Retry-After` says.",
  },
  headers_too_large: {
    status: 431,
    sentence: "The request's address and headers are larger than 16 kB.",
    whatToDo: "Send fewer or shorter headers, and a shorter address.",
  },
  internal_error: {
    status: 500,
    sentence: "Something went wrong on our side; it was logged.",
    whatToDo: "Try again; if it stays, tell the operator the request id.",
  },
  unavailable: {
    status: 503,
    sentence: "A part this needs does not answer at the moment.",
    whatToDo: "Try again in a few seconds.",
  },
} as const satisfies Record<string, ErrorMeaning>;

export type ErrorCode = keyof typeof errorCodes;
