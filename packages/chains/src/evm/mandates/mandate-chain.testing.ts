import { randomBytes } from "node:crypto";
import { createWalletClient, erc20Abi, type Hex, http, parseAbi, toHex } from "viem";
import { mnemonicToAccount, privateKeyToAccount } from "viem/accounts";
import { foundry } from "viem/chains";
import type { Address, ChainAdapter, Network } from "../../adapter.ts";
import { LOCAL_MNEMONIC } from "../../local/anvil.ts";
import type { Call, Mandate, MandateChain, PermitSignature, TypedData } from "../../mandate.ts";
import { createEvmAdapter } from "../create-evm-adapter.ts";
import { localNetwork, startEvmChain, usdcAddress } from "../evm-chain.testing.ts";
import { deployExecutorRegistry } from "../executor-registry.ts";
import { mandate, signTypedData } from "./mandate.testing.ts";

const mintAbi = parseAbi(["function mint(address to, uint256 amount)"]);
const GAS = 8_000_000n;
const FAR = 4_000_000_000;

/** Somebody with a wallet, as the checkout page sees them: signs what the wire sends, has no coin for gas. */
export interface TestSigner {
  readonly address: Address;
  sign(typedData: TypedData): Promise<Hex>;
}

/** A signer whose key is there. */
export interface TestCustomer extends TestSigner {
  readonly privateKey: Hex;
}

/** A customer with a new key, unless one is given. */
export function testCustomer(privateKey: Hex = toHex(randomBytes(32))): TestCustomer {
  const account = privateKeyToAccount(privateKey);
  return { address: account.address, privateKey, sign: (typedData) => signTypedData(account, typedData) };
}

export type MandateTestChain = Awaited<ReturnType<typeof startMandateChain>>;

/** A real anvil with all our contracts, an executor that may charge, and customers who sign. */
export async function startMandateChain(change: Partial<Network> = {}) {
  const chain = await startEvmChain();
  const { publicClient, testClient, walletClient } = chain;
  const executor = mnemonicToAccount(LOCAL_MNEMONIC, { addressIndex: 9 });
  const executorWallet = createWalletClient({ account: executor, chain: foundry, transport: http(chain.rpcUrl) });
  await deployExecutorRegistry({ walletClient, publicClient }, executor.address);
  const network = { ...localNetwork(), ...change };
  const adapter: ChainAdapter = createEvmAdapter({ network, rpcUrls: [chain.rpcUrl], pollMs: 20 });
  const mandates = adapter.mandates as MandateChain;

  /** Sends as the executor, in a block of its own. */
  async function execute(call: Call): Promise<{ hash: Hex; succeeded: boolean; gasUsed: bigint }> {
    const hash = await executorWallet.sendTransaction({ to: call.to as Hex, data: call.data, gas: GAS });
    const { status, gasUsed } = await publicClient.waitForTransactionReceipt({ hash, pollingInterval: 20 });
    return { hash, succeeded: status === "success", gasUsed };
  }

  async function mint(to: Address, amountBase: bigint, token: Address = usdcAddress): Promise<void> {
    const args = [to as Hex, amountBase] as const;
    const hash = await walletClient.writeContract({ address: token as Hex, abi: mintAbi, functionName: "mint", args });
    await publicClient.waitForTransactionReceipt({ hash });
  }

  return {
    ...chain,
    adapter,
    mandates,
    network,
    executor: executor.address,
    /** The executor's key, for a sender under test. */
    executorAccount: executor,
    execute,
    mint,
    /** A new customer who holds so much of the token. */
    async newCustomer(balanceBase: bigint, token: Address = usdcAddress): Promise<TestCustomer> {
      const customer = testCustomer();
      await mint(customer.address, balanceBase, token);
      return customer;
    },
    /** A good mandate that this chain's executor may charge, but for what is given. */
    mandate: (given: Partial<Mandate> & Pick<Mandate, "subscriber">): Mandate =>
      mandate({ registry: mandates.registry, ...given }),
    signMandate: (customer: TestSigner, given: Mandate): Promise<Hex> => customer.sign(mandates.toSign(given)),
    /** The customer's permit for the subscriptions contract. */
    async permit(customer: TestSigner, valueBase: bigint, token: Address = usdcAddress): Promise<PermitSignature> {
      const request = await mandates.permitToSign({ token, owner: customer.address, valueBase, deadline: FAR });
      if (!request) throw new Error("The token has no permit.");
      const { typedData, ...rest } = request;
      return { ...rest, signature: await customer.sign(typedData) };
    },
    async balance(owner: Address, token: Address = usdcAddress): Promise<bigint> {
      const args = [owner as Hex] as const;
      return publicClient.readContract({ address: token as Hex, abi: erc20Abi, functionName: "balanceOf", args });
    },
    /** The newest block's time, unix seconds. */
    now: async (): Promise<number> => Number((await publicClient.getBlock()).timestamp),
    /** Mines a block at this time, unix seconds. */
    async travelTo(atSeconds: number): Promise<void> {
      await testClient.setNextBlockTimestamp({ timestamp: BigInt(atSeconds) });
      await testClient.mine({ blocks: 1 });
    },
    async stop(): Promise<void> {
      await adapter.close();
      await chain.stop();
    },
  };
}
