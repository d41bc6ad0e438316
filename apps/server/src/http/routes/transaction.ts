import { getPayment, issueTicket, listCombinedPayments, listPayments } from "@qbitflow/core";
import { uuidId } from "../path-ids.ts";
import { pageQuery } from "../query-types.ts";
import type { Handlers } from "../register-routes.ts";
import { askedStatus, askedTransaction } from "../status-query.ts";

export const transactionHandlers = {
  getPayment: ({ server, principal, params }) =>
    getPayment(server.core, principal, uuidId(params.uuid ?? "", "payment")),
  listPayments: ({ server, principal, query }) => listPayments(server.core, principal, pageQuery(query)),
  listCombinedPayments: ({ server, principal, query }) =>
    listCombinedPayments(server.core, principal, pageQuery(query)),
  getStatus: ({ server, principal, query }) => askedStatus(server.core, principal, query),
  createStatusTicket: async ({ server, principal, body }) => {
    const transaction = await askedTransaction(server.core, principal, body as Record<string, unknown>);
    const { ticket, expiresAt } = await issueTicket(server.core, principal, transaction);
    return { ticket, expiresAt: Math.floor(expiresAt.getTime() / 1000) };
  },
} satisfies Partial<Handlers>;
