import { type Address, type Hex, parseAbi, parseUnits } from "viem";
import type { TokenSpec } from "../adapter.ts";
import { type Deployer, deployDeterministic } from "./deploy.ts";
import {
  testDaiAddress,
  testDaiCreationCode,
  testUsdcAddress,
  testUsdcCreationCode,
  testUsdtAddress,
  testUsdtCreationCode,
} from "./generated/test-tokens.ts";

/** A token of the local chain: what a network's data file says of a token, less its id. Anyone may mint it. */
export type TestToken = Omit<TokenSpec, "id" | "address"> & { readonly address: Address };

/** tUSDC (permit, ERC-3009), tUSDT (returns nothing, no permit), tDAI (18 decimals, DAI's permit). */
export const testTokens: readonly TestToken[] = [
  {
    symbol: "tUSDC",
    name: "Test USDC",
    decimals: 6,
    address: testUsdcAddress,
    permit: { kind: "eip2612", name: "Test USDC", version: "2" },
    authorization: { name: "Test USDC", version: "2" },
    priceSymbol: "USDC",
    stablecoin: true,
  },
  {
    symbol: "tUSDT",
    name: "Test USDT",
    decimals: 6,
    address: testUsdtAddress,
    permit: { kind: "none" },
    priceSymbol: "USDT",
    stablecoin: true,
    approvesFromZero: true,
  },
  {
    symbol: "tDAI",
    name: "Test DAI",
    decimals: 18,
    address: testDaiAddress,
    permit: { kind: "dai", name: "Test DAI", version: "1" },
    priceSymbol: "DAI",
    stablecoin: true,
  },
];

/** Puts the test tokens on a local chain, where they are not yet. Errors as `deployDeterministic`. */
export async function deployTestTokens(deployer: Deployer): Promise<void> {
  await deployDeterministic(deployer, [
    { address: testUsdcAddress, creationCode: testUsdcCreationCode },
    { address: testUsdtAddress, creationCode: testUsdtCreationCode },
    { address: testDaiAddress, creationCode: testDaiCreationCode },
  ]);
}

const mintAbi = parseAbi(["function mint(address to, uint256 amount)"]);

/** Gives each of `to` so many whole units (10 000 unless said) of every test token, on top of what it has. */
export async function mintTestTokens(
  { walletClient, publicClient }: Deployer,
  { to, wholeUnits = 10_000n }: { readonly to: readonly Address[]; readonly wholeUnits?: bigint },
): Promise<void> {
  const { account, chain } = walletClient;
  const hashes: Hex[] = [];
  for (const { address, decimals } of testTokens) {
    for (const receiver of to) {
      hashes.push(
        await walletClient.writeContract({
          account,
          chain: chain ?? null,
          address,
          abi: mintAbi,
          functionName: "mint",
          args: [receiver, parseUnits(wholeUnits.toString(), decimals)],
        }),
      );
    }
  }
  const receipts = await Promise.all(hashes.map((hash) => publicClient.waitForTransactionReceipt({ hash })));
  if (receipts.some(({ status }) => status !== "success")) throw new Error("A test token was not minted.");
}
