import { type StatusQuery, statusQueryTypes, type TransactionStatus } from "@qbitflow/api";
import {
  type CheckoutSession,
  type Context,
  DomainError,
  executionStatus,
  getSession,
  getSubscription,
  type Principal,
  type Subscription,
  statusOf,
} from "@qbitflow/core";
import { uuidId } from "./path-ids.ts";

/** The two create types have short names, too. */
const fullTypes: Readonly<Record<string, string>> = {
  subscription: "createSubscription",
  payAsYouGo: "createPAYGSubscription",
};

type Query = StatusQuery | Record<string, unknown>;

/** What a status query names, in either spelling of its parameters. @throws DomainError validation_failed, not_found */
function namedTransaction(query: Query): { readonly uuid: string; readonly type: string } {
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
  return { uuid: uuidId(uuid, "transaction"), type: fullTypes[type] ?? type };
}

const unknownOfType = (type: string) =>
  new DomainError("not_found", "not_found", `There is no transaction of type ${type} with this uuid.`);

/** The session a status query asks for. @throws DomainError validation_failed, not_found */
export async function askedTransaction(ctx: Context, principal: Principal, query: Query): Promise<CheckoutSession> {
  const { uuid, type } = namedTransaction(query);
  const session = await getSession(ctx, principal, { uuid, closeToExpireError: false });
  if (session.transactionType !== type) throw unknownOfType(type);
  return session;
}

const cancelledKind: Readonly<Record<string, Subscription["kind"]>> = {
  cancelSubscription: "subscription",
  cancelPAYGSubscription: "payAsYouGo",
};

function cancellation(type: TransactionStatus["type"], { status, stopped }: Subscription): TransactionStatus {
  if (status === "cancelled") return { type, status: "completed" };
  return stopped
    ? { type, status: "pending", message: "It ends with the period that runs." }
    : { type, status: "created" };
}

/** How the transaction a query asks for stands. @throws DomainError validation_failed, not_found */
export async function askedStatus(ctx: Context, principal: Principal, query: Query): Promise<TransactionStatus> {
  const { uuid, type } = namedTransaction(query);
  if (type === "executeSubscription") return executionStatus(ctx, principal, uuid);
  const kind = cancelledKind[type];
  if (kind === undefined) return statusOf(ctx, await askedTransaction(ctx, principal, query));
  const subscription = await getSubscription(ctx, principal, uuid);
  if (subscription.kind !== kind) throw unknownOfType(type);
  return cancellation(type as TransactionStatus["type"], subscription);
}
