import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { readConfig } from "./config.ts";
import { liveBlockersOf } from "./live-gate.ts";

const safe = {
  NETWORKS: "base",
  RPC_URL_BASE: "https://one.example",
  PUBLIC_URL: "https://pay.example.com",
  DATABASE_URL: "postgres://db/qbitflow",
  SECRET_KEY: randomBytes(32).toString("hex"),
};
const facts = { fixedPrices: false };

test("a safe configuration serves live keys", () => {
  expect(liveBlockersOf(readConfig(safe), facts)).toEqual([]);
});

test.each([
  [{ ...safe, NETWORKS: "" }, facts, "local chain"],
  [safe, { fixedPrices: true }, "fixed"],
  [{ ...safe, PUBLIC_URL: "http://pay.example.com" }, facts, "PUBLIC_URL"],
  [{ ...safe, SECRET_KEY: "" }, facts, "SECRET_KEY"],
  [{ ...safe, SECRET_KEY: "00".repeat(32) }, facts, "SECRET_KEY"],
  [{ ...safe, DATABASE_URL: "" }, facts, "DATABASE_URL"],
  [{ ...safe, ALLOW_PRIVATE_WEBHOOKS: "true" }, facts, "ALLOW_PRIVATE_WEBHOOKS"],
])("%#: live keys are refused, naming what to mend", (env, given, named) => {
  expect(liveBlockersOf(readConfig(env), given).join("; ")).toContain(named);
});
