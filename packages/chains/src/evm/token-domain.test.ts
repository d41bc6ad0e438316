import { domainSeparator, encodeAbiParameters, type Hex, keccak256, pad, parseAbi, parseSignature, toHex } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EvmChain, merchant, startEvmChain } from "./evm-chain.testing.ts";
import { type Overlay, overlayTokenCode, textAnswer } from "./overlay-token.testing.ts";
import { testTokens } from "./test-tokens.ts";
import { type DomainHint, readTokenDomain } from "./token-domain.ts";

const chainId = 31337;
const [usdc, usdt, dai] = testTokens.map(({ address }) => address as Hex) as [Hex, Hex, Hex];
const permitAbi = parseAbi([
  "function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)",
  "function allowance(address owner, address spender) view returns (uint256)",
]);
const permitTypes = {
  Permit: ["address owner", "address spender", "uint256 value", "uint256 nonce", "uint256 deadline"].map((field) => {
    const [type, name] = field.split(" ") as [string, string];
    return { type, name };
  }),
};

let chain: EvmChain;
beforeAll(async () => {
  chain = await startEvmChain();
});
afterAll(() => chain.stop());

const read = async (to: string, data: string) =>
  (await chain.publicClient.call({ to: to as Hex, data: data as Hex })).data ?? "0x";

const domainOf = (token: string, hint?: DomainHint) =>
  readTokenDomain(read, { token, chainId, ...(hint ? { hint } : {}) });

const separatorOf = (name: string, version: string, verifyingContract: Hex) =>
  domainSeparator({ domain: { name, version, chainId, verifyingContract } as never });

let placed = 0;
/** A token like tUSDC at an address of its own. */
async function place(overlay: Overlay | ((address: Hex) => Overlay)): Promise<Hex> {
  placed += 1;
  const address = pad(toHex(0xf000 + placed), { size: 20 });
  const answers = typeof overlay === "function" ? overlay(address) : overlay;
  await chain.testClient.setCode({ address, bytecode: overlayTokenCode(usdc, answers) });
  return address;
}

describe("the domain of a token", () => {
  it("is the data file's where the token's separator is the same, in one question", async () => {
    let questions = 0;
    const counted = (to: string, data: string) => {
      questions += 1;
      return read(to, data);
    };
    const hint = { name: "Test USDC", version: "2" };
    expect(await readTokenDomain(counted, { token: usdc, chainId, hint })).toEqual({
      ...hint,
      chainId,
      verifyingContract: usdc,
    });
    expect(questions).toBe(1);
  });

  it("is what the token says of itself where the data file says nothing", async () => {
    expect(await domainOf(usdc)).toMatchObject({ name: "Test USDC", version: "2" });
    expect(await domainOf(dai)).toMatchObject({ name: "Test DAI", version: "1" });
  });

  it("is found where the data file is wrong", async () => {
    expect(await domainOf(usdc, { name: "USD Coin", version: "2" })).toMatchObject({ name: "Test USDC" });
  });

  it("is read from name() and version() where there is no eip712Domain(), like Circle's", async () => {
    const token = await place((address) => ({
      "eip712Domain()": null,
      "name()": textAnswer("EURC"),
      "version()": textAnswer("2"),
      "DOMAIN_SEPARATOR()": separatorOf("EURC", "2", address),
    }));
    expect(await domainOf(token)).toEqual({ name: "EURC", version: "2", chainId, verifyingContract: token });
  });

  it("has version 1 where the token does not say, like USDT0's", async () => {
    const token = await place((address) => ({
      "eip712Domain()": null,
      "name()": textAnswer("USD₮0"),
      "DOMAIN_SEPARATOR()": separatorOf("USD₮0", "1", address),
    }));
    expect(await domainOf(token)).toMatchObject({ name: "USD₮0", version: "1" });
  });

  it("is the one whose signatures the token takes", async () => {
    const token = await place({});
    const domain = await domainOf(token);
    if (!domain) throw new Error("The token has a domain.");
    const message = { owner: chain.account.address, spender: merchant, value: 5n, nonce: 0n, deadline: 4_000_000_000n };
    const { r, s, yParity } = parseSignature(
      await chain.account.signTypedData({
        domain: { ...domain, verifyingContract: token },
        types: permitTypes,
        primaryType: "Permit",
        message,
      }),
    );
    const args = [message.owner, merchant, 5n, message.deadline, 27 + yParity, r, s] as const;
    await chain.walletClient.writeContract({ address: token, abi: permitAbi, functionName: "permit", args });
    const allowance = { address: token, abi: permitAbi, functionName: "allowance" } as const;
    expect(await chain.publicClient.readContract({ ...allowance, args: [message.owner, merchant] })).toBe(5n);
  });
});

describe("no domain is found", () => {
  it("for a token without DOMAIN_SEPARATOR(), whatever the data file says", async () => {
    expect(await domainOf(usdt, { name: "Tether USD", version: "1" })).toBeNull();
    expect(await domainOf(await place({ "DOMAIN_SEPARATOR()": null }))).toBeNull();
  });

  it("for an address without code", async () => {
    expect(await domainOf("0x00000000000000000000000000000000000bad00")).toBeNull();
  });

  it("where the separator is that of another chain, contract or field", async () => {
    const foreign = { name: "Test USDC", version: "2" };
    const ofAnotherContract = await place({ "DOMAIN_SEPARATOR()": separatorOf("Test USDC", "2", usdc) });
    expect(await domainOf(ofAnotherContract, foreign)).toBeNull();
    expect(await readTokenDomain(read, { token: usdc, chainId: 1, hint: foreign })).toBeNull();
    const salted = await place({ "DOMAIN_SEPARATOR()": keccak256("0x01") });
    expect(await domainOf(salted, foreign)).toBeNull();
  });

  it("where the token's answers are not of the functions' types", async () => {
    const mkr = encodeAbiParameters([{ type: "bytes32" }], [pad(toHex("Maker"), { dir: "right" })]);
    const token = await place((address) => ({
      "eip712Domain()": "0x01",
      "name()": mkr,
      "version()": "0x",
      "DOMAIN_SEPARATOR()": separatorOf("Maker", "1", address),
    }));
    expect(await domainOf(token)).toBeNull();
    expect(await domainOf(await place({ "DOMAIN_SEPARATOR()": "0x1234" }))).toBeNull();
  });

  it("when nobody answers", async () => {
    const away = () => Promise.reject(new Error("The endpoint is away."));
    expect(await readTokenDomain(away, { token: usdc, chainId, hint: { name: "Test USDC", version: "2" } })).toBeNull();
  });
});
