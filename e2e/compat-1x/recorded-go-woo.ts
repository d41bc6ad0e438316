import type { RecordedClient } from "./recorded.ts";
import { peopleCalls } from "./recorded-people.ts";
import { subscriptionCalls } from "./recorded-subscriptions.ts";

const goHeaders = { "User-Agent": "Go-http-client/1.1", "Content-Type": "application/json" };
export const go: RecordedClient = {
  client: "Go 1.1 and 1.2",
  // Go writes header names its own way.
  keyHeader: "X-Api-Key",
  headers: goHeaders,
  bareHeaders: goHeaders,
  calls: [
    {
      does: "create product",
      method: "POST",
      path: "/product/",
      body: '{"name":"Nuts \\u0026 bolts","description":"A \\u003cb\\u003etest\\u003c/b\\u003e","price":9.99}',
      answer: "product",
      expect: { name: "Nuts & bolts", description: "A <b>test</b>" },
      keep: ["id", "product"],
    },
    {
      does: "create customer",
      method: "POST",
      path: "/customer/",
      body: '{"name":"Jane","lastName":"Roe","email":"ada+go@example.com","phoneNumber":"+49 151 2345678"}',
      answer: "customer",
      keep: ["uuid", "customer"],
    },
    {
      does: "customer by email, as it is in the path",
      method: "GET",
      path: "/customer/email/ada+go@example.com",
      answer: "customer",
    },
    {
      does: "update customer: what the caller did not set is empty and stays as it is",
      method: "PUT",
      path: "/customer/",
      body: '{"uuid":"$customer","name":"","lastName":"","email":"","address":"12 Main St"}',
      answer: "customer",
      expect: { name: "Jane", lastName: "Roe", email: "ada+go@example.com", address: "12 Main St" },
    },
    {
      does: "update customer named in the path",
      method: "PUT",
      path: "/customer/$customer",
      body: '{"name":"Janet"}',
      answer: "customer",
      expect: { name: "Janet", lastName: "Roe" },
    },
    {
      does: "session, with the customer in Go's spelling",
      method: "POST",
      path: "/transaction/session-checkout/",
      body: '{"productId":$product,"webhookUrl":"https://shop.example/hook","customerUuid":"$customer"}',
      answer: "created",
      keep: ["uuid", "session"],
    },
    {
      does: "that session has the customer",
      method: "GET",
      path: "/transaction/session-checkout/$session?closeToExpireError=false",
      answer: "session",
      expect: { customerUUID: "$customer", productId: "$product" },
    },
    {
      does: "session by the later route",
      method: "POST",
      path: "/transaction/session-checkout/new/payment",
      body: '{"productName":"Engraving","description":"Two lines of text","price":29.99}',
      answer: "created",
    },
    {
      does: "status in the later spelling",
      method: "GET",
      path: "/transaction/status?txUUID=$paid&txType=payment",
      answer: "status",
      expect: { status: "completed" },
    },
    { does: "payment", method: "GET", path: "/transaction/payment/$paid", answer: "payment" },
    { does: "payments", method: "GET", path: "/transaction/payments?limit=10", answer: "payments" },
    { does: "combined", method: "GET", path: "/transaction/payments/combined", answer: "combinedPayments" },
    {
      does: "a cursor of somewhere else",
      method: "GET",
      path: "/transaction/payments?cursor=zzzz",
      answer: "failure",
      status: 400,
    },
    { does: "customers", method: "GET", path: "/customer/all?limit=1", answer: "customers" },
    { does: "delete product", method: "DELETE", path: "/product/$product", answer: "message" },
    { does: "delete customer", method: "DELETE", path: "/customer/uuid/$customer", answer: "message" },
    ...subscriptionCalls({
      createPlan:
        '{"productId":$plan,"webhookUrl":"https://shop.example/hook","customerUuid":"$buyer","options":{"subscriptionType":"subscription","frequency":{"value":1,"unit":"months"},"trialPeriod":{"value":7,"unit":"days"},"minPeriods":3}}',
      createMetered:
        '{"productId":$plan,"options":{"subscriptionType":"payAsYouGo","frequency":{"value":1,"unit":"months"},"freeCredits":100}}',
      increase: '{"subscriptionUUID":"$metered","increaseByAmount":2.5}',
      increased: "payAsYouGo",
    }),
    {
      does: "a subscription's session by the later route, its options flat",
      method: "POST",
      path: "/transaction/session-checkout/new/subscription",
      body: '{"productName":"Plan","description":"Monthly","price":9.99,"frequency":{"value":1,"unit":"months"},"trialPeriod":{"value":7,"unit":"days"}}',
      answer: "created",
      keep: ["uuid", "flatsession"],
    },
    {
      does: "that it is one",
      method: "GET",
      path: "/transaction/session-checkout/$flatsession?closeToExpireError=false",
      answer: "subscriptionSession",
      expect: { options: { subscriptionType: "subscription", frequency: 2_592_000, trialPeriod: 604_800 } },
    },
    {
      does: "a status by its short name in the later spelling",
      method: "GET",
      path: "/transaction/status?txUUID=$flatsession&txType=subscription",
      answer: "status",
      expect: { type: "createSubscription", status: "created" },
    },
    ...peopleCalls({
      createUser:
        '{"name":"Jane","lastName":"Doe","email":"jane+go@example.com","password":"8 chars.","role":"user","organizationFeeBps":100}',
      updateUser: '{"name":"Jane","lastName":"Smith","email":"","organizationFeeBps":150}',
      createKey: '{"name":"CI","userId":$user,"expiresAt":"2099-12-31T23:59:59.123456789+02:00","test":true}',
    }),
    {
      does: "a fee above the most there is",
      method: "POST",
      path: "/user/",
      body: '{"name":"Jane","lastName":"Doe","email":"jane+go@example.com","password":"8 chars.","role":"admin","organizationFeeBps":1001}',
      answer: "failure",
      status: 400,
    },
  ],
};

export const wooCommerce: RecordedClient = {
  client: "WooCommerce 1.1",
  keyHeader: "X-API-Key",
  headers: {
    "User-Agent": "WordPress/6.9; https://shop.example",
    Accept: "application/json",
    "Content-Type": "application/json",
  },
  bareHeaders: { "User-Agent": "WordPress/6.9; https://shop.example", Accept: "application/json" },
  calls: [
    {
      does: "a buyer it does not know",
      method: "GET",
      path: "/customer/email/j.doe%40example.com",
      answer: "failure",
      status: 404,
    },
    {
      does: "create the buyer from an email alone",
      method: "POST",
      path: "/customer/",
      body: '{"email":"j.doe@example.com","name":"J","lastName":"\\u2014","phoneNumber":"(555) 123-4567 ext. 8","reference":"guest_j.doe@example.com"}',
      answer: "customer",
      expect: { name: "J", lastName: "—" },
      keep: ["uuid", "customer"],
    },
    {
      does: "the buyer it knows",
      method: "GET",
      path: "/customer/email/j.doe%40example.com",
      answer: "customer",
      expect: { uuid: "$customer" },
    },
    {
      does: "session for an order",
      method: "POST",
      path: "/transaction/session-checkout/new/payment",
      body: '{"productName":"Order #1042","description":"Mug \\u00d72, Tee \\u2013 black","price":30.0,"webhookUrl":"https:\\/\\/shop.example\\/wp-json\\/qbitflow-wc\\/webhook","successUrl":"https:\\/\\/shop.example\\/checkout\\/order-received\\/1042\\/?key=wc_order_x","cancelUrl":"https:\\/\\/shop.example\\/cart\\/?cancel_order=true&order_id=1042&_wpnonce=5f2c","customerUUID":"$customer"}',
      answer: "created",
      keep: ["uuid", "session"],
    },
    { does: "no refunds here", method: "GET", path: "/transaction/refunds/all", answer: "failure", status: 404 },
    {
      does: "no refund of the order",
      method: "GET",
      path: "/transaction/refunds/by-transaction/$session",
      answer: "failure",
      status: 404,
    },
  ],
};
