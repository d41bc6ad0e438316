import { examples } from "../examples.ts";
import { Message } from "../message.ts";
import type { Route } from "../route.ts";
import { SessionCreate, SessionCreated, SessionRead, SessionReadQuery } from "../session.ts";

const tag = "Sessions";

export const sessionRoutes = [
  {
    id: "createSession",
    method: "POST",
    path: "/v1/transaction/session-checkout",
    aliases: ["/v1/transaction/session-checkout/new/payment", "/v1/transaction/session-checkout/new/subscription"],
    auth: "key",
    tag,
    summary: "Create a checkout session",
    description:
      "For a product of yours (`productId`), or for `productName`, `description` and `price`. With `options` it is a " +
      "subscription, paid in tokens by a mandate that the customer signs once.",
    body: SessionCreate,
    answer: SessionCreated,
    creates: true,
    errors: ["not_found", "no_payable_currency", "unprocessable"],
    example: {
      body: {
        productId: 1,
        successUrl: "https://shop.example/thanks?uuid={{UUID}}",
        webhookUrl: "https://shop.example/hook",
      },
      answer: {
        uuid: examples.uuid,
        link: `https://pay.example/pay/${examples.uuid}`,
        expiresAt: 1768557600,
      },
    },
  },
  {
    id: "getSession",
    method: "GET",
    path: "/v1/transaction/session-checkout/:uuid",
    auth: "key",
    tag,
    summary: "A session, and how it stands",
    query: SessionReadQuery,
    answer: SessionRead,
    errors: ["not_found", "session_close_to_expire", "session_expired"],
    example: {
      query: "closeToExpireError=false",
      answer: { ...examples.session, expiresAt: 1768557600, status: { type: "payment", status: "created" } },
    },
  },
  {
    id: "expireSession",
    method: "POST",
    path: "/v1/transaction/session-checkout/:uuid/expire",
    auth: "key",
    tag,
    summary: "End a session before its time",
    description:
      "Its link stops working and its webhook says `expired`. A session that is paid or ended already stays as it is.",
    answer: Message,
    errors: ["not_found", "session_final", "session_expired"],
    example: { answer: { message: "The session is expired." } },
  },
] as const satisfies readonly Route[];
