import type { CheckoutProgress, PortalState, TransactionType } from "@qbitflow/api";
import {
  checkoutProgress,
  getPublicSession,
  type TransactionName,
  type TransactionProgress,
  transactionProgress,
} from "@qbitflow/core";
import type { ServerContext } from "../server-context.ts";
import { ProgressHub } from "./progress-hub.ts";
import { stateOfLink } from "./routes/portal.ts";

/** Everything that sockets follow. */
export interface ProgressHubs {
  /** By session's uuid. */
  readonly checkout: ProgressHub<CheckoutProgress>;
  /** By portal link's token. */
  readonly portal: ProgressHub<PortalState>;
  /** By `transactionKey`. */
  readonly transactions: ProgressHub<TransactionProgress>;
}

/** What a status socket follows. */
export const transactionKey = ({ uuid, type }: TransactionName): string => `${uuid} ${type}`;

function transactionOf(key: string): TransactionName {
  const [uuid = "", type] = key.split(" ");
  return { uuid, type: type as TransactionType };
}

/** Statuses whose words change with each block. */
const movedByBlocks = new Set(["pending", "waitingConfirmation"]);

export function createHubs(server: ServerContext): ProgressHubs {
  const ctx = server.core;
  const checkout = new ProgressHub<CheckoutProgress>(server, {
    channels: ["session_status"],
    async read(uuid) {
      return checkoutProgress(ctx, await getPublicSession(ctx, uuid));
    },
    uuidOf: (uuid) => uuid,
    isMoving: ({ status }) => movedByBlocks.has(status.status),
  });
  const portal = new ProgressHub<PortalState>(server, {
    channels: ["subscription_status"],
    read: (token) => stateOfLink(server, token),
    // Of the token only this may be written into a log.
    uuidOf: (token) => token.split(".")[0] ?? "",
    isMoving: ({ underWay, bills }) => underWay.length > 0 || bills.some(({ status }) => status === "charging"),
    // The time is another one in each.
    told: ({ serverTime: _time, ...state }) => state,
  });
  const transactions = new ProgressHub<TransactionProgress>(server, {
    channels: ["session_status", "subscription_status"],
    read: (key) => transactionProgress(ctx, transactionOf(key)),
    uuidOf: (key) => transactionOf(key).uuid,
    isMoving: ({ isUnderWay }) => isUnderWay,
    told: ({ status }) => status,
  });
  return { checkout, portal, transactions };
}
