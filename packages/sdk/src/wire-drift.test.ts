import type * as wire from "@qbitflow/api";
import { expectTypeOf, test } from "vitest";
import type * as sdk from "./index.ts";

/** Optional fields of requests may be undefined in the SDK: JSON leaves those out. */
type Sent<T> = { [Field in keyof T]: Exclude<T[Field], undefined> };
/** Every field the wire has must be known to the SDK, or named here as one that only 1.x clients read. */
type Unknown<Wire, Sdk, Old extends string = never> = Exclude<keyof Wire, keyof Sdk | Old>;

// Checked by `npm run types`, not at run time: what the API answers is what the SDK promises.
test("answers", () => {
  expectTypeOf<wire.TransactionStatus>().toEqualTypeOf<sdk.TransactionStatus>();
  expectTypeOf<(typeof wire.statusQueryTypes)[number]>().toEqualTypeOf<sdk.TransactionTypeQuery>();
  expectTypeOf<wire.Currency>().toExtend<sdk.Currency>();
  expectTypeOf<wire.Product>().toEqualTypeOf<sdk.Product>();
  expectTypeOf<wire.Customer>().toEqualTypeOf<sdk.Customer>();
  expectTypeOf<wire.User>().toExtend<sdk.User>();
  expectTypeOf<Unknown<wire.User, sdk.User, "updateAt">>().toBeNever();
  expectTypeOf<wire.ApiKey>().toEqualTypeOf<sdk.ApiKey>();
  expectTypeOf<wire.ApiKeyCreated>().toExtend<sdk.CreatedApiKey>();
  expectTypeOf<Unknown<wire.ApiKeyCreated, sdk.CreatedApiKey, "id" | "prefix">>().toBeNever();
  expectTypeOf<wire.SessionCreated>().toEqualTypeOf<sdk.CreatedSession>();
  expectTypeOf<wire.Session>().toExtend<sdk.Session>();
  expectTypeOf<Unknown<wire.Session, sdk.Session>>().toBeNever();
  expectTypeOf<wire.SessionRead>().toExtend<sdk.SessionDetails>();
  expectTypeOf<Unknown<wire.SessionRead, sdk.SessionDetails>>().toBeNever();
  expectTypeOf<wire.Payment>().toExtend<sdk.Payment>();
  expectTypeOf<Unknown<wire.Payment, sdk.Payment>>().toBeNever();
  expectTypeOf<wire.CombinedPayment>().toExtend<sdk.CombinedPayment>();
  expectTypeOf<Unknown<wire.CombinedPayment, sdk.CombinedPayment>>().toBeNever();
  expectTypeOf<wire.SessionWebhook>().toExtend<sdk.SessionEvent>();
  expectTypeOf<wire.Subscription>().toExtend<sdk.Subscription>();
  expectTypeOf<Unknown<wire.Subscription, sdk.Subscription, "subscriptionStatus">>().toBeNever();
  expectTypeOf<wire.PayAsYouGoSubscription>().toExtend<sdk.PayAsYouGoSubscription>();
  expectTypeOf<Unknown<wire.PayAsYouGoSubscription, sdk.PayAsYouGoSubscription, "subscriptionStatus">>().toBeNever();
  expectTypeOf<wire.SubscriptionHistory>().toExtend<sdk.SubscriptionPayment>();
  expectTypeOf<wire.SubscriptionWebhook>().toEqualTypeOf<sdk.SubscriptionEvent>();
  expectTypeOf<wire.UsageWebhook>().toEqualTypeOf<sdk.UsageThresholdEvent>();
  expectTypeOf<wire.BillingStarted>().toEqualTypeOf<sdk.BillingStarted>();
  expectTypeOf<wire.PortalLink>().toEqualTypeOf<sdk.PortalLink>();
  expectTypeOf<wire.UnitsIncreased>().toExtend<sdk.UnitsIncreased>();
  expectTypeOf<wire.UsageRecorded>().toEqualTypeOf<sdk.UsageRecorded>();
  expectTypeOf<wire.Clock>().toEqualTypeOf<sdk.Clock>();
  expectTypeOf<wire.Message>().toEqualTypeOf<sdk.Message>();
});

test("requests", () => {
  expectTypeOf<Sent<sdk.ProductInput>>().toExtend<wire.ProductCreate>();
  expectTypeOf<Sent<sdk.ProductUpdate>>().toExtend<wire.ProductUpdate>();
  expectTypeOf<Sent<sdk.CustomerInput>>().toExtend<wire.CustomerCreate>();
  expectTypeOf<Sent<sdk.CustomerUpdate>>().toExtend<wire.CustomerUpdate>();
  expectTypeOf<Sent<sdk.UserInput>>().toExtend<wire.UserCreate>();
  expectTypeOf<Sent<sdk.UserUpdate>>().toExtend<wire.UserUpdate>();
  expectTypeOf<Unknown<wire.SessionCreate, sdk.SessionInput, "options">>().toBeNever();
  expectTypeOf<Unknown<wire.ApiKeyCreate, sdk.ApiKeyInput>>().toBeNever();
});
