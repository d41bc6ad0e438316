// What the SDKs say of the wire, compared with the server's OpenAPI document: names, what is always there, and enumerations.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openApiDocument } from "../../apps/server/src/http/openapi.ts";
import type { SdkTypes } from "./shape.ts";
import { typesOfTypeScript } from "./typescript.ts";
import { type OpenApi, wireShape } from "./wire.ts";

const document = JSON.parse(JSON.stringify(openApiDocument("https://pay.example"))) as OpenApi;
const root = join(import.meta.dirname, "../..");

const sdks: [string, SdkTypes][] = [
  ["TypeScript", typesOfTypeScript(readFileSync(join(root, "packages/sdk/src/types.ts"), "utf8"))],
];

/** Where what a type describes is found, and the fields there that only clients of 1.x read. */
const answers: Readonly<Record<string, readonly [place: string, ...old: string[]]>> = {
  TransactionStatus: ["answer getStatus"],
  Currency: ["answer getPayment currency"],
  NativeCurrency: ["answer getPayment currency mainCurrency"],
  Product: ["answer getProduct"],
  Customer: ["answer getCustomer"],
  User: ["answer getUser", "updateAt"],
  ApiKey: ["answer listApiKeys []"],
  CreatedApiKey: ["answer createApiKey", "id", "prefix"],
  CreatedSession: ["answer createSession"],
  Session: ["webhook session session"],
  SubscriptionOptions: ["answer getSession options"],
  SessionDetails: ["answer getSession"],
  Payment: ["answer getPayment"],
  CombinedPayment: ["answer listCombinedPayments items []"],
  SessionEvent: ["webhook session"],
  SubscriptionEvent: ["webhook subscription"],
  UsageThresholdEvent: ["webhook usage"],
  WebhookDelivery: ["answer listWebhookDeliveries items []"],
  WebhookAttempt: ["answer listWebhookDeliveries items [] attempts []"],
  LoggedEvent: ["answer listEvents items []"],
  Message: ["answer deleteProduct"],
  // One answer for both kinds: what usage adds is optional there, and always there for pay-as-you-go.
  Subscription: [
    "answer getSubscription",
    "subscriptionStatus",
    "unitsCurrentPeriod",
    "maxSpendingPerPeriod",
    "freeCredits",
  ],
  UnitsIncreased: ["answer increaseUnits", "subscriptionStatus"],
  SubscriptionPayment: ["answer getSubscriptionHistory []"],
  BillingStarted: ["answer executeBilling"],
  PortalLink: ["answer getPortalLink"],
  UsageRecorded: ["answer recordUsageEvents"],
  Clock: ["answer getClock"],
};

/** `options` of a session stand flat in the SDKs' methods, which name the type by themselves. */
const requests: Readonly<Record<string, readonly [place: string, ...elsewhere: string[]]>> = {
  ProductInput: ["body createProduct"],
  ProductUpdate: ["body updateProduct"],
  CustomerInput: ["body createCustomer"],
  CustomerUpdate: ["body updateCustomer"],
  UserInput: ["body createUser"],
  UserUpdate: ["body updateUser"],
  ApiKeyInput: ["body createApiKey"],
  SessionInput: ["body createSession", "options"],
  UsageEvent: ["body recordUsageEvents events []"],
};

/** Parts of the ones above, and what goes over no wire by itself. */
const parts = ["SessionItem", "SessionSettings", "WebhookEvent", "PayAsYouGoSubscription", "Duration"];
const recurring = ["SubscriptionInput", "PayAsYouGoInput"];

const without = <T extends object>(shape: T, names: readonly string[]) =>
  Object.fromEntries(Object.entries(shape).filter(([name]) => !names.includes(name)));

describe.each(sdks)("the %s SDK", (_, types) => {
  test("has a type for each, and none that is compared with nothing", () => {
    const compared = [...Object.keys(answers), ...Object.keys(requests), ...recurring, ...parts];
    expect([...types.keys()].sort()).toEqual(compared.sort());
  });

  test.each(Object.entries(answers))("reads what %s says: all of it, and no more", (name, [place, ...old]) => {
    expect(types.get(name)).toEqual(without(wireShape(document, place), old));
  });

  test.each(Object.entries(requests))(
    "sends as %s what the server takes, and all that it needs",
    (name, [place, ...elsewhere]) => {
      expect(types.get(name)).toEqual(without(wireShape(document, place), elsewhere));
    },
  );

  test("adds to a subscription what usage adds", () => {
    const metered = without(wireShape(document, "answer increaseUnits"), [
      "subscriptionStatus",
      "message",
      "currentUnits",
      "capReached",
    ]);
    expect(types.get("PayAsYouGoSubscription")).toEqual(metered);
  });

  test("names the options of a subscription as they are read back", () => {
    const read = Object.keys(wireShape(document, "answer getSession options")).filter(
      (name) => name !== "subscriptionType",
    );
    const added = recurring.flatMap((name) =>
      Object.keys(without(types.get(name) ?? {}, Object.keys(types.get("SessionInput") ?? {}))),
    );
    expect([...new Set(added)].sort()).toEqual(read.sort());
    for (const name of recurring) expect(types.get(name)?.frequency?.required).toBe(true);
  });
});
