/** A chain of our own with the real contract and test tokens, for trying the page by hand. */
import type { CheckoutCurrency, CheckoutPayment, CheckoutQuote } from "@qbitflow/api";
import { parseUsdNumber, usdToTokenBase } from "@qbitflow/money";
import { type Address, createPublicClient, createWalletClient, formatUnits, http, parseAbi, parseAbiItem } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { startAnvil } from "../../../packages/chains/src/evm/anvil.testing.ts";
import { deployContracts } from "../../../packages/chains/src/evm/deploy.ts";
import { deployTestTokens, mintTestTokens, testTokens } from "../../../packages/chains/src/evm/test-tokens.ts";
import { uuidBytes } from "../src/chain/calls.ts";
import { tokenReads } from "./dev-mandate.ts";
import { currency, localNetwork } from "./scenarios.ts";

// Anvil's first development key, public by design.
const deployer = privateKeyToAccount("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
const zero: Address = "0x0000000000000000000000000000000000000000";
const paymentEvent = parseAbiItem(
  "event Payment(bytes16 indexed uuid, address indexed payer, address indexed merchant, bytes32 termsHash, address token, uint256 amount, uint256 fee, uint256 organizationFee)",
);

export type DevChain = Awaited<ReturnType<typeof startDevChain>>;

/** Starts anvil with more than two blocks a second, deploys, and gives test tokens to the customer accounts 5 and 6. */
export async function startDevChain() {
  const anvil = await startAnvil(["--hardfork", "cancun", "--block-time", "0.4"]);
  const publicClient = createPublicClient({ transport: http(anvil.url), pollingInterval: 200 });
  const walletClient = createWalletClient({ account: deployer, transport: http(anvil.url) });
  const { checkout } = await deployContracts({ walletClient, publicClient });
  await deployTestTokens({ walletClient, publicClient });
  const accounts = await createWalletClient({ transport: http(anvil.url) }).getAddresses();
  await mintTestTokens({ walletClient, publicClient }, { to: accounts.slice(5, 7), wholeUnits: 100_000n });
  const ether = { symbol: "ETH", name: "Ether", decimals: 18, address: zero, stablecoin: false };
  const currencies = [ether, ...testTokens].map((token, index) => currency(index + 1, localNetwork, token));

  /** Payments of a session in the server's shape, with their confirmations now. */
  async function paymentsOf(uuid: string): Promise<CheckoutPayment[]> {
    const logs = await publicClient.getLogs({
      address: checkout.address,
      event: paymentEvent,
      args: { uuid: uuidBytes(uuid) },
      fromBlock: 0n,
    });
    const head = await publicClient.getBlockNumber({ cacheTime: 0 });
    return logs.map(({ args, transactionHash, blockNumber }) => {
      const entry =
        currencies.find((each) => each.currency.address === args.token) ?? (currencies[0] as CheckoutCurrency);
      return {
        transactionHash,
        network: localNetwork.slug,
        symbol: entry.currency.symbol,
        amount: formatUnits(args.amount ?? 0n, entry.currency.decimals),
        from: args.payer ?? zero,
        to: args.merchant ?? zero,
        at: new Date().toISOString(),
        confirmations: Math.min(Number(head - blockNumber) + 1, localNetwork.confirmations),
        confirmationsNeeded: localNetwork.confirmations,
        match: "exact",
      };
    });
  }

  /** Terms at a made-up rate; the chain's clock decides the deadline. */
  function quoteFor(input: { uuid: string; currencyId: number; price: number; lifeSeconds: number }): CheckoutQuote {
    const entry =
      currencies.find((each) => each.currency.id === input.currencyId) ?? (currencies[0] as CheckoutCurrency);
    const token = testTokens.find((each) => each.symbol === entry.currency.symbol);
    const { symbol, decimals, address } = entry.currency;
    const rate = entry.stablecoin ? 1n : 3000n;
    const amountBase = usdToTokenBase(parseUsdNumber(input.price), rate * 10n ** 18n, decimals);
    const serverTime = Math.floor(Date.now() / 1000);
    return {
      currencyId: entry.currency.id,
      symbol,
      decimals,
      amount: formatUnits(amountBase, decimals),
      amountUsd: input.price,
      rate: String(rate),
      rateSources: ["fixed"],
      expiresAt: serverTime + input.lifeSeconds,
      serverTime,
      network: localNetwork.slug,
      chainId: localNetwork.chainId,
      contract: checkout.address,
      terms: {
        uuid: input.uuid,
        merchant: accounts[1] ?? zero,
        token: address,
        amount: amountBase.toString(),
        feeRecipient: accounts[2] ?? zero,
        feeBps: 100,
        organization: zero,
        organizationFeeBps: 0,
        deadline: serverTime + input.lifeSeconds,
      },
      permit: token?.permit ?? { kind: "none" },
    };
  }

  /** What a wallet holds of a token, and what a contract may take of it. */
  async function fundsOf(token: string, owner: string, spender: string) {
    const read = { address: token as Address, abi: tokenReads };
    const [balanceBase, allowanceBase] = await Promise.all([
      publicClient.readContract({ ...read, functionName: "balanceOf", args: [owner as Address] }),
      publicClient.readContract({ ...read, functionName: "allowance", args: [owner as Address, spender as Address] }),
    ]);
    return { balanceBase, allowanceBase };
  }

  function nonceOf(token: string, owner: string): Promise<bigint> {
    const read = { address: token as Address, abi: tokenReads };
    return publicClient.readContract({ ...read, functionName: "nonces", args: [owner as Address] });
  }

  /** Gives one more account tokens. */
  async function fund(index: number): Promise<void> {
    await mintTestTokens({ walletClient, publicClient }, { to: accounts.slice(index, index + 1) });
  }

  /** Leaves a permission standing, as an earlier, abandoned payment would. */
  async function approveUsdt(index: number, amountBase: bigint): Promise<void> {
    const account = accounts[index] ?? zero;
    const token = testTokens.find((each) => each.symbol === "tUSDT")?.address ?? zero;
    const hash = await createWalletClient({ account, transport: http(anvil.url) }).writeContract({
      account,
      chain: null,
      address: token,
      abi: parseAbi(["function approve(address spender, uint256 amount)"]),
      functionName: "approve",
      args: [checkout.address, amountBase],
    });
    await publicClient.waitForTransactionReceipt({ hash });
  }

  return {
    fund,
    accounts: async () => accounts,
    fundsOf,
    nonceOf,
    approveUsdt,
    url: anvil.url,
    currencies,
    paymentsOf,
    quoteFor,
    publicClient,
    stop: () => anvil.stop(),
  };
}
