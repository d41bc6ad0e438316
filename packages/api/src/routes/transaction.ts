import { examples } from "../examples.ts";
import { ListOf, ListQuery } from "../list.ts";
import { CombinedPayment, Payment } from "../payment.ts";
import type { Route } from "../route.ts";
import { StatusFrame, StatusQuery, StatusTicket, StatusTicketCreate } from "../status.ts";
import { TransactionStatus } from "../transaction-status.ts";

const statusQuery = `transactionUUID=${examples.uuid}&transactionStatusType=payment`;

export const transactionRoutes = [
  {
    id: "getPayment",
    method: "GET",
    path: "/v1/transaction/payment/:uuid",
    auth: "key",
    tag: "Payments",
    summary: "A completed payment, by its session's uuid",
    answer: Payment,
    errors: ["not_found"],
    example: { answer: examples.payment },
  },
  {
    id: "listPayments",
    method: "GET",
    path: "/v1/transaction/payments",
    auth: "key",
    tag: "Payments",
    summary: "Completed payments, newest first",
    query: ListQuery,
    answer: ListOf(Payment),
    errors: ["invalid_cursor"],
    example: { query: "limit=20", answer: { items: [examples.payment], nextCursor: null } },
  },
  {
    id: "listCombinedPayments",
    method: "GET",
    path: "/v1/transaction/payments/combined",
    auth: "key",
    tag: "Payments",
    summary: "One-time payments and subscription bills in one list, newest first",
    query: ListQuery,
    answer: ListOf(CombinedPayment),
    errors: ["invalid_cursor"],
    example: { query: "limit=20", answer: { items: [{ ...examples.payment, source: "payment" }], nextCursor: null } },
  },
  {
    id: "getStatus",
    method: "GET",
    path: "/v1/transaction/status",
    auth: "key",
    tag: "Status",
    summary: "How a transaction stands",
    query: StatusQuery,
    answer: TransactionStatus,
    errors: ["not_found"],
    example: { query: statusQuery, answer: examples.status },
  },
  {
    id: "createStatusTicket",
    method: "POST",
    path: "/v1/transaction/status/ticket",
    auth: "key",
    tag: "Status",
    summary: "A ticket for a browser's WebSocket",
    description:
      "Browsers cannot set headers on a WebSocket: your server asks for a ticket, the page connects with the subprotocol `qbitflow.ticket.<ticket>`. Good once, for 60 seconds.",
    body: StatusTicketCreate,
    answer: StatusTicket,
    errors: ["not_found"],
    example: {
      body: { transactionUUID: examples.uuid, transactionStatusType: "payment" },
      answer: { ticket: "q3Jm0Zx2b8yqk1c5m3n7v9w1x2y3z4a5", expiresAt: 1768471560 },
    },
  },
  {
    id: "statusSocket",
    method: "GET",
    path: "/v1/transaction/status/ws",
    auth: "socket",
    tag: "Status",
    summary: "WebSocket: how a transaction stands, and each change",
    description:
      "Key in `X-API-Key`, or a ticket as subprotocol. The present status comes at once; after a final one the socket closes with 1000. Failures come as `{error, status, message}` before it closes.",
    query: StatusQuery,
    answer: StatusFrame,
    errors: ["key_missing", "key_invalid", "key_expired", "live_not_ready", "ticket_invalid", "not_found"],
    example: {
      query: statusQuery,
      answer: { transactionUUID: examples.uuid, transactionUuid: examples.uuid, status: examples.status },
    },
  },
] as const satisfies readonly Route[];
