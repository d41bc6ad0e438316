// Subscriptions whose first bill is due, on a chain and in books that are both real: an hour's trial, begun two hours ago
// by a clock and a chain of that time. Customers are wallets of their own; their mandates are signed by them, activated in
// full blocks and read from the chain by the server's own scan.
import {
  createAdapter,
  deployTestTokens,
  type Hex,
  LOCAL_MNEMONIC,
  loadNetworks,
  type MandateChain,
  type NetworkOverride,
  testTokens,
} from "@qbitflow/chains";
import {
  authenticate,
  createCustomer,
  createSession,
  loadMandates,
  offerCheckoutMandate,
  type Principal,
  watchChain,
} from "@qbitflow/core";
import { openDb } from "@qbitflow/db";
import { fakeClock, type TestContext, testContext } from "@qbitflow/testkit";
import {
  createPublicClient,
  createWalletClient,
  encodeFunctionData,
  erc20Abi,
  http,
  type LocalAccount,
  maxUint256,
  parseAbi,
} from "viem";
import { mnemonicToAccount, privateKeyToAccount } from "viem/accounts";
import { createNode, type Node } from "./node.ts";
import { until } from "./server.ts";

const mintAbi = parseAbi(["function mint(address to, uint256 amount)"]);
const AT_ONCE = 16;
const PER_BLOCK = 500;
const GAS = 400_000;
const STARTED_WITHIN_MS = 900_000;
/** What each customer holds of his token. */
export const MINTED_BASE = 1_000_000_000n;

export interface SeedOptions {
  readonly count: number;
  readonly network: { readonly slug: string; readonly override: NetworkOverride };
  readonly rpcUrl: string;
  readonly databaseUrl: string;
  readonly relayKey: Hex;
  /** A key of the merchant's. */
  readonly apiKey: string;
  /** USD a month. */
  readonly price: number;
  /** The tokens that they pay in, in turn. */
  readonly symbols: readonly string[];
  /** Who may take the tokens, besides the subscriptions contract. */
  readonly spenders?: readonly Hex[];
  /** By this clock they subscribe; the chain's is the same. */
  readonly now: Date;
  tell(line: string): void;
}

export interface DueSubscription {
  readonly uuid: string;
  readonly mandateHash: Hex;
  readonly subscriber: Hex;
  readonly token: Hex;
}

/** Does `work` for each, a few at once. */
async function each<T>(items: readonly T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) await work(items[index] as T, index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** A wallet's key by its number: the same in every run. */
const walletOf = (index: number): LocalAccount =>
  privateKeyToAccount(`0x${(0xd0e5_0000n + BigInt(index)).toString(16).padStart(64, "0")}`);

/** Puts a token that anybody may mint where the network's own are. */
async function plantTokens(node: Node, rpcUrl: string, addresses: readonly string[]): Promise<void> {
  const transport = http(rpcUrl);
  const walletClient = createWalletClient({ account: mnemonicToAccount(LOCAL_MNEMONIC), transport });
  await deployTestTokens({ walletClient, publicClient: createPublicClient({ transport }) });
  const code = await node.call("eth_getCode", [testTokens[0]?.address, "latest"]);
  await node.callAll(addresses.map((address) => ["anvil_setCode", [address, code]] as const));
}

interface Seeding {
  readonly ctx: TestContext;
  readonly node: Node;
  readonly options: SeedOptions;
}

async function fund({ ctx, node, options }: Seeding, wallets: readonly LocalAccount[]): Promise<void> {
  const chain = ctx.chains.get(options.network.slug);
  const spenders = [chain?.mandates?.contract as Hex, ...(options.spenders ?? [])];
  const tokens = tokensOf(ctx, options);
  await node.callAll(wallets.map(({ address }) => ["anvil_setBalance", [address, "0xde0b6b3a7640000"]]));
  const approvals = spenders.map((spender) =>
    encodeFunctionData({ abi: erc20Abi, functionName: "approve", args: [spender, maxUint256] }),
  );
  const sends = wallets.flatMap(({ address }, index) => {
    const to = (tokens[index % tokens.length] as { address: Hex }).address;
    const mint = encodeFunctionData({ abi: mintAbi, functionName: "mint", args: [address, MINTED_BASE] });
    return [mint, ...approvals].map((data) => ({ from: address, to, data }));
  });
  await node.sendInBlocks(sends, { perBlock: PER_BLOCK, gas: GAS });
}

const tokensOf = (ctx: TestContext, { network, symbols }: SeedOptions) =>
  symbols.map((symbol) => {
    const token = ctx.chains.get(network.slug)?.network.tokens.find((one) => one.symbol === symbol);
    if (token === undefined) throw new Error(`There is no ${symbol} on ${network.slug}.`);
    return { id: token.id, address: token.address as Hex };
  });

interface Customers {
  readonly principal: Principal;
  readonly customerUUID: string;
  readonly mandates: MandateChain;
}

async function openShop({ ctx, options }: Seeding): Promise<Customers> {
  const principal = await authenticate(ctx, options.apiKey);
  const person = { name: "Ada", lastName: "Lovelace", email: "ada@example.com" };
  const { uuid: customerUUID } = await createCustomer(ctx, principal, person);
  const mandates = ctx.chains.get(options.network.slug)?.mandates;
  if (!mandates) throw new Error("There is no subscriptions contract.");
  return { principal, customerUUID, mandates };
}

/** Session, offer and signature: what a customer does on the page. Answers the activation to send. */
async function authorise(
  { ctx, options }: Seeding,
  { principal, customerUUID, mandates }: Customers,
  { account, index }: { readonly account: LocalAccount; readonly index: number },
) {
  const { slug } = options.network;
  const tokens = tokensOf(ctx, options);
  const token = tokens[index % tokens.length] as { id: number; address: Hex };
  const { uuid } = await createSession(ctx, principal, {
    ...{ productName: "Plan", description: "A month of it", price: options.price, customerUUID },
    options: {
      subscriptionType: "subscription",
      frequency: { value: 1, unit: "months" },
      trialPeriod: { value: 1, unit: "hours" },
    },
  });
  const request = { currencyId: token.id, subscriber: account.address, periods: null };
  const offer = await offerCheckoutMandate(ctx, { uuid, request });
  const mandateHash = offer.mandateHash as Hex;
  const signature = await account.signTypedData?.(JSON.parse(JSON.stringify(offer.typedData)) as never);
  const mandate = (await loadMandates(ctx, [{ network: slug, hash: mandateHash }])).get(mandateHash);
  if (mandate === undefined || signature === undefined) throw new Error("The offer is gone.");
  const call = mandates.activationCall({ mandate: mandate.terms, signature });
  return { subscription: { uuid, mandateHash, subscriber: account.address, token: token.address }, call };
}

/** A block's worth of customers after the other; the watcher reads what is activated while the next ones sign. */
async function activateAll(seeding: Seeding, wallets: readonly LocalAccount[]): Promise<DueSubscription[]> {
  const { node, options } = seeding;
  const shop = await openShop(seeding);
  const [from] = (await node.call("eth_accounts", [])) as string[];
  const made: DueSubscription[] = [];
  for (let first = 0; first < wallets.length; first += PER_BLOCK) {
    const some: Awaited<ReturnType<typeof authorise>>[] = [];
    await each(wallets.slice(first, first + PER_BLOCK), async (account, index) => {
      some.push(await authorise(seeding, shop, { account, index: first + index }));
    });
    const sends = some.map(({ call: { to, data } }) => ({ from: from ?? "", to, data }));
    await node.sendInBlocks(sends, { perBlock: PER_BLOCK, gas: GAS });
    made.push(...some.map(({ subscription }) => subscription));
    options.tell(`${made.length} of ${wallets.length} mandates activated`);
  }
  return made;
}

/** Until the watcher has read and confirmed all of them. */
async function untilStarted({ ctx, node, options }: Seeding): Promise<void> {
  const confirmations = ctx.chains.get(options.network.slug)?.network.confirmations ?? 1;
  await node.mine(confirmations);
  const count = async () => Number((await ctx.db.query<{ n: bigint }>("select count(*) as n from subscription"))[0]?.n);
  await until("every subscription has begun", async () => (await count()) === options.count, STARTED_WITHIN_MS);
}

/** Makes them; the books are open for others afterwards. */
export async function seedDueSubscriptions(options: SeedOptions): Promise<DueSubscription[]> {
  const { slug, override } = options.network;
  const found = loadNetworks({ [slug]: override }).find(({ network }) => network.slug === slug);
  if (found === undefined) throw new Error(`There is no network ${slug}.`);
  const adapter = createAdapter({ ...found, rpcUrls: [options.rpcUrl], senderKey: options.relayKey });
  const db = await openDb({ url: options.databaseUrl, maxConnections: AT_ONCE });
  const ctx = await testContext({ db, clock: fakeClock(options.now), chains: [adapter] });
  const node = createNode(options.rpcUrl);
  const seeding = { ctx, node, options };
  const ending = new AbortController();
  await plantTokens(
    node,
    options.rpcUrl,
    tokensOf(ctx, options).map(({ address }) => address),
  );
  const watching = watchChain(ctx, slug, { signal: ending.signal, pollMs: 500 });
  try {
    const wallets = Array.from({ length: options.count }, (_, index) => walletOf(index));
    await fund(seeding, wallets);
    options.tell("wallets funded");
    const made = await activateAll(seeding, wallets);
    await untilStarted(seeding);
    options.tell("every subscription has begun");
    return made;
  } finally {
    ending.abort();
    await watching;
    await adapter.close();
    await db.close();
  }
}
