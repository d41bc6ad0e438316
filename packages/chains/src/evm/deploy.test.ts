import {
  createTestClient,
  domainSeparator,
  http,
  type PublicClient,
  parseAbi,
  publicActions,
  walletActions,
} from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { anvil } from "viem/chains";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { putPermit2 } from "../local/permit2.ts";
import { loadNetworks } from "../networks.ts";
import { type Anvil, startAnvil } from "./anvil.testing.ts";
import { type Deployer, DeploymentError, deployContracts } from "./deploy.ts";
import { deployExecutorRegistry, executorRegistryOf } from "./executor-registry.ts";
import { checkoutAbi, checkoutAddress } from "./generated/checkout.ts";
import { deploymentProxyAddress } from "./generated/deployment.ts";
import { permit2Address } from "./generated/permit2.ts";
import {
  executorRegistryAbi,
  signatureVerifierAddress,
  subscriptionsAddress,
  subscriptionsCreationCode,
} from "./generated/subscriptions.ts";
import { testUsdcAbi } from "./generated/test-tokens.ts";
import { deployTestTokens, mintTestTokens, testTokens } from "./test-tokens.ts";

const account = mnemonicToAccount("test test test test test test test test test test test junk");
const abi = parseAbi(["function DOMAIN_SEPARATOR() view returns (bytes32)"]);
let node: Anvil;

function connect(url: string) {
  return createTestClient({ account, chain: anvil, mode: "anvil", transport: http(url), pollingInterval: 20 })
    .extend(publicActions)
    .extend(walletActions);
}

function deployerOf(client: ReturnType<typeof connect>): Deployer {
  return {
    walletClient: client as unknown as Deployer["walletClient"],
    publicClient: client as unknown as PublicClient,
  };
}

beforeAll(async () => {
  node = await startAnvil();
});
afterAll(() => node.stop());

describe("deployment", () => {
  it("puts the checkout at its address and leaves it alone the second time", async () => {
    const deployer = deployerOf(connect(node.url));
    const first = await deployContracts(deployer);
    expect(first.checkout.address).toBe(checkoutAddress);
    expect(first.checkout.blockNumber).toBeGreaterThan(0n);
    const nonce = await deployer.publicClient.getTransactionCount({ address: account.address });
    const second = await deployContracts(deployer);
    expect(second.checkout).toEqual({ address: checkoutAddress, blockNumber: null });
    expect(await deployer.publicClient.getTransactionCount({ address: account.address })).toBe(nonce);
    const limit = { address: checkoutAddress, abi: checkoutAbi, functionName: "MAX_FEE_BPS" } as const;
    expect(await deployer.publicClient.readContract(limit)).toBe(1000n);
  });

  it("puts the subscriptions contract and what it calls where every network has them", async () => {
    const deployer = deployerOf(connect(node.url));
    const { subscriptions, signatureVerifier } = await deployContracts(deployer);
    expect(subscriptions.address).toBe(subscriptionsAddress);
    expect(signatureVerifier.address).toBe(signatureVerifierAddress);
    expect(subscriptionsCreationCode).toContain(signatureVerifierAddress.slice(2).toLowerCase());
    for (const { network } of loadNetworks()) expect(network.signatureVerifier).toBe(signatureVerifierAddress);
  });

  it("gives each owner a registry of his own, and adds the key that sends charges once", async () => {
    const deployer = deployerOf(connect(node.url));
    const executor = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
    const { address } = await deployExecutorRegistry(deployer, executor);
    expect(address).toBe(executorRegistryOf(account.address).address);
    expect(address).not.toBe(executorRegistryOf(executor).address);
    const registry = { address, abi: executorRegistryAbi } as const;
    const { publicClient } = deployer;
    expect(await publicClient.readContract({ ...registry, functionName: "owner" })).toBe(account.address);
    expect(await publicClient.readContract({ ...registry, functionName: "isExecutor", args: [executor] })).toBe(true);
    const nonce = await publicClient.getTransactionCount({ address: account.address });
    expect(await deployExecutorRegistry(deployer, executor)).toEqual({ address, blockNumber: null });
    expect(await publicClient.getTransactionCount({ address: account.address })).toBe(nonce);
  });

  it("puts Permit2 on a local chain, whose own domain it then answers", async () => {
    const { publicClient } = deployerOf(connect(node.url));
    await putPermit2(publicClient);
    await putPermit2(publicClient);
    const domain = { name: "Permit2", chainId: 31337, verifyingContract: permit2Address };
    expect(await publicClient.readContract({ address: permit2Address, abi, functionName: "DOMAIN_SEPARATOR" })).toBe(
      domainSeparator({ domain }),
    );
  });

  it("says what is missing on a chain without the deployment proxy", async () => {
    await using other = await startAnvil();
    const client = connect(other.url);
    await client.setCode({ address: deploymentProxyAddress, bytecode: "0x" });
    await expect(deployContracts(deployerOf(client))).rejects.toThrow(DeploymentError);
    await expect(deployContracts(deployerOf(client))).rejects.toThrow(/no deployment proxy/);
  });

  it("deploys and mints the test tokens as they describe themselves", async () => {
    const deployer = deployerOf(connect(node.url));
    const holder = "0x8ba1f109551bD432803012645Ac136ddd64DBA72";
    await deployTestTokens(deployer);
    await deployTestTokens(deployer);
    await mintTestTokens(deployer, { to: [holder], wholeUnits: 5n });
    for (const { address, symbol, name, decimals, permit } of testTokens) {
      const token = { address, abi: testUsdcAbi } as const;
      const { publicClient } = deployer;
      expect(await publicClient.readContract({ ...token, functionName: "symbol" })).toBe(symbol);
      expect(await publicClient.readContract({ ...token, functionName: "name" })).toBe(name);
      expect(await publicClient.readContract({ ...token, functionName: "decimals" })).toBe(decimals);
      const balance = await publicClient.readContract({ ...token, functionName: "balanceOf", args: [holder] });
      expect(balance).toBe(5n * 10n ** BigInt(decimals));
      if (permit.kind === "none") continue;
      const domain = await publicClient.getEip712Domain({ address });
      expect(domain.domain).toMatchObject({ name: permit.name, version: permit.version });
    }
  });
});
