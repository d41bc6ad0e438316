export * from "./checkout.ts";
export * from "./currency.ts";
export * from "./transaction-status.ts";
