// The Python SDK's own tests (tests/, unittest), and what it shares with the API, the TypeScript SDK and its pages: names,
// required fields and enums cannot drift apart.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as api from "@qbitflow/api";
import { QBitFlow } from "@qbitflow/sdk";
import { beforeAll, describe, expect, test } from "vitest";
import { hasPython, runPython } from "../../e2e/harness/python.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const sorted = (items: Iterable<string>): string[] => [...new Set(items)].sort();

interface Field {
  readonly required: boolean;
  readonly type: string;
  readonly enum?: readonly (string | number)[];
  readonly items?: Field;
}
type Fields = Readonly<Record<string, Field>>;
interface Description {
  readonly types: Readonly<Record<string, Fields>>;
  readonly enums: Readonly<Record<string, readonly string[]>>;
  readonly arguments: Readonly<Record<string, Fields>>;
  readonly methods: readonly string[];
}
interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly (string | number)[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[] | undefined;
}

/** The SDK's name of a type, and the API's. */
const answers: Record<string, Schema> = {
  TransactionStatus: api.TransactionStatus,
  Currency: api.Currency,
  Product: api.Product,
  Customer: api.Customer,
  User: api.User,
  ApiKey: api.ApiKey,
  CreatedApiKey: api.ApiKeyCreated,
  CreatedSession: api.SessionCreated,
  Session: api.Session,
  SessionDetails: api.SessionRead,
  Payment: api.Payment,
  CombinedPayment: api.CombinedPayment,
  SubscriptionPayment: api.SubscriptionHistory,
  Subscription: api.Subscription,
  PayAsYouGoSubscription: api.PayAsYouGoSubscription,
  UnitsIncreased: api.UnitsIncreased,
  UsageRecorded: api.UsageRecorded,
  BillingStarted: api.BillingStarted,
  PortalLink: api.PortalLink,
  WebhookDelivery: api.WebhookDelivery,
  WebhookAttempt: api.WebhookAttempt,
  LoggedEvent: { ...api.Event, properties: { ...api.Event.properties, data: { type: "object" } } },
  Message: api.Message,
  Clock: api.Clock,
  SessionEvent: api.SessionWebhook,
  SubscriptionEvent: api.SubscriptionWebhook,
  UsageThresholdEvent: api.UsageWebhook,
  SubscriptionOptions: (api.Session.properties as Record<string, Schema>).options ?? {},
  UsageOfSubscription: (api.UsageRecorded.properties as Record<string, Schema>).subscriptions?.items ?? {},
};
/** Fields that only 1.x clients read. */
const onlyOld: Record<string, readonly string[]> = {
  User: ["updateAt"],
  CreatedApiKey: ["id", "prefix"],
  Subscription: ["subscriptionStatus"],
  PayAsYouGoSubscription: ["subscriptionStatus"],
  UnitsIncreased: ["subscriptionStatus"],
};
/** Types of which the API has no schema of its own under that name. */
const ofClientAlone = ["Duration", "NativeCurrency", "UnknownEvent", "UsageEvent"];

function typeOf({ type, format, enum: names }: Schema): string {
  if (names !== undefined) return "enum";
  return format === "date-time" ? "date-time" : (type ?? "any");
}

/** A schema as scripts/describe.py describes a type. */
function fieldsOf({ properties = {}, required = [] }: Schema, without: readonly string[] = []): Fields {
  const known = Object.entries(properties).filter(([name]) => !without.includes(name));
  const described = known.map(([name, schema]) => {
    const names = schema.enum === undefined ? {} : { enum: schema.enum };
    return [name, { required: required.includes(name), type: typeOf(schema), ...names }] as const;
  });
  return Object.fromEntries(described);
}

/** The same of a Python type, without what is looked at under its own name. */
function comparable(fields: Fields): Fields {
  const flat = Object.entries(fields).map(([name, { required, type, enum: names }]) => {
    return [name, { required, type, ...(names === undefined ? {} : { enum: names }) }] as const;
  });
  return Object.fromEntries(flat);
}

/** Interfaces of the TypeScript SDK: names of their fields, with those they build on; true where one is required. */
function interfacesOf(source: string): Map<string, Map<string, boolean>> {
  const found = new Map<string, Map<string, boolean>>();
  for (const [, name = "", base, body = ""] of source.matchAll(
    /^export interface (\w+)(?: extends (\w+))? \{\n(.*?)^\}/gms,
  )) {
    const own = [...body.matchAll(/^ {2}(\w+)(\??):/gm)].map(([, field = "", mark]) => [field, mark === ""] as const);
    found.set(name, new Map([...(found.get(base ?? "") ?? []), ...own]));
  }
  return found;
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

describe.skipIf(!hasPython())("the Python SDK", () => {
  let python: Description;
  beforeAll(async () => {
    python = JSON.parse(await runPython(["scripts/describe.py"])) as Description;
  });

  test("passes its own tests", async () => {
    await runPython(["-m", "unittest", "discover", "-s", "tests"]);
  }, 60_000);

  test.each(Object.keys(answers))("%s: fields, required ones and enums are the API's", (name) => {
    expect(comparable(python.types[name] ?? {})).toEqual(fieldsOf(answers[name] ?? {}, onlyOld[name]));
  });

  test("has no other types", () => {
    expect(sorted(Object.keys(python.types))).toEqual(sorted([...Object.keys(answers), ...ofClientAlone]));
  });

  test.each<[string, Schema, readonly string[]]>([
    ["products.create", api.ProductCreate, []],
    ["products.update", api.ProductUpdate, ["id"]],
    ["customers.create", api.CustomerCreate, []],
    ["customers.update", api.CustomerUpdate, ["uuid"]],
    ["users.create", api.UserCreate, []],
    ["users.update", api.UserUpdate, ["id"]],
    ["api_keys.create", api.ApiKeyCreate, []],
  ])("%s takes what the API takes", (method, schema, path) => {
    const { properties = {}, required = [] } = schema;
    const taken = Object.entries(python.arguments[method] ?? {});
    expect(sorted(taken.map(([name]) => name))).toEqual(
      sorted([...Object.keys(properties).filter((name) => !["uuid"].includes(name)), ...path]),
    );
    const needed = taken.flatMap(([name, field]) => (field.required ? [name] : []));
    expect(sorted(needed)).toEqual(sorted([...required, ...path]));
  });

  test("sessions take what the API takes", () => {
    const { properties = {} } = api.SessionCreate as Schema;
    const flat = Object.keys(properties).filter((name) => name !== "options" && name !== "customerUuid");
    const { subscriptionType: _kind, ...options } = fieldsOf(answers.SubscriptionOptions ?? {});
    const { freeCredits: _credits, ...fixed } = options;
    const taken = (method: string) => sorted(Object.keys(python.arguments[method] ?? {}));
    expect(taken("one_time_payments.create_session")).toEqual(sorted(flat));
    expect(taken("subscriptions.create_session")).toEqual(sorted([...flat, ...Object.keys(fixed)]));
    expect(taken("pay_as_you_go.create_session")).toEqual(sorted([...flat, ...Object.keys(options)]));
  });

  test("its enums are the API's", () => {
    expect(python.enums.TransactionType).toEqual(api.transactionTypes);
    expect(python.enums.TransactionTypeQuery).toEqual(api.statusQueryTypes);
    expect(python.enums.TransactionStatusName).toEqual(api.transactionStatuses);
    expect(python.enums.SubscriptionStatusName).toEqual(api.subscriptionStatuses);
    expect(python.enums.DurationUnit).toEqual(api.durationUnits);
  });

  test("its types have the fields of the TypeScript SDK's", () => {
    const interfaces = interfacesOf(read("packages/sdk/src/types.ts"));
    const shared = Object.entries(python.types).filter(([name]) => interfaces.has(name));
    expect(shared.length).toBeGreaterThan(25);
    for (const [name, fields] of shared) {
      const required = Object.entries(fields).map(([field, { required }]) => [field, required]);
      expect(Object.fromEntries(required), name).toEqual(Object.fromEntries(interfaces.get(name) ?? []));
    }
    // The one type that TypeScript writes within another.
    const missing = Object.keys(python.types).filter((name) => !interfaces.has(name));
    expect(sorted(missing)).toEqual(["UnknownEvent", "UsageOfSubscription"]);
  });

  test("has the methods of the TypeScript SDK, in snake_case", () => {
    const client = new QBitFlow({ apiKey: "sk_1_test_x", baseUrl: "http://localhost" });
    const methods = Object.entries(client).flatMap(([service, value]) => {
      const names: string[] = [];
      for (let type = Object.getPrototypeOf(value); type !== Object.prototype; type = Object.getPrototypeOf(type)) {
        names.push(...Object.getOwnPropertyNames(type).filter((name) => name !== "constructor"));
      }
      return names.map((name) => `${snake(service)}.${snake(name)}`);
    });
    expect(python.methods).toEqual(sorted(methods));
  });

  test("docs/python.md names every method, and none that is not there", () => {
    const named = [...read("docs/python.md").matchAll(/`([a-z_]+\.[a-z_]+)\(/g)].map(([, name = ""]) => name);
    expect(sorted(named)).toEqual(python.methods);
  });
});
