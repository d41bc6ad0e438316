import {
  deployContracts,
  deployExecutorRegistry,
  deployTestTokens,
  LOCAL_CHAIN_ID,
  mintTestTokens,
  putPermit2,
  testTokens,
} from "@qbitflow/chains";
import { createPublicClient, createWalletClient, defineChain, erc20Abi, http } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { devWallets, walletOf } from "./wallets.ts";

const POLL_MS = 20;
/** viem gives a transaction 10 s and no second try; on a busy machine the node has taken longer to answer, and the start ended. */
const ANSWER_MS = 60_000;

/** Puts contracts, test tokens and test money on the local chain, where they are not yet: a chain that lost its state is as good as new. */
export async function prepareChain(rpcUrl: string): Promise<void> {
  const chain = defineChain({
    id: LOCAL_CHAIN_ID,
    name: "Local test chain",
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  });
  const transport = http(rpcUrl, { timeout: ANSWER_MS });
  const publicClient = createPublicClient({ chain, transport, pollingInterval: POLL_MS });
  const account = privateKeyToAccount(walletOf("deployer").privateKey);
  const deployer = { publicClient, walletClient: createWalletClient({ account, chain, transport }) };
  await putPermit2(publicClient);
  await deployContracts(deployer);
  await deployExecutorRegistry(deployer, walletOf("relay").address);
  await deployTestTokens(deployer);
  const customers = devWallets.filter(({ role }) => role === "customer").map(({ address }) => address);
  const lastCustomer = customers.at(-1);
  const lastToken = testTokens.at(-1);
  if (lastCustomer === undefined || lastToken === undefined) return;
  // Minting ends with this one, so whoever has it has the rest.
  const balance = await publicClient.readContract({
    address: lastToken.address,
    abi: erc20Abi,
    functionName: "balanceOf",
    args: [lastCustomer],
  });
  if (balance === 0n) await mintTestTokens(deployer, { to: customers });
}
