import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createPublicClient,
  createTestClient,
  createWalletClient,
  encodeFunctionData,
  getContractAddress,
  type Hex,
  http,
  maxUint256,
  parseAbi,
  zeroAddress,
} from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { foundry } from "viem/chains";
import type { Network, PaymentTerms } from "../adapter.ts";
import { LOCAL_MNEMONIC, startLocalChain } from "../local/anvil.ts";
import { loadNetworks } from "../networks.ts";
import { type BatchCall, batchCreationCode } from "./batch-code.testing.ts";
import { deployContracts } from "./deploy.ts";
import { checkoutAbi, checkoutAddress } from "./generated/checkout.ts";
import { deployTestTokens, mintTestTokens, testTokens } from "./test-tokens.ts";

const tokenAbi = parseAbi([
  "function approve(address spender, uint256 amount)",
  "function mint(address to, uint256 amount)",
]);

/** The local network's data file. */
export function localNetwork(): Network {
  const found = loadNetworks().find(({ network }) => network.local);
  if (!found) throw new Error("There is no local network.");
  return found.network;
}

export const usdcAddress = testTokens[0]?.address ?? zeroAddress;
export const daiAddress = testTokens[2]?.address ?? zeroAddress;
export const merchant = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
export const platform = "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65";
export const organization = "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc";

export function newUuid(): string {
  const hex = randomBytes(16).toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** Good terms, but for what is given. */
export function terms(change: Partial<PaymentTerms> = {}): PaymentTerms {
  return {
    uuid: newUuid(),
    merchant,
    token: usdcAddress,
    amountBase: 25_000_001n,
    feeRecipient: platform,
    feeBps: 100,
    organization,
    organizationFeeBps: 50,
    deadline: 4_000_000_000,
    ...change,
  };
}

/** Terms as the contract's ABI wants them. */
export function abiTerms(given: PaymentTerms) {
  return {
    uuid: `0x${given.uuid.replaceAll("-", "")}` as Hex,
    merchant: given.merchant as Hex,
    token: given.token as Hex,
    amount: given.amountBase,
    feeRecipient: given.feeRecipient as Hex,
    feeBps: given.feeBps,
    organization: given.organization as Hex,
    organizationFeeBps: given.organizationFeeBps,
    deadline: BigInt(given.deadline),
  };
}

export function isNativeTerms(given: PaymentTerms): boolean {
  return given.token === zeroAddress;
}

export function payCall(given: PaymentTerms): BatchCall {
  const functionName = isNativeTerms(given) ? "payNative" : "payToken";
  const data = encodeFunctionData({ abi: checkoutAbi, functionName, args: [abiTerms(given)] });
  return { to: checkoutAddress, data, value: isNativeTerms(given) ? given.amountBase : 0n };
}

export type EvmChain = Awaited<ReturnType<typeof startEvmChain>>;

/** A real anvil with our contracts, funded test tokens and a customer who approved them. */
export async function startEvmChain() {
  const directory = await mkdtemp(join(tmpdir(), "qbitflow-evm-"));
  const chain = await startLocalChain({ directory });
  const transport = http(chain.rpcUrl, { batch: true });
  const account = mnemonicToAccount(LOCAL_MNEMONIC);
  const common = { chain: foundry, transport, pollingInterval: 20 } as const;
  const walletClient = createWalletClient({ ...common, account });
  const publicClient = createPublicClient(common);
  const testClient = createTestClient({ ...common, mode: "anvil" });
  const deployer = { walletClient, publicClient };
  await deployContracts(deployer);
  await deployTestTokens(deployer);
  await mintTestTokens(deployer, { to: [account.address], wholeUnits: 1_000_000_000n });
  for (const { address } of testTokens) {
    const args = [checkoutAddress, maxUint256] as const;
    const hash = await walletClient.writeContract({ address, abi: tokenAbi, functionName: "approve", args });
    // In a block before anything else is sent: a busy node has given the next transaction the same nonce.
    await publicClient.waitForTransactionReceipt({ hash });
  }

  async function send(call: { to?: Hex; data: Hex; value?: bigint }): Promise<Hex> {
    const hash = await walletClient.sendTransaction({ ...call, gas: 500_000n });
    await publicClient.waitForTransactionReceipt({ hash });
    return hash;
  }

  /** Several payments in one transaction, paid by a contract that exists only during it. */
  async function payTogether(all: readonly PaymentTerms[]): Promise<Hex> {
    const nonce = await publicClient.getTransactionCount({ address: account.address });
    const payer = getContractAddress({ from: account.address, nonce: BigInt(nonce) });
    const calls: BatchCall[] = [];
    for (const token of new Set(all.filter((given) => !isNativeTerms(given)).map((given) => given.token as Hex))) {
      const needed = all.filter((given) => given.token === token).reduce((sum, given) => sum + given.amountBase, 0n);
      const encode = (functionName: "mint" | "approve", to: Hex) =>
        encodeFunctionData({ abi: tokenAbi, functionName, args: [to, needed] });
      calls.push({ to: token, data: encode("mint", payer) }, { to: token, data: encode("approve", checkoutAddress) });
    }
    calls.push(...all.map(payCall));
    const value = calls.reduce((sum, call) => sum + (call.value ?? 0n), 0n);
    const hash = await walletClient.sendTransaction({ data: batchCreationCode(calls), value, gas: 20_000_000n });
    const receipt = await publicClient.waitForTransactionReceipt({ hash });
    if (receipt.status !== "success") throw new Error("The payments were reverted.");
    return hash;
  }

  async function stop(): Promise<void> {
    await chain.stop();
    await rm(directory, { recursive: true, force: true });
  }

  return {
    rpcUrl: chain.rpcUrl,
    account,
    walletClient,
    publicClient,
    testClient,
    pay: (given: PaymentTerms) => send(payCall(given)),
    send,
    payTogether,
    mine: chain.mine,
    /** Replaces the newest blocks by as many empty ones. */
    reorganise: (depth: number) =>
      testClient.request({ method: "anvil_reorg" as never, params: [depth, []] as never }) as Promise<unknown>,
    stop,
  };
}
