import { type StatusQuery, statusQueryTypes } from "@qbitflow/api";
import { type CheckoutSession, type Context, DomainError, getSession, type Principal } from "@qbitflow/core";
import { uuidId } from "./path-ids.ts";

/** The two create types have short names, too. */
const fullTypes: Readonly<Record<string, string>> = {
  subscription: "createSubscription",
  payAsYouGo: "createPAYGSubscription",
};

/**
 * The session a status query asks for, in either spelling of its parameters.
 * @throws DomainError validation_failed, not_found
 */
export async function askedTransaction(
  ctx: Context,
  principal: Principal,
  query: StatusQuery | Record<string, unknown>,
): Promise<CheckoutSession> {
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
  const session = await getSession(ctx, principal, { uuid: uuidId(uuid, "transaction"), closeToExpireError: false });
  if (session.transactionType !== (fullTypes[type] ?? type)) {
    throw new DomainError("not_found", "not_found", `There is no transaction of type ${type} with this uuid.`);
  }
  return session;
}
