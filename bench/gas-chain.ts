/** The node, token and accounts that gas is measured with, and the figures' form. */
import {
  type Abi,
  type Account,
  type Address,
  createTestClient,
  encodeFunctionData,
  type Hex,
  http,
  parseEther,
  parseSignature,
  publicActions,
  walletActions,
} from "viem";
import { mnemonicToAccount, type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";
import { anvil } from "viem/chains";
import { deployContracts } from "../packages/chains/src/evm/deploy.ts";
import { compileContract } from "../scripts/solc.ts";

/** Total gas of the cheapest possible transaction of the kind (null: there is none), of ours, and the most we allow. */
export interface Measured {
  readonly work: string;
  readonly floor: number | null;
  readonly ours: number;
  readonly limit: number;
}

export const amount = 25_000_000n;
export const feeBps = 100;
export const fee = 250_000n;
export const merchant: Address = "0x8ba1f109551bD432803012645Ac136ddd64DBA72";
export const feeRecipient: Address = "0x9f8F72aA9304c8B593d555F12eF6589cC3A579A2";
export const uuid: Hex = "0x01997c89d0e97c9a9886fe7709919695";

const permitTypes = {
  Permit: [
    { name: "owner", type: "address" },
    { name: "spender", type: "address" },
    { name: "value", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
} as const;

export type Call = { readonly to: Address; readonly data: Hex; readonly value?: bigint };

export function connect(url: string) {
  return createTestClient({ chain: anvil, mode: "anvil", transport: http(url), pollingInterval: 20 })
    .extend(publicActions)
    .extend(walletActions);
}

export type Client = ReturnType<typeof connect>;

export async function gasOf(client: Client, account: Account, call: Call): Promise<number> {
  const hash = await client.sendTransaction({ account, ...call });
  const receipt = await client.waitForTransactionReceipt({ hash });
  if (receipt.status !== "success") throw new Error(`Transaction ${hash} reverted.`);
  return Number(receipt.gasUsed);
}

export async function deploy(client: Client, account: Account, path: string): Promise<{ address: Address; abi: Abi }> {
  const { abi, creationCode } = compileContract(path, "ordinary");
  const hash = await client.sendTransaction({ account, data: creationCode });
  const { contractAddress } = await client.waitForTransactionReceipt({ hash });
  if (!contractAddress) throw new Error(`${path} was not deployed.`);
  return { address: contractAddress, abi: abi as Abi };
}

export interface Bench {
  readonly client: Client;
  readonly relayer: Account;
  readonly token: { address: Address; abi: Abi };
  readonly floor: { address: Address; abi: Abi };
  readonly deadline: bigint;
  /** An account that owns coins and tokens and has never paid. */
  newPayer(): Promise<PrivateKeyAccount>;
  /** Mints to an account and gives it coins. */
  endow(address: Address): Promise<void>;
}

export async function prepare(
  client: Client,
  recipients: readonly Address[] = [merchant, feeRecipient],
): Promise<Bench> {
  const relayer = mnemonicToAccount("test test test test test test test test test test test junk");
  await deployContracts({ walletClient: { ...client, account: relayer } as never, publicClient: client as never });
  const token = await deploy(client, relayer, "contracts/test/bench/BenchToken.sol");
  const floor = await deploy(client, relayer, "contracts/test/bench/Floor.sol");
  const mint = (to: Address) =>
    gasOf(client, relayer, {
      to: token.address,
      data: encodeFunctionData({ abi: token.abi, functionName: "mint", args: [to, 1_000_000_000n] }),
    });
  const endow = async (address: Address) => {
    await mint(address);
    await client.setBalance({ address, value: parseEther("100") });
  };
  for (const address of recipients) await endow(address);
  let payers = 0n;
  const newPayer = async () => {
    payers += 1n;
    const payer = privateKeyToAccount(`0x${(0x5eed0000n + payers).toString(16).padStart(64, "0")}`);
    await endow(payer.address);
    return payer;
  };
  const { timestamp } = await client.getBlock();
  return { client, relayer, token, floor, deadline: timestamp + 3600n, newPayer, endow };
}

export async function signPermit(
  bench: Bench,
  payer: PrivateKeyAccount,
  permit: { spender: Address; value: bigint; deadline: bigint },
) {
  const { client, token } = bench;
  const nonce = (await client.readContract({
    ...token,
    functionName: "nonces",
    args: [payer.address],
  })) as bigint;
  const signature = await payer.signTypedData({
    domain: { name: "Bench", version: "1", chainId: anvil.id, verifyingContract: token.address },
    types: permitTypes,
    primaryType: "Permit",
    message: { owner: payer.address, ...permit, nonce },
  });
  const { r, s, yParity } = parseSignature(signature);
  return { v: 27 + yParity, r, s };
}
