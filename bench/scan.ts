// How fast payments become matched rows: blocks of 100 real payments on the local chain, read by batched JSON-RPC into
// PostgreSQL, through the same `advance` and `confirmPayments` that the server runs.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  checkoutAbi,
  createAdapter,
  deployContracts,
  LOCAL_CHAIN_ID,
  LOCAL_MNEMONIC,
  loadNetworks,
  startLocalChain,
} from "@qbitflow/chains";
import {
  acquireLease,
  advance,
  type Context,
  confirmPayments,
  createCustomer,
  createSession,
  lockQuote,
  type Quote,
  startScan,
} from "@qbitflow/core";
import { fakeClock, seedMerchant, testContext } from "@qbitflow/testkit";
import {
  createPublicClient,
  createTestClient,
  createWalletClient,
  defineChain,
  encodeFunctionData,
  type Hex,
  http,
} from "viem";
import { mnemonicToAccount } from "viem/accounts";
import type { Row } from "./table.ts";

const blocks = 60;
const paymentsPerBlock = 100;
const goals = { matched: 3_000, completed: 1_500 };

const localChain = defineChain({
  id: LOCAL_CHAIN_ID,
  name: "local",
  nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
  rpcUrls: { default: { http: [] } },
});

function termsOf(quote: Quote) {
  return {
    uuid: `0x${quote.sessionUuid.replaceAll("-", "")}` as Hex,
    merchant: quote.merchant as Hex,
    token: quote.token as Hex,
    amount: quote.amountBase,
    feeRecipient: quote.feeRecipient as Hex,
    feeBps: quote.feeBps,
    organization: quote.organization as Hex,
    organizationFeeBps: quote.organizationFeeBps,
    deadline: BigInt(Math.floor(quote.expiresAt.getTime() / 1000)),
  };
}

async function giveQuotes(ctx: Context, count: number): Promise<Quote[]> {
  const { principal } = await seedMerchant(ctx);
  const currencyId = [...ctx.chains.values()][0]?.network.nativeCurrency.id;
  const customer = await createCustomer(ctx, principal, { name: "Ada", lastName: "L", email: "ada@example.com" });
  const order = {
    productName: "A thing",
    description: "One of a kind",
    price: 0.01,
    customerUUID: customer.uuid,
    webhookUrl: "https://shop.example/hook",
  };
  const given: Quote[] = [];
  const worker = async () => {
    while (given.length < count) {
      const { uuid } = await createSession(ctx, principal, order);
      given.push(await lockQuote(ctx, { uuid, currencyId }));
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return given.slice(0, count);
}

/** One transaction per payment, a hundred to a block. */
async function payAll(rpcUrl: string, given: readonly Quote[]): Promise<void> {
  const transport = http(rpcUrl, { timeout: 60_000, batch: { batchSize: paymentsPerBlock } });
  const node = createTestClient({ mode: "anvil", chain: localChain, transport });
  const wallet = createWalletClient({
    account: mnemonicToAccount(LOCAL_MNEMONIC).address,
    chain: localChain,
    transport,
  });
  await node.setAutomine(false);
  for (let first = 0; first < given.length; first += paymentsPerBlock) {
    await Promise.all(
      given.slice(first, first + paymentsPerBlock).map((quote) => {
        const terms = termsOf(quote);
        const data = encodeFunctionData({ abi: checkoutAbi, functionName: "payNative", args: [terms] });
        return wallet.sendTransaction({ to: quote.contract as Hex, data, value: terms.amount, gas: 150_000n });
      }),
    );
    await node.mine({ blocks: 1 });
  }
  await node.mine({ blocks: 3 });
}

interface Reading {
  /** Spent in `advance`: logs to matched rows, sessions moved, events and deliveries made. */
  readonly matchSeconds: number;
  /** Spent in `confirmPayments`: the same rows and sessions completed. */
  readonly completeSeconds: number;
  readonly payments: number;
}

async function readAll(ctx: Context, network: string): Promise<Reading> {
  const owner = "bench";
  await acquireLease(ctx, { network, owner, leaseMs: 600_000 });
  let matchMs = 0;
  let completeMs = 0;
  for (let state = "advanced"; state === "advanced"; ) {
    const began = performance.now();
    ({ state } = await advance(ctx, { network, owner }));
    const matched = performance.now();
    await confirmPayments(ctx, network);
    matchMs += matched - began;
    completeMs += performance.now() - matched;
    if (state !== "advanced" && state !== "idle") throw new Error(`the scan ended in ${state}`);
  }
  const [row] = await ctx.db.query<{ count: bigint }>(
    "select count(*) as count from payment p join checkout_session s on s.uuid = p.session_uuid where s.status = 'completed' and p.match = 'exact'",
  );
  return { matchSeconds: matchMs / 1000, completeSeconds: completeMs / 1000, payments: Number(row?.count ?? 0) };
}

function rate(
  what: string,
  { perSecond, goalPerSecond, isComplete }: { perSecond: number; goalPerSecond: number; isComplete: boolean },
): Row {
  return {
    what,
    figure: `${Math.round(perSecond)}/s`,
    goal: `≥ ${goalPerSecond}/s`,
    met: isComplete && perSecond >= goalPerSecond,
    detail: { perSecond },
  };
}

export async function benchScan(): Promise<Row[]> {
  const directory = mkdtempSync(join(tmpdir(), "qbitflow-bench-"));
  const chain = await startLocalChain({ directory });
  const transport = http(chain.rpcUrl);
  const account = mnemonicToAccount(LOCAL_MNEMONIC);
  await deployContracts({
    walletClient: createWalletClient({ account, chain: localChain, transport }),
    publicClient: createPublicClient({ chain: localChain, transport }),
  });
  const local = loadNetworks({ local: { rpcUrls: [chain.rpcUrl] } }).find(({ network }) => network.slug === "local");
  if (local === undefined) throw new Error("there is no local network");
  const adapter = createAdapter(local);
  const ctx = await testContext({ kind: "postgres", clock: fakeClock(new Date()), chains: [adapter] });
  try {
    await startScan(ctx, adapter);
    const given = await giveQuotes(ctx, blocks * paymentsPerBlock);
    await payAll(chain.rpcUrl, given);
    const { matchSeconds, completeSeconds, payments } = await readAll(ctx, "local");
    const isComplete = payments === given.length;
    return [
      rate(`logs → matched rows, statuses, webhooks (${payments} payments)`, {
        perSecond: payments / matchSeconds,
        goalPerSecond: goals.matched,
        isComplete,
      }),
      rate("… and completed, with the webhooks of that", {
        perSecond: payments / (matchSeconds + completeSeconds),
        goalPerSecond: goals.completed,
        isComplete,
      }),
    ];
  } finally {
    await adapter.close();
    await ctx.close();
    await chain.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}
