import type { decoders } from "./decoders.ts";
import { peopleCalls } from "./recorded-people.ts";
import { subscriptionCalls } from "./recorded-subscriptions.ts";

/** One request of a 1.x client, as it stands on the wire behind the base URL. `$name` is filled in from earlier answers. */
export interface Recorded {
  readonly does: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  /** Byte for byte as the client's encoder writes it. */
  readonly body?: string;
  readonly answer: keyof typeof decoders;
  /** 200 unless said. */
  readonly status?: number;
  /** Fields of the answer that must be so. */
  readonly expect?: Readonly<Record<string, unknown>>;
  /** The answer's field that later requests name, and by which name. */
  readonly keep?: readonly [field: string, name: string];
}

export interface RecordedClient {
  readonly client: string;
  /** Without the key's value. `bare` are sent with requests that have no body. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bareHeaders: Readonly<Record<string, string>>;
  readonly keyHeader: string;
  readonly calls: readonly Recorded[];
}

const readCalls: readonly Recorded[] = [
  { does: "payment", method: "GET", path: "/transaction/payment/$paid", answer: "payment", expect: { amount: 25.01 } },
  { does: "all payments", method: "GET", path: "/transaction/payments", answer: "payments" },
  { does: "a page of payments", method: "GET", path: "/transaction/payments?limit=1", answer: "payments" },
  {
    does: "combined payments",
    method: "GET",
    path: "/transaction/payments/combined?limit=50",
    answer: "combinedPayments",
  },
  {
    does: "status of a paid session",
    method: "GET",
    path: "/transaction/status?transactionUUID=$paid&transactionStatusType=payment",
    answer: "status",
    expect: { type: "payment", status: "completed" },
  },
  {
    does: "status of a new session",
    method: "GET",
    path: "/transaction/status?transactionUUID=$session&transactionStatusType=payment",
    answer: "status",
    expect: { status: "created" },
  },
  {
    does: "session",
    method: "GET",
    path: "/transaction/session-checkout/$session?closeToExpireError=false",
    answer: "session",
    expect: { uuid: "$session" },
  },
  {
    does: "an unknown session",
    method: "GET",
    path: "/transaction/session-checkout/0198aaaa-0000-7000-8000-000000000001?closeToExpireError=false",
    answer: "failure",
    status: 404,
  },
  { does: "product", method: "GET", path: "/product/id/$product", answer: "product", expect: { isActive: true } },
  { does: "products", method: "GET", path: "/product/", answer: "products" },
  { does: "delete product", method: "DELETE", path: "/product/$product", answer: "message" },
  { does: "the deleted product", method: "GET", path: "/product/id/$product", answer: "failure", status: 404 },
  {
    does: "customer",
    method: "GET",
    path: "/customer/uuid/$customer",
    answer: "customer",
    expect: { uuid: "$customer" },
  },
  { does: "delete customer", method: "DELETE", path: "/customer/uuid/$customer", answer: "message" },
  { does: "the deleted customer", method: "GET", path: "/customer/uuid/$customer", answer: "failure", status: 404 },
];

export const javascript: RecordedClient = {
  client: "JavaScript 1.1",
  keyHeader: "X-API-Key",
  headers: {
    Accept: "application/json, text/plain, */*",
    "Content-Type": "application/json",
    "User-Agent": "axios/1.13.1",
  },
  bareHeaders: { Accept: "application/json, text/plain, */*", "User-Agent": "axios/1.13.1" },
  calls: [
    {
      does: "create product",
      method: "POST",
      path: "/product/",
      body: '{"name":"Mug","description":"Blue, 300 ml","price":9.99,"reference":"mug-js"}',
      answer: "product",
      expect: { price: 9.99, reference: "mug-js" },
      keep: ["id", "product"],
    },
    { does: "product by reference", method: "GET", path: "/product/reference/mug-js", answer: "product" },
    {
      does: "update product",
      method: "PUT",
      path: "/product/$product",
      body: '{"name":"Large mug","description":"Blue, 500 ml","price":19.99}',
      answer: "product",
      expect: { name: "Large mug", price: 19.99 },
    },
    {
      does: "create customer",
      method: "POST",
      path: "/customer/",
      body: '{"name":"Ada","lastName":"King","email":"ada+js@example.com","phoneNumber":"+49 151 2345678","address":"12 Main St"}',
      answer: "customer",
      keep: ["uuid", "customer"],
    },
    {
      does: "customer by email",
      method: "GET",
      path: "/customer/email/ada%2Bjs%40example.com",
      answer: "customer",
      expect: { uuid: "$customer" },
    },
    {
      does: "update customer",
      method: "PUT",
      path: "/customer/",
      body: '{"phoneNumber":"+49 151 8765432","uuid":"$customer"}',
      answer: "customer",
      expect: { phoneNumber: "+49 151 8765432", lastName: "King" },
    },
    { does: "a page of customers", method: "GET", path: "/customer/all?limit=2", answer: "customers" },
    {
      does: "session for a product, its URLs not configured",
      method: "POST",
      path: "/transaction/session-checkout/",
      body: '{"productId":$product,"successUrl":"","cancelUrl":"","webhookUrl":"https://shop.example/hook","customerUUID":"$customer"}',
      answer: "created",
      keep: ["uuid", "session"],
    },
    {
      does: "session for something else",
      method: "POST",
      path: "/transaction/session-checkout/",
      body: '{"productName":"Engraving","description":"Two lines of text","price":29.99,"customerUUID":"$customer"}',
      answer: "created",
    },
    {
      does: "a price below zero",
      method: "POST",
      path: "/product/",
      body: '{"name":"No","description":"No","price":-1}',
      answer: "failure",
      status: 400,
    },
    ...readCalls,
    ...subscriptionCalls({
      createPlan:
        '{"productId":$plan,"webhookUrl":"https://shop.example/hook","customerUUID":"$buyer","options":{"subscriptionType":"subscription","frequency":{"value":1,"unit":"months"},"trialPeriod":{"value":7,"unit":"days"},"minPeriods":3}}',
      createMetered:
        '{"productId":$plan,"customerUUID":"$buyer","options":{"subscriptionType":"payAsYouGo","frequency":{"value":1,"unit":"months"},"freeCredits":100}}',
      increase: '{"subscriptionUUID":"$metered","increaseByAmount":2.5}',
      increased: "message",
    }),
    ...peopleCalls({
      createUser:
        '{"name":"Jane","lastName":"Doe","email":"jane+js@example.com","password":"8 chars.","role":"user","organizationFeeBps":100}',
      updateUser: '{"name":"Jane","lastName":"Smith","email":"jane+js@example.com","organizationFeeBps":150}',
      createKey: '{"name":"CI","userId":$user,"expiresAt":"2099-12-31T23:59:59.000Z","test":true}',
    }),
  ],
};

const pythonHeaders = { Accept: "*/*", "User-Agent": "python-httpx/0.28.1", "Content-Type": "application/json" };
export const python: RecordedClient = {
  client: "Python 1.1",
  keyHeader: "X-API-Key",
  headers: pythonHeaders,
  bareHeaders: pythonHeaders,
  calls: [
    {
      does: "create product",
      method: "POST",
      path: "/product/",
      body: '{"name": "Mug", "description": "Blue, 300 ml", "price": 10.0, "reference": null}',
      answer: "product",
      expect: { price: 10, reference: undefined },
      keep: ["id", "product"],
    },
    {
      does: "update product to the least price",
      method: "PUT",
      path: "/product/$product",
      body: '{"name": "Large mug", "description": "Blue, 500 ml", "price": 1e-06}',
      answer: "product",
      expect: { price: 0.000001 },
    },
    {
      does: "give it a price a session may have",
      method: "PUT",
      path: "/product/$product",
      body: '{"name": "Large mug", "description": "Blue, 500 ml", "price": 19.99}',
      answer: "product",
    },
    {
      does: "create customer",
      method: "POST",
      path: "/customer/",
      body: '{"name": "Zo\\u00eb", "lastName": "King", "email": "ada+py@example.com", "phoneNumber": null, "address": null, "reference": null}',
      answer: "customer",
      expect: { name: "Zoë", phoneNumber: undefined },
      keep: ["uuid", "customer"],
    },
    {
      does: "customer by email, as it is in the path",
      method: "GET",
      path: "/customer/email/ada+py@example.com",
      answer: "customer",
      expect: { uuid: "$customer" },
    },
    {
      does: "update customer",
      method: "PUT",
      path: "/customer/",
      body: '{"name": "Zoe", "lastName": "King", "email": "moved+py@example.com", "phoneNumber": "+49 151 8765432", "uuid": "$customer"}',
      answer: "customer",
      expect: { email: "moved+py@example.com", phoneNumber: "+49 151 8765432" },
    },
    { does: "all customers", method: "GET", path: "/customer/all", answer: "customers" },
    {
      does: "session for a product",
      method: "POST",
      path: "/transaction/session-checkout/",
      body: '{"productId": $product, "productName": null, "description": null, "price": null, "successUrl": null, "cancelUrl": null, "webhookUrl": "https://shop.example.com/hook", "customerUUID": "$customer", "options": null}',
      answer: "created",
      keep: ["uuid", "session"],
    },
    {
      does: "session for something else",
      method: "POST",
      path: "/transaction/session-checkout/",
      body: '{"productId": null, "productName": "Engraving", "description": "Two lines of text", "price": 30.0, "successUrl": "https://shop.example.com/thanks?uuid={{UUID}}", "cancelUrl": null, "webhookUrl": null, "customerUUID": null, "options": null}',
      answer: "created",
    },
    ...readCalls,
    ...subscriptionCalls({
      createPlan:
        '{"productId": $plan, "productName": null, "description": null, "price": null, "successUrl": null, "cancelUrl": null, "webhookUrl": "https://shop.example.com/hook", "customerUUID": "$buyer", "options": {"subscriptionType": "subscription", "frequency": {"value": 1, "unit": "months"}, "trialPeriod": {"value": 7, "unit": "days"}, "freeCredits": null, "minPeriods": 3}}',
      createMetered:
        '{"productId": $plan, "productName": null, "description": null, "price": null, "successUrl": null, "cancelUrl": null, "webhookUrl": null, "customerUUID": null, "options": {"subscriptionType": "payAsYouGo", "frequency": {"value": 1, "unit": "months"}, "trialPeriod": null, "freeCredits": 100.0, "minPeriods": null}}',
      increase: '{"subscriptionUUID": "$metered", "increaseByAmount": 2.5}',
      increased: "payAsYouGo",
    }),
    ...peopleCalls({
      createUser:
        '{"name": "Jane", "lastName": "Doe", "email": "jane+py@example.com", "password": "8 chars.", "role": "user", "organizationFeeBps": 100}',
      updateUser:
        '{"name": "Jane", "lastName": "Smith", "email": "jane+py@example.com", "password": "9 chars..", "organizationFeeBps": 150}',
      createKey: '{"name": "CI", "userId": $user, "expiresAt": null, "role": "user", "test": true}',
    }),
    {
      does: "update oneself, an owner, with no password",
      method: "PUT",
      path: "/user/$me",
      body: '{"name": "Olga", "lastName": "Owner", "email": "olga+py@example.com", "password": null, "organizationFeeBps": 0}',
      answer: "user",
      expect: { name: "Olga", role: "admin" },
    },
  ],
};
