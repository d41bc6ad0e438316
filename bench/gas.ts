/**
 * What payments and charges cost in gas, from the receipts of real transactions (base cost and calldata included) on a
 * local node: Cancun rules, 25.00 with a 1 % fee, recipients that hold balances already, a plain OpenZeppelin token
 * (optimizer, 200 runs). The floor moves the same money with no terms, no checks and no event, in the same run.
 */
import { pathToFileURL } from "node:url";
import { type Address, encodeFunctionData, parseEther, zeroAddress } from "viem";
import type { PrivateKeyAccount } from "viem/accounts";
import { startAnvil } from "../packages/chains/src/evm/anvil.testing.ts";
import { checkoutAbi, checkoutAddress } from "../packages/chains/src/evm/generated/checkout.ts";
import {
  amount,
  type Bench,
  connect,
  fee,
  feeBps,
  feeRecipient,
  gasOf,
  type Measured,
  merchant,
  prepare,
  signPermit,
  uuid,
} from "./gas-chain.ts";
import { measureSubscriptions } from "./gas-subscriptions.ts";
import { printTable, type Row } from "./table.ts";

const relayFee = 40_000n;
const relayRecipient: Address = "0xDA9dfA130Df4dE4673b89022EE50ff26f6EA73Cf";

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
  const bench = await prepare(connect(node.url), [merchant, feeRecipient, relayRecipient]);
  const all = [
    await measureNative(bench),
    await measureApproved(bench),
    ...(await measureGasless(bench)),
    ...(await measureSubscriptions(bench)),
  ];
  return all.map(({ work, floor, ours, limit }) => ({
    what: work,
    figure: floor === null ? String(ours) : `${ours} (floor ${floor})`,
    goal: `<= ${limit}`,
    met: ours <= limit,
    detail: { gas: ours, limit, ...(floor === null ? {} : { floor }) },
  }));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const rows = await benchGas();
  printTable("Gas of real transactions", rows);
  if (rows.some(({ met }) => !met)) process.exitCode = 1;
}
