import { chargingChain, type TestContext, testContext, testNetwork } from "@qbitflow/testkit";
import { afterEach, expect, test } from "vitest";
import { listCurrencies } from "../index.ts";
import { executionFeeBase } from "./index.ts";

const GWEI = 1_000_000_000n;
let ctx: TestContext;

afterEach(() => ctx.close());

async function feeAt(gasPriceBase: bigint, maxExecutionFeeMicros: bigint, dataFeeBase = 0n): Promise<bigint | null> {
  ctx = await testContext({
    chains: [chargingChain(testNetwork, { gasPriceBase, dataFeeBase })],
    policy: { maxExecutionFeeMicros },
  });
  const currency = (await listCurrencies(ctx)).find(({ symbol }) => symbol === "tUSDC");
  if (!currency) throw new Error("The test network lists tUSDC.");
  return executionFeeBase(ctx, { network: testNetwork.slug, currency });
}

test("is nothing where the operator pays, whatever gas costs", async () => {
  expect(await feeAt(10_000n * GWEI, 0n)).toBe(0n);
});

test("is the gas of one charge in the token, rounded up; null above the policy's limit", async () => {
  // 100 000 gas at 0.01 gwei is 10^-6 ETH.
  const rate = await testContext().then(async (other) => {
    const { usdPerTokenE18 } = await other.rates.rate("ETH");
    await other.close();
    return usdPerTokenE18;
  });
  const exactMicros = rate / 10n ** 18n;
  const fee = await feeAt(GWEI / 100n, 100_000n);
  expect(fee).toBe(exactMicros * 10n ** 18n === rate ? exactMicros : exactMicros + 1n);
  await ctx.close();
  expect(await feeAt(GWEI / 100n, exactMicros - 1n)).toBeNull();
  await ctx.close();
  // A rollup asks the same again for publishing it.
  const twice = (2n * rate + 10n ** 18n - 1n) / 10n ** 18n;
  expect(await feeAt(GWEI / 100n, 100_000n, 100_000n * (GWEI / 100n))).toBe(twice);
});
