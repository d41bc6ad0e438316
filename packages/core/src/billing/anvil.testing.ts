import { deployExecutorRegistry, LOCAL_MNEMONIC, mintTestTokens } from "@qbitflow/chains";
import { type SeededMerchant, seedMerchant, type TestContext, testDb } from "@qbitflow/testkit";
import { createWalletClient, http } from "viem";
import { generatePrivateKey, mnemonicToAccount, privateKeyToAccount } from "viem/accounts";
import { foundry } from "viem/chains";
import { expect, vi } from "vitest";
import { offerCheckoutMandate, signCheckoutMandate } from "../checkout-page/index.ts";
import { createSession } from "../checkout-session/index.ts";
import { createCustomer } from "../customer/index.ts";
import { settleRelayed } from "../mandate-scan/index.ts";
import { runSender } from "../relay/index.ts";
import { type RelayChain, startRelayChain } from "../relay/relay-chain.testing.ts";
import { billingParts } from "./parts.ts";
import { billingStep } from "./run.ts";

export interface BillingChain {
  readonly chain: RelayChain;
  readonly ctx: TestContext;
  readonly merchant: SeededMerchant;
  readonly customerUUID: string;
  /** A customer with a new wallet subscribes in tUSDC; there when the chain has confirmed it. Answers the uuid. */
  subscribe(order: { readonly price: number; readonly options: object; readonly limit?: number }): Promise<string>;
  /** Blocks and billing steps until the books have it. */
  billUntil(isDone: () => Promise<boolean>): Promise<void>;
  /** Moves the server's clock and the chain's; test mode bills up to there. Nothing runs in between. */
  jump(ms: number): Promise<void>;
  count(table: string, where?: string): Promise<number>;
  close(): Promise<void>;
}

export const webhookUrl = "http://127.0.0.1:9/hook";

/** Billing on a real chain: contracts, a registry with our key in it, a watcher, a sender, and a merchant. */
export async function openBillingChain(): Promise<BillingChain> {
  const chain = await startRelayChain();
  const db = await testDb();
  const { ctx, address, close } = await chain.open(db);
  const common = { chain: foundry, transport: http(chain.publicClient.transport.url), pollingInterval: 20 } as const;
  const walletClient = createWalletClient({ ...common, account: mnemonicToAccount(LOCAL_MNEMONIC) });
  await deployExecutorRegistry({ walletClient, publicClient: chain.publicClient }, address);
  const merchant = await seedMerchant(ctx);
  const person = { name: "C", lastName: "D", email: "c@mail.example" };
  const { uuid: customerUUID } = await createCustomer(ctx, merchant.principal, person);
  const sending = new AbortController();
  const sender = runSender(ctx, { network: chain.slug, signal: sending.signal, pollMs: 20 });

  async function mineUntil(isDone: () => Promise<boolean>): Promise<void> {
    const step = async () => {
      await chain.mine(1);
      expect(await isDone()).toBe(true);
    };
    await vi.waitFor(step, { timeout: 30_000, interval: 50 });
  }

  async function count(table: string, where = "true"): Promise<number> {
    const rows = await db.query<{ count: bigint }>(`select count(*) as count from ${table} where ${where}`);
    return Number(rows[0]?.count);
  }

  return {
    ...{ chain, ctx, merchant, customerUUID, count },
    async subscribe({ price, options, limit }) {
      const account = privateKeyToAccount(generatePrivateKey());
      await mintTestTokens({ walletClient, publicClient: chain.publicClient }, { to: [account.address] });
      const order = { productName: "Plan", description: "", price, customerUUID, webhookUrl, options };
      const { uuid } = await createSession(ctx, merchant.principal, order);
      const currencyId = chain.network.tokens.find(({ permit }) => permit.kind === "eip2612")?.id;
      const asked = { currencyId, subscriber: account.address, periods: 12 };
      const request = limit === undefined ? asked : { ...asked, maxSpendingPerPeriod: limit };
      const { mandateHash, typedData, allowance } = await offerCheckoutMandate(ctx, { uuid, request });
      const sign = (data: object) => account.signTypedData(JSON.parse(JSON.stringify(data)) as never);
      if (allowance.way !== "permit") throw new Error("tUSDC has a permit.");
      const [signature, permitSignature] = [await sign(typedData), await sign(allowance.typedData)];
      await signCheckoutMandate(ctx, { uuid, signatures: { mandateHash, signature, permitSignature } });
      await mineUntil(async () => {
        await settleRelayed(ctx);
        return (await count("subscription", `uuid = '${uuid}'`)) === 1;
      });
      return uuid;
    },
    billUntil: (isDone) =>
      mineUntil(async () => {
        await billingStep(ctx, billingParts);
        return isDone();
      }),
    async jump(ms) {
      ctx.clock.advance(ms);
      ctx.clock.billUntil(ctx.clock.now());
      await chain.testClient.increaseTime({ seconds: ms / 1_000 });
      await chain.mine(1);
    },
    async close() {
      sending.abort();
      await sender;
      await close();
      await db.close();
      await chain.stop();
    },
  };
}
