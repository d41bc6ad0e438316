// What the document says of each call: the reference that both SDKs are held against.
import { openApiDocument } from "../../apps/server/src/http/openapi.ts";
import { calls, type SdkCall } from "./calls.ts";
import { eachObject, type Field, type Fields, type Shape, without } from "./shape.ts";
import { type OpenApi, type Operation, operationsOf, webhookOf } from "./wire.ts";

/** As /v1/openapi.json answers it. */
const document = JSON.parse(JSON.stringify(openApiDocument("https://pay.example"))) as OpenApi;
export const operations = operationsOf(document);

export function operationOf(operation: string): Operation {
  const found = operations.get(operation);
  if (found === undefined) throw new Error(`The document has no operation ${operation} that wants a key`);
  return found;
}

/** The requests that the calls make, in order. */
export const requests: readonly SdkCall[] = calls.flatMap((call) => [
  call,
  ...(call.followedBy ?? []).map((operation) => ({ ...call, operation })),
]);

/** The SDKs' name of each webhook's body. */
export const events = {
  SessionEvent: webhookOf(document, "session"),
  SubscriptionEvent: webhookOf(document, "subscription"),
  UsageThresholdEvent: webhookOf(document, "usage"),
};

/** The SDKs pass on that nothing was wrong, and no message. */
export const answersItself = ["webhooks.verifyRemote"];

/** What only clients of 1.x read: another spelling, and a copy. */
const old = ["updateAt", "subscriptionStatus"];
const ofUsage = ["unitsCurrentPeriod", "maxSpendingPerPeriod", "freeCredits"];

/** What a method answers. */
export function answerOf({ operation, method }: SdkCall): Shape {
  return eachObject(operationOf(operation).answer, (fields) => {
    if (operation === "createApiKey" && "key" in fields) return without(fields, "id", "prefix");
    const known = without(fields, ...old);
    // One answer for both kinds of subscription: what usage adds is optional there.
    if (!("unitsCurrentPeriod" in fields)) return known;
    if (method.startsWith("subscriptions.")) return without(known, ...ofUsage);
    const required = (name: string, field: Field) => field.required || ofUsage.includes(name);
    return Object.fromEntries(
      Object.entries(known).map(([name, field]) => [name, { ...field, required: required(name, field) }]),
    );
  });
}

const unit: Shape = operationOf("advanceClock").body.unit ?? { type: "any" };
/** The document names its two fields where the clock is moved, as one of two ways. */
export const duration: Shape = {
  type: "object",
  fields: { value: { type: "integer", required: true }, unit: { ...unit, required: true } },
};

/** What makes a session a subscription stands flat in the SDKs, with lengths as durations; by how it is read back. */
export function optionsOf(method: string): Fields {
  const { fields = {} } = operationOf("getSession").answer.fields?.options ?? {};
  const lengths = { frequency: { ...duration, required: true }, trialPeriod: { ...duration, required: false } };
  const known = without({ ...fields, ...lengths }, "subscriptionType");
  return method.startsWith("subscriptions.") ? without(known, "freeCredits") : known;
}

/** What stands in the object that a method takes. */
export function takenBy({ operation, method }: SdkCall): Fields {
  const { query, body } = operationOf(operation);
  if (operation === "listSubscriptions") return without(query, "type");
  if (operation !== "createSession") return { ...query, ...body };
  return { ...without(body, "options"), ...(method.startsWith("oneTimePayments.") ? {} : optionsOf(method)) };
}

/** Where that object stands; nowhere in methods of single values, whose names are compared by what is sent. */
export function placeOfObject({ given, operation }: SdkCall): number | undefined {
  const place = given.findIndex((value) => typeof value === "object" && !Array.isArray(value));
  return place < 0 || operation === "verifyWebhook" || operation === "advanceClock" ? undefined : place;
}

/** Names of the query and the body that a call sends: all of them, but for the other ways to say the same. */
export function sentBy({ operation, method }: SdkCall): { query: string[]; body: string[] } {
  const { query, body } = operationOf(operation);
  const unsaid = ["txUUID", "txType", "transactionType", "customerUuid"];
  if (operation === "advanceClock") unsaid.push("to");
  if (method === "oneTimePayments.createSession") unsaid.push("options");
  return { query: Object.keys(without(query, ...unsaid)), body: Object.keys(without(body, ...unsaid)) };
}

export const usageEvent: Shape = operationOf("recordUsageEvents").body.events?.items ?? { type: "any" };

/** The document names the types in a sentence, as the server refuses others in words of its own. */
export const statusTypes: Shape = { type: "enum", values: namedInSentence("getStatus", "transactionStatusType") };

function namedInSentence(operationId: string, parameter: string): string[] {
  const all = Object.values(document.paths).flatMap((path) => Object.values(path));
  const { parameters } = all.find((operation) => operation.operationId === operationId) ?? { parameters: [] };
  return (parameters.find(({ name }) => name === parameter)?.schema.description ?? "").split(", ").sort();
}
