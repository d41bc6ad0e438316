import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ChainAdapter,
  createAdapter,
  deployContracts,
  deployTestTokens,
  type Hex,
  LOCAL_MNEMONIC,
  loadNetworks,
  type Network,
  startLocalChain,
  testTokens,
} from "@qbitflow/chains";
import type { Db } from "@qbitflow/db";
import { type TestContext, testContext } from "@qbitflow/testkit";
import {
  createPublicClient,
  createTestClient,
  createWalletClient,
  encodeFunctionData,
  http,
  type LocalAccount,
  parseAbi,
  parseEther,
} from "viem";
import { generatePrivateKey, mnemonicToAccount, privateKeyToAccount } from "viem/accounts";
import { foundry } from "viem/chains";
import { watchChain } from "../chain-scan/index.ts";
import type { NewRelayCall } from "./index.ts";

const erc20 = parseAbi([
  "function mint(address to, uint256 amount)",
  "function balanceOf(address) view returns (uint256)",
]);
const token = testTokens[0]?.address as Hex;

export type RelayChain = Awaited<ReturnType<typeof startRelayChain>>;

/** A real chain with test tokens. Every context opened on it has a key of its own that sends. */
export async function startRelayChain(change: Partial<Network> = {}) {
  const directory = await mkdtemp(join(tmpdir(), "qbitflow-relay-"));
  const chain = await startLocalChain({ directory });
  const common = { chain: foundry, transport: http(chain.rpcUrl), pollingInterval: 20 } as const;
  const publicClient = createPublicClient(common);
  const testClient = createTestClient({ ...common, mode: "anvil" });
  const walletClient = createWalletClient({ ...common, account: mnemonicToAccount(LOCAL_MNEMONIC) });
  await deployContracts({ publicClient, walletClient });
  await deployTestTokens({ publicClient, walletClient });
  const local = loadNetworks().find(({ network }) => network.local);
  if (!local) throw new Error("There is no local network.");
  const network = { ...local.network, confirmations: 2, blockTimeMs: 100, ...change };

  function adapter(senderKey?: Hex): ChainAdapter {
    const options = { network, rpcUrls: [chain.rpcUrl], pollMs: 20 };
    return createAdapter({ ...options, ...(senderKey !== undefined && { senderKey }) });
  }

  /** A context whose key has coin, with a watcher that scans. */
  async function open(db: Db, options: { balance?: bigint } = {}) {
    const senderKey = generatePrivateKey();
    const { address } = privateKeyToAccount(senderKey);
    await testClient.setBalance({ address, value: options.balance ?? parseEther("10") });
    const ctx: TestContext = await testContext({ db, chains: [adapter(senderKey)] });
    // The chain's time, which is this machine's.
    ctx.clock.set(new Date(Number((await publicClient.getBlock()).timestamp) * 1_000));
    const ending = new AbortController();
    const watching = watchChain(ctx, network.slug, { signal: ending.signal, pollMs: 20 });
    const close = async () => {
      ending.abort();
      await watching;
      for (const one of ctx.chains.values()) await one.close();
      await ctx.close();
    };
    return { ctx, address, senderKey, close };
  }

  /** Mines a block every `everyMs` until stopped, and nothing otherwise. */
  async function mineEvery(everyMs: number): Promise<() => Promise<void>> {
    await testClient.setAutomine(false);
    let isOn = true;
    const mining = (async () => {
      while (isOn) {
        await chain.mine(1);
        await new Promise((resolve) => setTimeout(resolve, everyMs));
      }
    })();
    return async () => {
      isOn = false;
      await mining;
      await testClient.setAutomine(true);
    };
  }

  /** Sends something as the chain's first account, or another one that has coin. */
  async function send(
    call: { readonly to: Hex; readonly data: Hex; readonly value?: bigint },
    account?: LocalAccount,
  ): Promise<void> {
    const hash = await walletClient.sendTransaction({ ...call, account: account ?? walletClient.account });
    await publicClient.waitForTransactionReceipt({ hash });
  }

  return {
    send,
    slug: network.slug,
    network,
    publicClient,
    testClient,
    adapter,
    open,
    mineEvery,
    mine: chain.mine,
    reorganise: (depth: number) =>
      testClient.request({ method: "anvil_reorg" as never, params: [depth, []] as never }) as Promise<unknown>,
    async stop() {
      await chain.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

let count = 0n;

/** A call that gives a receiver of its own one token unit: what it has says how often the call was mined. */
export function mintCall(
  ctx: TestContext,
  change: Partial<NewRelayCall> = {},
): NewRelayCall & { readonly receiver: Hex } {
  count += 1n;
  const receiver = `0x${(0xaa0000000000n + count).toString(16).padStart(40, "0")}` as Hex;
  const data = encodeFunctionData({ abi: erc20, functionName: "mint", args: [receiver, 1n] });
  const base = { uuid: ctx.ids.uuid(), network: "local", purpose: "charge", subjectUuid: ctx.ids.uuid() } as const;
  return { ...base, call: { to: token, data }, receiver, ...change };
}

export function timesMined(chain: RelayChain, receiver: Hex): Promise<bigint> {
  return chain.publicClient.readContract({ address: token, abi: erc20, functionName: "balanceOf", args: [receiver] });
}
