import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  checkoutAbi,
  checkoutAddress,
  createAdapter,
  deployContracts,
  LOCAL_MNEMONIC,
  type LocalChain,
  loadNetworks,
  startLocalChain,
} from "@qbitflow/chains";
import { type SeededMerchant, seedMerchant, type TestContext, testContext } from "@qbitflow/testkit";
import { createPublicClient, createTestClient, createWalletClient, type Hex, http } from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { foundry } from "viem/chains";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createSession, getPublicSession, statusOf } from "../checkout-session/index.ts";
import { recordHint } from "../payment/hint.ts";
import { getPayment } from "../payment/list.ts";
import { lockQuote, type Quote } from "../quote/index.ts";
import { watchChain } from "./watch.ts";

let directory: string;
let chain: LocalChain;
let ctx: TestContext;
let merchant: SeededMerchant;
let slug: string;
let coinId: number;
let watching: Promise<void>;
const stop = new AbortController();

function clients() {
  const common = { chain: foundry, transport: http(chain.rpcUrl), pollingInterval: 20 } as const;
  return {
    publicClient: createPublicClient(common),
    walletClient: createWalletClient({ ...common, account: mnemonicToAccount(LOCAL_MNEMONIC) }),
    testClient: createTestClient({ ...common, mode: "anvil" }),
  };
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "qbitflow-scan-"));
  chain = await startLocalChain({ directory });
  await deployContracts(clients());
  const local = loadNetworks().find(({ network }) => network.local);
  if (!local) throw new Error("There is no local network.");
  const network = { ...local.network, confirmations: 3 };
  slug = network.slug;
  coinId = network.nativeCurrency.id;
  const adapter = createAdapter({ network, rpcUrls: [chain.rpcUrl], pollMs: 50 });
  ctx = await testContext({ chains: [adapter] });
  ctx.clock.set(new Date(Number((await clients().publicClient.getBlock()).timestamp) * 1000));
  merchant = await seedMerchant(ctx);
  watching = watchChain(ctx, slug, { signal: stop.signal, pollMs: 100 });
});
afterAll(async () => {
  stop.abort();
  await watching;
  await Promise.all([...ctx.chains.values()].map((adapter) => adapter.close()));
  await chain.stop();
  await ctx.close();
  await rm(directory, { recursive: true, force: true });
});

async function openSession(): Promise<{ uuid: string; quote: Quote }> {
  const { uuid } = await createSession(ctx, merchant.principal, {
    productId: Number(merchant.product.id),
    webhookUrl: "http://127.0.0.1:9/hook",
  });
  const customer = ctx.ids.uuid();
  await ctx.db.query(
    "insert into customer (uuid, organization_id, test, name, last_name, email, created_at) values ($1, $2, true, 'C', 'D', $3, $4)",
    [customer, merchant.organization.id, `${customer}@mail.example`, ctx.clock.now()],
  );
  await ctx.db.query("update checkout_session set customer_uuid = $2 where uuid = $1", [uuid, customer]);
  return { uuid, quote: await lockQuote(ctx, { uuid, currencyId: coinId }) };
}

async function payOnChain(uuid: string, quote: Quote): Promise<Hex> {
  const terms = {
    uuid: `0x${uuid.replaceAll("-", "")}` as Hex,
    merchant: quote.merchant as Hex,
    token: quote.token as Hex,
    amount: quote.amountBase,
    feeRecipient: quote.feeRecipient as Hex,
    feeBps: quote.feeBps,
    organization: quote.organization as Hex,
    organizationFeeBps: quote.organizationFeeBps,
    deadline: BigInt(Math.floor(quote.expiresAt.getTime() / 1000)),
  };
  const { walletClient, publicClient } = clients();
  const call = { abi: checkoutAbi, address: checkoutAddress, functionName: "payNative", args: [terms] } as const;
  const hash = await walletClient.writeContract({ ...call, value: quote.amountBase });
  await publicClient.waitForTransactionReceipt({ hash });
  return hash;
}

async function becomes(uuid: string, status: object): Promise<void> {
  await vi.waitFor(async () => expect(await statusOf(ctx, await getPublicSession(ctx, uuid))).toMatchObject(status), {
    timeout: 10_000,
    interval: 50,
  });
}

async function told(uuid: string): Promise<string[]> {
  const rows = await ctx.db.query<{ body: string }>(
    "select body from webhook_delivery where subject_uuid = $1 order by sequence",
    [uuid],
  );
  return rows.map(({ body }) => JSON.parse(body).status.status);
}

describe("on a real chain", () => {
  it("a payment is seen, counted and completed", async () => {
    const { uuid, quote } = await openSession();
    const transactionHash = await payOnChain(uuid, quote);
    await becomes(uuid, { status: "waitingConfirmation", txHash: transactionHash, message: "1 of 3 confirmations" });
    await recordHint(ctx, { uuid, network: slug, transactionHash });
    await chain.mine(1);
    await becomes(uuid, { status: "waitingConfirmation", message: "2 of 3 confirmations" });
    await chain.mine(1);
    await becomes(uuid, { status: "completed", txHash: transactionHash });
    expect(await getPayment(ctx, merchant.principal, uuid)).toMatchObject({ uuid, transactionHash, amount: 25 });
  });

  it.each([1, 2, 3, 4, 5])(
    "a reorganisation of depth %i takes a payment back, and it can be paid again",
    async (depth) => {
      const { uuid, quote } = await openSession();
      await payOnChain(uuid, quote);
      if (depth > 1) await chain.mine(depth - 1);
      await becomes(uuid, { status: depth < 3 ? "waitingConfirmation" : "completed" });
      const { testClient } = clients();
      await testClient.request({ method: "anvil_reorg" as never, params: [depth, []] as never });
      await chain.mine(1);
      const gone = depth < 3 ? "pending" : "failed";
      await becomes(uuid, { status: gone });
      const again = await payOnChain(uuid, quote);
      await chain.mine(2);
      await becomes(uuid, { status: "completed", txHash: again });
      const before = depth < 3 ? ["waitingConfirmation"] : ["waitingConfirmation", "completed"];
      expect(await told(uuid)).toEqual([...before, gone, "waitingConfirmation", "completed"]);
    },
  );
});
