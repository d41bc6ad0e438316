import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CheckoutQuote, CheckoutState, GaslessTypedData, GaslessWay } from "@qbitflow/api";
import { splitFees } from "@qbitflow/money";
import { createPublicClient, createWalletClient, encodeFunctionData, erc20Abi, type Hex, http, parseAbi } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { foundry } from "viem/chains";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { readConfig } from "./config.ts";
import type { DevFile } from "./local/dev-file.ts";
import { walletOf } from "./local/wallets.ts";
import { createLogger } from "./logger.ts";
import { type Running, start } from "./start.ts";

const tokenAbi = parseAbi([
  "function mint(address to, uint256 amount)",
  "function nonces(address owner) view returns (uint256)",
]);

const PERMIT2_NONCE = String(2n ** 255n + 77n);

let directory: string;
let running: Running;
let dev: DevFile;
/** Has tokens, and not one wei of coin. */
let payer = privateKeyToAccount(generatePrivateKey());

const startHere = async (env: Record<string, string> = {}) => {
  const config = readConfig({ PORT: "0", QBITFLOW_DATA_DIR: directory, ...env });
  running = await start({ config, log: createLogger("silent") });
  dev = running.dev as DevFile;
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "qbitflow-gasless-"));
  await startHere();
});
afterAll(async () => {
  await running.stop();
  await rm(directory, { recursive: true, force: true });
});
beforeEach(async () => {
  payer = privateKeyToAccount(generatePrivateKey());
  for (const { address, decimals } of Object.values(dev.chain.tokens))
    await mint(address as Hex, 10n ** BigInt(decimals + 2));
});

const chain = () => createPublicClient({ chain: foundry, transport: http(dev.chain.rpcUrl), pollingInterval: 20 });
const customer = privateKeyToAccount(walletOf("customer").privateKey);

async function mint(address: Hex, amount: bigint, to: Hex = payer.address): Promise<void> {
  const wallet = createWalletClient({ chain: foundry, transport: http(dev.chain.rpcUrl), account: customer });
  const hash = await wallet.writeContract({ address, abi: tokenAbi, functionName: "mint", args: [to, amount] });
  await chain().waitForTransactionReceipt({ hash });
}
const balanceOf = (address: string, of: string) =>
  chain().readContract({ address: address as Hex, abi: erc20Abi, functionName: "balanceOf", args: [of as Hex] });

const tamper = (method: string, ...params: unknown[]) => chain().request({ method, params } as never);

/** Lets Permit2 take so much of the payer's tUSDT, as he did long ago when he still had coin. */
async function allowPermit2(amountBase: bigint): Promise<void> {
  await transact(dev.chain.tokens.tUSDT?.address, {
    abi: erc20Abi,
    functionName: "approve",
    args: [dev.chain.contracts.permit2, amountBase],
  });
}

/** A transaction of the payer, who has no coin before and none after. */
async function transact(to: string | undefined, call: object): Promise<void> {
  const { address: from } = payer;
  await tamper("anvil_impersonateAccount", from);
  await tamper("anvil_setBalance", from, "0xde0b6b3a7640000");
  const hash = (await tamper("eth_sendTransaction", { from, to, data: encodeFunctionData(call as never) })) as Hex;
  expect((await chain().waitForTransactionReceipt({ hash })).status).toBe("success");
  await tamper("anvil_setBalance", from, "0x0");
  await tamper("anvil_stopImpersonatingAccount", from);
}

async function ask<T>(
  method: "GET" | "POST" | "PUT",
  path: string,
  body?: unknown,
): Promise<{ status: number; body: T }> {
  const answer = await fetch(`${dev.apiUrl}${path}`, {
    method,
    headers: { "x-api-key": dev.testApiKey, ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as T };
}

/** A session with its customer, and a quote once the relay has looked at the price of gas. */
async function quoted(symbol: string): Promise<{ uuid: string; quote: CheckoutQuote }> {
  const { currencyId } = dev.chain.tokens[symbol] as { currencyId: number };
  return vi.waitFor(
    async () => {
      const { uuid } = (await ask<{ uuid: string }>("POST", "/transaction/session-checkout", { productId: 1 })).body;
      await ask("PUT", `/checkout/${uuid}/customer`, { name: "A", lastName: "B", email: `${uuid}@example.org` });
      const { body: quote } = await ask<CheckoutQuote>("POST", `/checkout/${uuid}/quote`, { currencyId });
      if (quote.gasless === undefined) throw new Error("The relay has not looked at the price yet.");
      return { uuid, quote };
    },
    { timeout: 15_000, interval: 250 },
  );
}

/** Signs what the quote offers, or a message changed a little. */
async function signed(quote: CheckoutQuote, way: GaslessWay, change: object = {}): Promise<Hex> {
  const data = quote.gasless?.typedData[way] as GaslessTypedData;
  const message: Record<string, unknown> = { ...data.message };
  for (const { field, with: what } of data.blanks) {
    const address = quote.terms.token as Hex;
    const read = { address, abi: tokenAbi, functionName: "nonces", args: [payer.address] } as const;
    message[field] =
      what === "payer" ? payer.address : what === "permit2Nonce" ? PERMIT2_NONCE : await chain().readContract(read);
  }
  Object.assign(message, change);
  const { EIP712Domain: _, ...types } = data.types;
  return payer.signTypedData({ domain: data.domain, types, primaryType: data.primaryType, message } as never);
}

async function request(quote: CheckoutQuote, way: GaslessWay) {
  const { currencyId, gasless } = quote;
  const signature = await signed(quote, way);
  const nonce = way === "permit2" ? { permit2Nonce: PERMIT2_NONCE } : {};
  return { currencyId, gaslessHash: gasless?.gaslessHash, payer: payer.address, way, signature, ...nonce };
}
/** What merchant and sender have of the quote's currency. */
async function received({ terms, gasless }: CheckoutQuote): Promise<readonly [bigint, bigint]> {
  const of = (address = "") => balanceOf(terms.token, address);
  return [await of(terms.merchant), await of(gasless?.relay.recipient)];
}
const statusOf = async (uuid: string) => (await ask<CheckoutState>("GET", `/checkout/${uuid}`)).body;

describe.each<[string, GaslessWay]>([
  ["tUSDC", "authorization"],
  ["tUSDC", "eip2612"],
  ["tDAI", "dai"],
  ["tUSDT", "permit2"],
])("%s by %s", (symbol, way) => {
  test("a customer without coin pays with a signature", async () => {
    const { uuid, quote } = await quoted(symbol);
    const { gasless, terms } = quote;
    const fee = BigInt(gasless?.relay.fee ?? 0);
    if (way === "permit2") await allowPermit2(BigInt(terms.amount) + fee);
    expect(Number(gasless?.relayFee)).toBeGreaterThan(0);
    expect(gasless?.ways).toContain(way);
    const before = await balanceOf(terms.token, payer.address);
    const [merchantBefore, relayBefore] = await received(quote);
    const body = await request(quote, way);
    const answer = await ask<CheckoutState>("POST", `/checkout/${uuid}/relay`, body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(answer.body.status.status).toMatch(/pending|waitingConfirmation/);
    // Sent again by a browser that heard nothing.
    expect([200, 409]).toContain((await ask("POST", `/checkout/${uuid}/relay`, body)).status);
    await vi.waitFor(async () => expect((await statusOf(uuid)).status.status).toBe("completed"), {
      timeout: 20_000,
      interval: 200,
    });
    expect(before - (await balanceOf(terms.token, payer.address))).toBe(BigInt(terms.amount) + fee);
    const [merchantAfter, relayAfter] = await received(quote);
    expect(merchantAfter - merchantBefore).toBe(splitFees({ ...terms, amountBase: BigInt(terms.amount) }).merchantBase);
    expect(relayAfter - relayBefore).toBe(fee);
    expect(await chain().getBalance({ address: payer.address })).toBe(0n);
    expect((await statusOf(uuid)).payments).toMatchObject([{ match: "exact", from: payer.address }]);
  });
});

test("what cannot be paid is refused with a code, and the session stays as it was", async () => {
  const { uuid, quote } = await quoted("tUSDC");
  const good = await request(quote, "authorization");
  const relay = async (change: object) =>
    (await ask<{ code: string }>("POST", `/checkout/${uuid}/relay`, { ...good, ...change })).body.code;
  expect(await relay({ signature: await payer.signMessage({ message: "something else" }) })).toBe("signature_invalid");
  expect(await relay({ payer: customer.address })).toBe("signature_invalid");
  expect(await relay({ payer: "somebody" })).toBe("validation_failed");
  expect(await relay({ way: "permit2" })).toBe("validation_failed");
  expect(await relay({ way: "trust me" })).toBe("validation_failed");
  expect(await relay({ gaslessHash: `0x${"1".repeat(64)}` })).toBe("quote_expired");
  expect(await relay({ currencyId: 4 })).toBe("quote_expired");
  payer = privateKeyToAccount(generatePrivateKey());
  expect(await relay(await request(quote, "authorization"))).toBe("insufficient_balance");
  expect((await statusOf(uuid)).status.status).toBe("created");
  await vi.waitFor(async () => expect(await relay({ way: "eip2612" })).toBe("rate_limited"), { interval: 1 });
});

test("Permit2: another witness, another time, too small an allowance and a used nonce are refused, and change nothing", async () => {
  const { uuid, quote } = await quoted("tUSDT");
  const { gasless, terms } = quote;
  expect(gasless).toMatchObject({ ways: ["permit2"], permit2: dev.chain.contracts.permit2 });
  const good = await request(quote, "permit2");
  const relay = async (change: object) =>
    (await ask<{ code: string }>("POST", `/checkout/${uuid}/relay`, { ...good, ...change })).body.code;
  const total = BigInt(terms.amount) + BigInt(gasless?.relay.fee ?? 0);
  await allowPermit2(total - 1n);
  expect(await relay({})).toBe("insufficient_allowance");
  await allowPermit2(0n);
  await allowPermit2(total);
  const { witness } = (gasless?.typedData.permit2?.message ?? {}) as { witness: { terms: object } };
  const otherwise = async (change: object) => relay({ signature: await signed(quote, "permit2", change) });
  expect(await otherwise({ witness: { ...witness, relayFee: "1" } })).toBe("signature_invalid");
  expect(await otherwise({ witness: { ...witness, terms: { ...witness.terms, merchant: payer.address } } })).toBe(
    "signature_invalid",
  );
  expect(await otherwise({ deadline: "1700000000" })).toBe("signature_invalid");
  expect(await relay({ permit2Nonce: "5" })).toBe("signature_invalid");
  expect(await relay({ permit2Nonce: String(2n ** 256n) })).toBe("validation_failed");
  const abi = parseAbi(["function invalidateUnorderedNonces(uint256 wordPos, uint256 mask)"]);
  const used = BigInt(PERMIT2_NONCE);
  await transact(gasless?.permit2, {
    abi,
    functionName: "invalidateUnorderedNonces",
    args: [used >> 8n, 1n << (used & 255n)],
  });
  expect(await relay({})).toBe("relay_refused");
  expect((await statusOf(uuid)).status.status).toBe("created");
  expect(await balanceOf(terms.token, payer.address)).toBe(100_000_000n);
});

test("what the token itself refuses is told, and RELAY_FEE=off asks for no fee", async () => {
  await running.stop();
  await startHere({ RELAY_FEE: "off" });
  payer = privateKeyToAccount(generatePrivateKey());
  const { uuid, quote } = await quoted("tUSDC");
  expect(quote.gasless).toMatchObject({ relayFee: "0", total: quote.amount, relay: { fee: "0" } });
  await mint(quote.terms.token as Hex, BigInt(quote.terms.amount));
  const body = await request(quote, "authorization");
  // The customer takes the authorization back before it is used.
  const wallet = createWalletClient({ chain: foundry, transport: http(dev.chain.rpcUrl), account: customer });
  const cancel = await payer.signTypedData({
    domain: quote.gasless?.typedData.authorization?.domain,
    types: {
      CancelAuthorization: [
        { name: "authorizer", type: "address" },
        { name: "nonce", type: "bytes32" },
      ],
    },
    primaryType: "CancelAuthorization",
    message: { authorizer: payer.address, nonce: quote.gasless?.gaslessHash as Hex },
  } as never);
  const [r, s, v] = [
    cancel.slice(0, 66) as Hex,
    `0x${cancel.slice(66, 130)}` as Hex,
    Number.parseInt(cancel.slice(130), 16),
  ];
  const hash = await wallet.writeContract({
    address: quote.terms.token as Hex,
    abi: parseAbi(["function cancelAuthorization(address authorizer, bytes32 nonce, uint8 v, bytes32 r, bytes32 s)"]),
    functionName: "cancelAuthorization",
    args: [payer.address, quote.gasless?.gaslessHash as Hex, v, r, s],
  });
  await chain().waitForTransactionReceipt({ hash });
  const refused = await ask<{ code: string }>("POST", `/checkout/${uuid}/relay`, body);
  expect(refused.body.code).toBe("relay_refused");
  expect((await statusOf(uuid)).status.status).toBe("created");
  const second = await ask<CheckoutState>("POST", `/checkout/${uuid}/relay`, await request(quote, "eip2612"));
  expect(second.status).toBe(200);
  await vi.waitFor(async () => expect((await statusOf(uuid)).status.status).toBe("completed"), {
    timeout: 20_000,
    interval: 200,
  });
});

test("a relay that is short of coin warns: in /readyz, in the metrics, and serves on", async () => {
  const metric = async (name: string) => {
    const numbers = await (await fetch(`${running.url}/metrics`)).text();
    return Number(
      numbers
        .split("\n")
        .find((line) => line.startsWith(`qbitflow_${name}{`))
        ?.split(" ")[1],
    );
  };
  await vi.waitFor(async () => expect(await metric("relay_balance_low")).toBe(0), { timeout: 20_000, interval: 100 });
  const relay = walletOf("relay").address;
  await chain().request({ method: "anvil_setBalance", params: [relay, "0x38d7ea4c68000"] } as never);
  await running.stop();
  await startHere();
  await vi.waitFor(async () => expect(await metric("relay_balance_low")).toBe(1), { timeout: 20_000, interval: 100 });
  expect(await metric("relay_charges_left")).toBeLessThan(100);
  const ready = await fetch(`${running.url}/readyz`);
  const { parts } = (await ready.json()) as { parts: { name: string; detail: string }[] };
  expect(ready.status).toBe(200);
  expect(parts.find(({ name }) => name === "relay local")?.detail).toMatch(/^warning: coin for \d+ charges/);
});
