import { erc20Abi, maxUint256, size } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type ChainAdapter,
  createEvmAdapter,
  type GaslessChain,
  type GaslessPayment,
  type GaslessTerms,
  type GaslessTypedData,
  type GaslessWay,
  type Hex,
  putPermit2,
  testTokens,
} from "../../index.ts";
import { abiTerms, type EvmChain, localNetwork, startEvmChain, terms } from "../evm-chain.testing.ts";
import { checkoutAbi, checkoutAddress } from "../generated/checkout.ts";
import { permit2Address as PERMIT2 } from "../generated/permit2.ts";
import { mintTestTokens } from "../test-tokens.ts";

const RELAY = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720";
const [usdc, usdt, dai] = testTokens.map(({ address }) => address as Hex) as [Hex, Hex, Hex];
/** Has tokens and no coin. */
const payer = privateKeyToAccount(generatePrivateKey());
const WAYS: readonly (readonly [GaslessWay, Hex])[] = [
  ["authorization", usdc],
  ["eip2612", usdc],
  ["dai", dai],
  ["permit2", usdt],
];

let chain: EvmChain;
let adapter: ChainAdapter;
let gasless: GaslessChain;
beforeAll(async () => {
  chain = await startEvmChain();
  await putPermit2(chain.publicClient);
  const deployer = { walletClient: chain.walletClient, publicClient: chain.publicClient };
  await mintTestTokens(deployer, { to: [payer.address], wholeUnits: 1_000n });
  // The approval that a customer of Permit2 gave long ago, when he still had coin.
  await chain.testClient.impersonateAccount({ address: payer.address });
  await chain.testClient.setBalance({ address: payer.address, value: 10n ** 18n });
  for (const address of [usdt, dai]) {
    const args = [PERMIT2, maxUint256] as const;
    await chain.walletClient.writeContract({
      account: payer.address,
      address,
      abi: erc20Abi,
      functionName: "approve",
      args,
    });
  }
  await chain.testClient.setBalance({ address: payer.address, value: 0n });
  await chain.testClient.stopImpersonatingAccount({ address: payer.address });
  adapter = createEvmAdapter({ network: localNetwork(), rpcUrls: [chain.rpcUrl], senderKey: generatePrivateKey() });
  if (adapter.gasless === null) throw new Error("There is a contract.");
  gasless = adapter.gasless;
});
afterAll(async () => {
  await adapter.close();
  await chain.stop();
});

const given = (token: Hex, change: Partial<GaslessTerms["terms"]> = {}): GaslessTerms => ({
  contract: checkoutAddress,
  terms: terms({ token, amountBase: token === dai ? 25n * 10n ** 18n : 25_000_000n, ...change }),
  relay: { feeBase: 40_000n, recipient: RELAY },
});
const balance = (token: Hex, of: string) =>
  chain.publicClient.readContract({ address: token, abi: erc20Abi, functionName: "balanceOf", args: [of as Hex] });

async function sign(data: GaslessTypedData, { token, nonce }: { token: Hex; nonce: bigint }): Promise<Hex> {
  const abi = [
    {
      type: "function",
      name: "nonces",
      stateMutability: "view",
      inputs: [{ type: "address" }],
      outputs: [{ type: "uint256" }],
    },
  ] as const;
  const message = { ...data.message };
  for (const blank of data.blanks) {
    if (blank.with === "payer") message[blank.field] = payer.address;
    if (blank.with === "permit2Nonce") message[blank.field] = nonce;
    if (blank.with === "tokenNonce")
      message[blank.field] = await chain.publicClient.readContract({
        address: token,
        abi,
        functionName: "nonces",
        args: [payer.address],
      });
  }
  const { EIP712Domain: _, ...types } = data.types;
  return payer.signTypedData({ domain: data.domain, types, primaryType: data.primaryType, message } as never);
}

async function signed(way: GaslessWay, token: Hex, change: Partial<GaslessTerms["terms"]> = {}) {
  const what = given(token, change);
  const offer = await gasless.offer(what);
  const typedData = offer?.typedData[way];
  if (!typedData) throw new Error(`${way} is not offered.`);
  const permit2Nonce = BigInt(Math.floor(Math.random() * 2 ** 50));
  const signature = await sign(typedData, { token, nonce: permit2Nonce });
  const payment: GaslessPayment = { ...what, payer: payer.address, way, signature, permit2Nonce };
  return { payment, typedData };
}

test("the hash is the contract's", async () => {
  const what = given(usdc);
  const offer = await gasless.offer(what);
  const args = [abiTerms(what.terms), { fee: what.relay.feeBase, recipient: RELAY }] as const;
  const call = { address: checkoutAddress, abi: checkoutAbi, functionName: "hashGasless", args } as const;
  expect(offer?.hash).toBe(await chain.publicClient.readContract(call));
});

test("a token is offered the ways it has, the best first, and none where nothing is sure", async () => {
  expect((await gasless.offer(given(usdc)))?.ways).toEqual(["authorization", "eip2612", "permit2"]);
  expect((await gasless.offer(given(dai)))?.ways).toEqual(["dai", "permit2"]);
  expect(await gasless.offer(given(usdt))).toMatchObject({ ways: ["permit2"], permit2: PERMIT2 });
  expect(await gasless.offer(given("0x0000000000000000000000000000000000000000"))).toBeNull();
  const { permit2: _, ...network } = localNetwork();
  const plain = createEvmAdapter({ network, rpcUrls: [chain.rpcUrl] });
  expect(await plain.gasless?.offer(given(usdt))).toBeNull();
  expect(plain.gasless?.gas(usdt)).toBeNull();
  await plain.close();
  expect(JSON.stringify(await gasless.offer(given(dai)))).toContain('"witness"');
});

describe.each(WAYS)("%s", (way, token) => {
  test("a payer without coin pays, and the relay gets its fee", async () => {
    const { payment, typedData } = await signed(way, token);
    expect(await gasless.check(payment, typedData)).toBe("ok");
    const call = gasless.call(payment);
    const simulated = await adapter.sender?.simulate(call);
    if (!simulated?.ok) throw new Error(simulated?.reason);
    const before = await balance(token, payer.address);
    const feeBefore = await balance(token, RELAY);
    const hash = await chain.send({ to: call.to as Hex, data: call.data });
    const receipt = await chain.publicClient.getTransactionReceipt({ hash });
    expect(receipt.status).toBe("success");
    expect(receipt.gasUsed).toBeLessThan(gasless.gas(token) ?? 0n);
    // What surrounds it has at most 80 bytes; a rollup's fee for publishing is asked for 1000.
    expect(size(call.data)).toBeLessThanOrEqual(920);
    expect(before - (await balance(token, payer.address))).toBe(payment.terms.amountBase + 40_000n);
    expect((await balance(token, RELAY)) - feeBefore).toBe(40_000n);
    const transfers = (await adapter.scan({ from: Number(receipt.blockNumber), to: Number(receipt.blockNumber) }))
      .transfers;
    expect(transfers).toMatchObject([
      { uuid: payment.terms.uuid, termsHash: adapter.termsHash(payment.terms), payer: payer.address },
    ]);
    // Used up.
    expect(await adapter.sender?.simulate(call)).toMatchObject({ ok: false });
  });

  test("a signature of something else, or of somebody else, is told, and refused by the chain", async () => {
    const { payment, typedData } = await signed(way, token);
    const dearer = { ...payment, relay: { ...payment.relay, feeBase: 50_000n } };
    expect(await adapter.sender?.simulate(gasless.call(dearer))).toMatchObject({ ok: false });
    const offer = await gasless.offer(dearer);
    expect(await gasless.check(dearer, offer?.typedData[way] as GaslessTypedData)).toBe("signature_invalid");
    const foreign = { ...payment, payer: RELAY };
    expect(await gasless.check(foreign, typedData)).toBe("signature_invalid");
    expect(await adapter.sender?.simulate(gasless.call(foreign))).toMatchObject({ ok: false });
    const cut = { ...payment, signature: payment.signature.slice(0, -2) as Hex };
    expect(await gasless.check(cut, typedData)).toBe("signature_invalid");
  });

  test("too little is told", async () => {
    const { payment, typedData } = await signed(way, token, { amountBase: 10n ** 30n });
    expect(await gasless.check(payment, typedData)).toBe("insufficient_balance");
  });
});

test("Permit2 without an approval is told", async () => {
  const { payment, typedData } = await signed("permit2", usdc);
  expect(await gasless.check(payment, typedData)).toBe("insufficient_allowance");
});
