import type { CheckoutNetwork, CheckoutQuote } from "@qbitflow/api";
import {
  createPublicClient,
  createTestClient,
  createWalletClient,
  domainSeparator,
  type Hex,
  http,
  parseAbi,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { foundry } from "viem/chains";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Anvil, startAnvil } from "../../../../packages/chains/src/evm/anvil.testing.ts";
import { deployContracts } from "../../../../packages/chains/src/evm/deploy.ts";
import { checkoutAddress } from "../../../../packages/chains/src/evm/generated/checkout.ts";
import { type Overlay, overlayTokenCode } from "../../../../packages/chains/src/evm/overlay-token.testing.ts";
import { deployTestTokens, testTokens } from "../../../../packages/chains/src/evm/test-tokens.ts";
import { localNetwork } from "../../test/scenarios.ts";
import { quote } from "../flow/flow.testing.ts";
import type { ShownStepKind } from "../flow/plan.ts";
import type { Eip1193Provider } from "../wallet/provider.ts";
import { runPayment } from "./run.ts";

// Anvil's first development key, public by design.
const account = privateKeyToAccount("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
const [usdc, usdt, dai] = testTokens.map(({ address }) => address) as [Hex, Hex, Hex];
const merchant = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
const tokenAbi = parseAbi([
  "function mint(address to, uint256 amount)",
  "function balanceOf(address owner) view returns (uint256)",
]);

let anvil: Anvil;
let chain: ReturnType<typeof clientsOf>;
beforeAll(async () => {
  anvil = await startAnvil();
  chain = clientsOf(anvil.url);
  await deployContracts(chain);
  await deployTestTokens(chain);
});
afterAll(() => anvil.stop());

function clientsOf(url: string) {
  const common = { chain: foundry, transport: http(url), pollingInterval: 20 } as const;
  return {
    publicClient: createPublicClient(common),
    walletClient: createWalletClient({ ...common, account }),
    testClient: createTestClient({ ...common, mode: "anvil" }),
  };
}

/** A wallet with an unlocked account: anvil signs. Counts the signatures it was asked for. */
function wallet() {
  let signatures = 0;
  const provider = {
    async request({ method, params }: { method: string; params?: unknown }) {
      if (method === "wallet_getCapabilities") return {};
      if (method === "eth_signTypedData_v4") signatures += 1;
      return chain.publicClient.request({ method, params } as never, { retryCount: 0 });
    },
  } as unknown as Eip1193Provider;
  return { provider, signatures: () => signatures };
}

let placed = 0;
/** A token like tUSDC at an address of its own, with its own answers for some functions. */
async function place(overlayOf: (address: Hex) => Overlay): Promise<Hex> {
  placed += 1;
  const address: Hex = `0x${String(placed).padStart(40, "f")}`;
  await chain.testClient.setCode({ address, bytecode: overlayTokenCode(usdc, overlayOf(address)) });
  return address;
}

/** Pays 25 of the token through the page's own code. */
async function pay(token: Hex, permit: CheckoutQuote["permit"]) {
  const { publicClient, walletClient } = chain;
  const mint = { address: token, abi: tokenAbi, functionName: "mint" } as const;
  await walletClient.writeContract({ ...mint, args: [account.address, 25_000_000n] });
  const { timestamp } = await publicClient.getBlock();
  const { terms, ...rest } = quote();
  const given: CheckoutQuote = {
    ...rest,
    chainId: foundry.id,
    contract: checkoutAddress,
    permit,
    terms: { ...terms, uuid: crypto.randomUUID(), token, merchant, deadline: Number(timestamp) + 900 },
  };
  const asked: ShownStepKind[][] = [];
  const { provider, signatures } = wallet();
  const network: CheckoutNetwork = { ...localNetwork, chainId: foundry.id };
  const balance = () =>
    publicClient.readContract({ address: token, abi: tokenAbi, functionName: "balanceOf", args: [merchant] });
  const before = await balance();
  const hash = await runPayment(
    { provider, address: account.address, quote: given, network },
    { planned: (steps) => asked.push([...steps]), step() {}, beforeMoney: async () => {}, asked() {} },
  );
  const { status } = await publicClient.waitForTransactionReceipt({ hash });
  const feeBase = (25_000_000n * BigInt(terms.feeBps)) / 10_000n;
  const organizationFeeBase = (25_000_000n * BigInt(terms.organizationFeeBps)) / 10_000n;
  return {
    status,
    asked,
    signatures: signatures(),
    paid: (await balance()) - before === 25_000_000n - feeBase - organizationFeeBase,
  };
}

const byPermit = { status: "success", asked: [["permit", "pay"]], signatures: 1, paid: true };
const byApproval = { status: "success", asked: [["approve", "pay"]], signatures: 0, paid: true };

describe("a payment with a permit", () => {
  it("is signed for the domain that the data file names, or that the token tells", async () => {
    expect(await pay(usdc, { kind: "eip2612", name: "Test USDC", version: "2" })).toEqual(byPermit);
    expect(await pay(usdc, { kind: "eip2612" })).toEqual(byPermit);
    expect(await pay(usdc, { kind: "eip2612", name: "USD Coin", version: "2" })).toEqual(byPermit);
  });

  it("is DAI's own kind with DAI", async () => {
    expect(await pay(dai, { kind: "dai" })).toEqual({ ...byPermit, asked: [["daiPermit", "pay"]] });
  });

  it("is approved, with no signature asked, where the token proves no domain", async () => {
    const mismatching = await place(() => ({ "DOMAIN_SEPARATOR()": `0x${"12".repeat(32)}` }));
    expect(await pay(mismatching, { kind: "eip2612", name: "Test USDC", version: "2" })).toEqual(byApproval);
    const silent = await place(() => ({ "DOMAIN_SEPARATOR()": null }));
    expect(await pay(silent, { kind: "eip2612", name: "Test USDC", version: "2" })).toEqual(byApproval);
    expect(await pay(usdt, { kind: "eip2612" })).toEqual(byApproval);
    const uncounted = await place(() => ({ "nonces(address)": null }));
    expect(await pay(uncounted, { kind: "eip2612" })).toEqual(byApproval);
  });

  it("is approved after all where the token lied about its domain: nothing was sent that fails", async () => {
    const liar = await place((verifyingContract) => ({
      "DOMAIN_SEPARATOR()": domainSeparator({
        domain: { name: "Other", version: "1", chainId: foundry.id, verifyingContract } as never,
      }),
    }));
    expect(await pay(liar, { kind: "eip2612", name: "Other", version: "1" })).toEqual({
      ...byApproval,
      asked: [
        ["permit", "pay"],
        ["approve", "pay"],
      ],
      signatures: 1,
    });
  });
});
