import Type, { type Static } from "typebox";
import { TransactionStatus, transactionTypes } from "./transaction-status.ts";

/** The types a status can be asked for; `subscription` and `payAsYouGo` stand for the two create types. */
export const statusQueryTypes = [...transactionTypes, "subscription", "payAsYouGo"] as const;

export const StatusQuery = Type.Object({
  transactionUUID: Type.Optional(Type.String({ maxLength: 64 })),
  transactionStatusType: Type.Optional(Type.String({ maxLength: 64, description: statusQueryTypes.join(", ") })),
  txUUID: Type.Optional(Type.String({ maxLength: 64, description: "Another name of transactionUUID." })),
  txType: Type.Optional(Type.String({ maxLength: 64, description: "Another name of transactionStatusType." })),
  transactionType: Type.Optional(Type.String({ maxLength: 64, description: "Another name of transactionStatusType." })),
});
export type StatusQuery = Static<typeof StatusQuery>;

export const StatusTicketCreate = Type.Object({
  transactionUUID: Type.String({ maxLength: 64 }),
  transactionStatusType: Type.String({ maxLength: 64 }),
});
export type StatusTicketCreate = Static<typeof StatusTicketCreate>;

export const StatusTicket = Type.Object({
  ticket: Type.String({ description: "Good once: as subprotocol `qbitflow.ticket.<ticket>`." }),
  expiresAt: Type.Integer({ description: "Unix seconds." }),
});
export type StatusTicket = Static<typeof StatusTicket>;

/** What the status WebSocket sends: the present status at once, then each change. */
export const StatusFrame = Type.Object({
  transactionUUID: Type.String(),
  transactionUuid: Type.String({ description: "The same: a 1.x client reads this name." }),
  status: TransactionStatus,
});
export type StatusFrame = Static<typeof StatusFrame>;
