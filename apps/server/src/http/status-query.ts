import { type StatusQuery, statusQueryTypes, type TransactionStatus, type TransactionType } from "@qbitflow/api";
import {
  type Context,
  DomainError,
  type Principal,
  requireTransaction,
  type TransactionName,
  transactionProgress,
} from "@qbitflow/core";
import { uuidId } from "./path-ids.ts";

/** The two create types have short names, too. */
const fullTypes: Readonly<Record<string, TransactionType>> = {
  subscription: "createSubscription",
  payAsYouGo: "createPAYGSubscription",
};

type Query = StatusQuery | Record<string, unknown>;

/** What a status query names, in either spelling of its parameters. @throws DomainError validation_failed, not_found */
function namedTransaction(query: Query): TransactionName {
  const { transactionUUID, transactionStatusType, txUUID, txType, transactionType } = query as StatusQuery;
  const uuid = transactionUUID ?? txUUID;
  const type = transactionStatusType ?? txType ?? transactionType;
  const fields = [];
  if (uuid === undefined) fields.push({ field: "transactionUUID", message: "is missing" });
  if (type === undefined) fields.push({ field: "transactionStatusType", message: "is missing" });
  else if (!statusQueryTypes.some((known) => known === type)) {
    fields.push({ field: "transactionStatusType", message: `must be one of ${statusQueryTypes.join(", ")}` });
  }
  if (uuid === undefined || type === undefined || fields.length > 0) {
    throw new DomainError("invalid", "validation_failed", "Name a transaction by its uuid and type.", { fields });
  }
  return { uuid: uuidId(uuid, "transaction"), type: fullTypes[type] ?? (type as TransactionType) };
}

/** The transaction a status query asks for, which is the organization's. @throws DomainError validation_failed, not_found */
export async function askedTransaction(ctx: Context, principal: Principal, query: Query): Promise<TransactionName> {
  const name = namedTransaction(query);
  await requireTransaction(ctx, principal, name);
  return name;
}

/** How the transaction a query asks for stands. @throws DomainError validation_failed, not_found */
export async function askedStatus(ctx: Context, principal: Principal, query: Query): Promise<TransactionStatus> {
  return (await transactionProgress(ctx, await askedTransaction(ctx, principal, query))).status;
}
