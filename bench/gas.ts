/**
 * What a one-time payment costs in gas, from the receipts of real transactions (base cost and calldata included) on a
 * local node: Cancun rules, 25.00 with a 1 % fee, recipients that hold balances already, a plain OpenZeppelin token
 * (optimizer, 200 runs). The floor moves the same money with no terms, no checks and no event, in the same run.
 */
import { pathToFileURL } from "node:url";
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
  zeroAddress,
} from "viem";
import { mnemonicToAccount, type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";
import { anvil } from "viem/chains";
import { startAnvil } from "../packages/chains/src/evm/anvil.testing.ts";
import { deployContracts } from "../packages/chains/src/evm/deploy.ts";
import { checkoutAbi, checkoutAddress } from "../packages/chains/src/evm/generated/checkout.ts";
import { compileContract } from "../scripts/solc.ts";
import { printTable, type Row } from "./table.ts";

/** Total gas of the cheapest possible transaction of the kind, of ours, and the most that we allow ourselves. */
interface Measured {
  readonly work: string;
  readonly floor: number;
  readonly ours: number;
  readonly limit: number;
}

const amount = 25_000_000n;
const feeBps = 100;
const fee = 250_000n;
const relayFee = 40_000n;
const merchant: Address = "0x8ba1f109551bD432803012645Ac136ddd64DBA72";
const feeRecipient: Address = "0x9f8F72aA9304c8B593d555F12eF6589cC3A579A2";
const relayRecipient: Address = "0xDA9dfA130Df4dE4673b89022EE50ff26f6EA73Cf";
const uuid: Hex = "0x01997c89d0e97c9a9886fe7709919695";

const permitTypes = {
  Permit: [
    { name: "owner", type: "address" },
    { name: "spender", type: "address" },
    { name: "value", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
} as const;

type Call = { readonly to: Address; readonly data: Hex; readonly value?: bigint };

function connect(url: string) {
  return createTestClient({ chain: anvil, mode: "anvil", transport: http(url), pollingInterval: 20 })
    .extend(publicActions)
    .extend(walletActions);
}

type Client = ReturnType<typeof connect>;

async function gasOf(client: Client, account: Account, call: Call): Promise<number> {
  const hash = await client.sendTransaction({ account, ...call });
  const receipt = await client.waitForTransactionReceipt({ hash });
  if (receipt.status !== "success") throw new Error(`Transaction ${hash} reverted.`);
  return Number(receipt.gasUsed);
}

async function deploy(client: Client, account: Account, path: string): Promise<{ address: Address; abi: Abi }> {
  const { abi, creationCode } = compileContract(path, "ordinary");
  const hash = await client.sendTransaction({ account, data: creationCode });
  const { contractAddress } = await client.waitForTransactionReceipt({ hash });
  if (!contractAddress) throw new Error(`${path} was not deployed.`);
  return { address: contractAddress, abi: abi as Abi };
}

interface Bench {
  readonly client: Client;
  readonly relayer: Account;
  readonly token: { address: Address; abi: Abi };
  readonly floor: { address: Address; abi: Abi };
  readonly deadline: bigint;
  /** Accounts that own coins and tokens and have never paid. */
  newPayer(): Promise<PrivateKeyAccount>;
}

async function prepare(client: Client): Promise<Bench> {
  const relayer = mnemonicToAccount("test test test test test test test test test test test junk");
  await deployContracts({ walletClient: { ...client, account: relayer } as never, publicClient: client as never });
  const token = await deploy(client, relayer, "contracts/test/bench/BenchToken.sol");
  const floor = await deploy(client, relayer, "contracts/test/bench/Floor.sol");
  const mint = (to: Address) =>
    gasOf(client, relayer, {
      to: token.address,
      data: encodeFunctionData({ abi: token.abi, functionName: "mint", args: [to, 1_000_000_000n] }),
    });
  for (const address of [merchant, feeRecipient, relayRecipient]) {
    await mint(address);
    await client.setBalance({ address, value: parseEther("1") });
  }
  let payers = 0n;
  const newPayer = async () => {
    payers += 1n;
    const payer = privateKeyToAccount(`0x${(0x5eed0000n + payers).toString(16).padStart(64, "0")}`);
    await client.setBalance({ address: payer.address, value: parseEther("100") });
    await mint(payer.address);
    return payer;
  };
  const { timestamp } = await client.getBlock();
  return { client, relayer, token, floor, deadline: timestamp + 3600n, newPayer };
}

function termsFor(bench: Bench, token: Address) {
  return {
    uuid,
    merchant,
    token,
    amount: token === zeroAddress ? parseEther("0.0125") : amount,
    feeRecipient,
    feeBps,
    organization: zeroAddress,
    organizationFeeBps: 0,
    deadline: bench.deadline,
  };
}

async function measureNative(bench: Bench): Promise<Measured> {
  const terms = termsFor(bench, zeroAddress);
  const payer = await bench.newPayer();
  const floor = await gasOf(bench.client, payer, {
    to: bench.floor.address,
    data: encodeFunctionData({
      abi: bench.floor.abi,
      functionName: "native",
      args: [merchant, feeRecipient, terms.amount / 100n],
    }),
    value: terms.amount,
  });
  const ours = await gasOf(bench.client, payer, {
    to: checkoutAddress,
    data: encodeFunctionData({ abi: checkoutAbi, functionName: "payNative", args: [terms] }),
    value: terms.amount,
  });
  return { work: "native coin", floor, ours, limit: 47_000 };
}

async function measureApproved(bench: Bench): Promise<Measured> {
  const { client, token } = bench;
  const payer = await bench.newPayer();
  for (const spender of [bench.floor.address, checkoutAddress]) {
    const args = [spender, 2n ** 256n - 1n];
    await gasOf(client, payer, {
      to: token.address,
      data: encodeFunctionData({ abi: token.abi, functionName: "approve", args }),
    });
  }
  const args = [token.address, merchant, amount - fee, feeRecipient, fee];
  const floor = await gasOf(client, payer, {
    to: bench.floor.address,
    data: encodeFunctionData({ abi: bench.floor.abi, functionName: "approved", args }),
  });
  const ours = await gasOf(client, payer, {
    to: checkoutAddress,
    data: encodeFunctionData({
      abi: checkoutAbi,
      functionName: "payToken",
      args: [termsFor(bench, token.address)],
    }),
  });
  return { work: "token approved before", floor, ours, limit: 55_000 };
}

async function signPermit(
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

async function gaslessFloor(bench: Bench, payer: PrivateKeyAccount): Promise<number> {
  const permit = { spender: bench.floor.address, value: amount, deadline: bench.deadline };
  const { v, r, s } = await signPermit(bench, payer, permit);
  const { token } = bench;
  const args = [token.address, payer.address, bench.deadline, v, r, s, merchant, amount - fee, feeRecipient, fee];
  return gasOf(bench.client, bench.relayer, {
    to: bench.floor.address,
    data: encodeFunctionData({ abi: bench.floor.abi, functionName: "permitted", args }),
  });
}

async function gaslessOurs(bench: Bench, payer: PrivateKeyAccount, relay: { fee: bigint; recipient: Address }) {
  const terms = termsFor(bench, bench.token.address);
  const commitment = await bench.client.readContract({
    address: checkoutAddress,
    abi: checkoutAbi,
    functionName: "hashGasless",
    args: [terms, relay],
  });
  const permit = { spender: checkoutAddress, value: amount + relay.fee, deadline: BigInt(commitment) };
  const { v, r, s } = await signPermit(bench, payer, permit);
  return gasOf(bench.client, bench.relayer, {
    to: checkoutAddress,
    data: encodeFunctionData({
      abi: checkoutAbi,
      functionName: "payWithPermitRelayed",
      args: [terms, relay, payer.address, v, r, s],
    }),
  });
}

async function measureGasless(bench: Bench): Promise<Measured[]> {
  const none = { fee: 0n, recipient: zeroAddress };
  const some = { fee: relayFee, recipient: relayRecipient };
  const [floorPayer, plainPayer, feePayer] = [await bench.newPayer(), await bench.newPayer(), await bench.newPayer()];
  const [first, later] = [await gaslessFloor(bench, floorPayer), await gaslessFloor(bench, floorPayer)];
  const row = async (
    work: string,
    payer: PrivateKeyAccount,
    relay: { fee: bigint; recipient: Address },
    [floor, limit]: [number, number],
  ) => ({
    work,
    floor,
    ours: await gaslessOurs(bench, payer, relay),
    limit,
  });
  return [
    await row("gasless, payer's first", plainPayer, none, [first, 90_000]),
    await row("gasless, later", plainPayer, none, [later, 75_000]),
    await row("gasless with relay fee, payer's first", feePayer, some, [first, 100_000]),
    await row("gasless with relay fee, later", feePayer, some, [later, 83_000]),
  ];
}

/** Starts a node of its own, pays in each way and reads the receipts. */
export async function benchGas(): Promise<Row[]> {
  await using node = await startAnvil();
  const bench = await prepare(connect(node.url));
  const all = [await measureNative(bench), await measureApproved(bench), ...(await measureGasless(bench))];
  return all.map(({ work, floor, ours, limit }) => ({
    what: work,
    figure: `${ours} (floor ${floor})`,
    goal: `<= ${limit}`,
    met: ours <= limit,
    detail: { gas: ours, floor, limit },
  }));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const rows = await benchGas();
  printTable("Gas of real transactions", rows);
  if (rows.some(({ met }) => !met)) process.exitCode = 1;
}
