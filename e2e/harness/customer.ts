import type { CheckoutCustomer, CheckoutQuote, CheckoutState } from "@qbitflow/api";
import { checkoutAbi } from "@qbitflow/chains";
import {
  type Address,
  createPublicClient,
  createWalletClient,
  defineChain,
  erc20Abi,
  type Hex,
  http,
  parseSignature,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { paymentTerms } from "../../packages/cli/src/local-customer/payment-terms.ts";
import { type Dev, until } from "./server.ts";
import type { System } from "./system.ts";

const permitAbi = [
  {
    type: "function",
    name: "nonces",
    stateMutability: "view",
    inputs: [{ name: "owner", type: "address" }],
    outputs: [{ type: "uint256" }],
  },
] as const;

/** What of a server and its chain a customer has to do with. */
export interface Place extends Pick<Dev, "apiUrl" | "wallets"> {
  readonly chain: Pick<Dev["chain"], "chainId" | "rpcUrl">;
}

function testWallet(dev: Place, index: number): Hex {
  const wallets = dev.wallets.filter((wallet) => wallet.role === "customer");
  const wallet = wallets[index % wallets.length];
  if (wallet === undefined) throw new Error("dev.json names no customer wallet");
  return wallet.privateKey;
}

/**
 * A person with a browser and a wallet, without the browser: public routes and real transactions.
 * @param wallet the index of one of the server's test wallets, or a private key
 */
export function customerOf(dev: Place, wallet: number | Hex = 0) {
  const account = privateKeyToAccount(typeof wallet === "number" ? testWallet(dev, wallet) : wallet);
  const chain = defineChain({
    id: dev.chain.chainId,
    name: "local",
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [dev.chain.rpcUrl] } },
  });
  const transport = http(dev.chain.rpcUrl, { retryCount: 5 });
  const publicClient = createPublicClient({ chain, transport, pollingInterval: 50 });
  const walletClient = createWalletClient({ account, chain, transport });

  /** What a browser keeps: each session's cookie. */
  const cookies = new Map<string, string>();

  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const uuid = path.split("/")[0] ?? "";
    const cookie = cookies.get(uuid);
    const response = await fetch(`${dev.apiUrl.replace(/\/v1$/, "")}/v1/checkout/${path}`, {
      method,
      headers: {
        ...(cookie === undefined ? {} : { cookie }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const given = response.headers.getSetCookie()[0]?.split(";")[0];
    if (given !== undefined) cookies.set(uuid, given);
    const answer = (await response.json()) as T & { error?: string };
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }

  const state = (uuid: string) => call<CheckoutState>("GET", uuid);
  /** Opens the page first, as every browser does, and so holds the session's cookie before it types. */
  const identify = async (uuid: string, customer: CheckoutCustomer) => {
    if (!cookies.has(uuid)) await state(uuid);
    return call<CheckoutState>("PUT", `${uuid}/customer`, customer);
  };

  /** Locks a quote in the currency with that symbol. */
  async function quote(uuid: string, symbol: string): Promise<CheckoutQuote> {
    const { currencies } = await state(uuid);
    const found = currencies.find(({ currency }) => currency.symbol === symbol);
    if (found === undefined) throw new Error(`no currency ${symbol} in the session`);
    return call<CheckoutQuote>("POST", `${uuid}/quote`, { currencyId: found.currency.id });
  }

  type Terms = ReturnType<typeof paymentTerms>;

  const payNative = (quoted: CheckoutQuote, terms: Terms) =>
    walletClient.writeContract({
      address: quoted.contract as Address,
      abi: checkoutAbi,
      functionName: "payNative",
      args: [terms],
      value: terms.amount,
    });

  async function payApproved(quoted: CheckoutQuote, terms: Terms) {
    const token = { address: terms.token, abi: erc20Abi } as const;
    const spender = quoted.contract as Address;
    const allowance = await publicClient.readContract({
      ...token,
      functionName: "allowance",
      args: [account.address, spender],
    });
    if (allowance < terms.amount) {
      // USDT wants 0 before another amount; enough for many payments keeps the tests short.
      const approval = await walletClient.writeContract({
        ...token,
        functionName: "approve",
        args: [spender, 2n ** 200n],
      });
      await publicClient.waitForTransactionReceipt({ hash: approval });
    }
    return walletClient.writeContract({ address: spender, abi: checkoutAbi, functionName: "payToken", args: [terms] });
  }

  async function payWithPermit(quoted: CheckoutQuote, terms: Terms) {
    const spender = quoted.contract as Address;
    const nonce = await publicClient.readContract({
      address: terms.token,
      abi: permitAbi,
      functionName: "nonces",
      args: [account.address],
    });
    const domain = {
      name: quoted.permit.name ?? "",
      version: quoted.permit.version ?? "1",
      chainId: quoted.chainId,
      verifyingContract: terms.token,
    };
    const dai = quoted.permit.kind === "dai";
    const signature = dai
      ? await walletClient.signTypedData({
          domain,
          primaryType: "Permit",
          types: {
            Permit: [
              { name: "holder", type: "address" },
              { name: "spender", type: "address" },
              { name: "nonce", type: "uint256" },
              { name: "expiry", type: "uint256" },
              { name: "allowed", type: "bool" },
            ],
          },
          message: { holder: account.address, spender, nonce, expiry: terms.deadline, allowed: true },
        })
      : await walletClient.signTypedData({
          domain,
          primaryType: "Permit",
          types: {
            Permit: [
              { name: "owner", type: "address" },
              { name: "spender", type: "address" },
              { name: "value", type: "uint256" },
              { name: "nonce", type: "uint256" },
              { name: "deadline", type: "uint256" },
            ],
          },
          message: { owner: account.address, spender, value: terms.amount, nonce, deadline: terms.deadline },
        });
    const { r, s, yParity } = parseSignature(signature);
    return walletClient.writeContract({
      address: spender,
      abi: checkoutAbi,
      functionName: dai ? "payWithDaiPermit" : "payWithPermit",
      args: [terms, yParity + 27, r, s],
    });
  }

  /** Pays what the quote says, the shortest way the token allows, and tells the server the hash as the page does. */
  async function pay(uuid: string, symbol: string, options: { hint?: boolean } = {}): Promise<Hex> {
    const quoted = await quote(uuid, symbol);
    return payQuote(quoted, options);
  }

  async function payQuote(
    quoted: CheckoutQuote,
    options: { hint?: boolean; change?: (terms: Terms) => Terms } = {},
  ): Promise<Hex> {
    const terms = options.change === undefined ? paymentTerms(quoted) : options.change(paymentTerms(quoted));
    const hash =
      BigInt(terms.token) === 0n
        ? await payNative(quoted, terms)
        : quoted.permit.kind === "none" || options.change !== undefined
          ? await payApproved(quoted, terms)
          : await payWithPermit(quoted, terms);
    if (options.hint !== false) {
      await call("POST", `${quoted.terms.uuid}/transaction`, { currencyId: quoted.currencyId, transactionHash: hash });
    }
    return hash;
  }

  /** Whether the chain still has the transaction. */
  const knows = async (hash: Hex) => {
    const transaction = await publicClient.request({ method: "eth_getTransactionByHash", params: [hash] });
    return transaction !== null;
  };

  return {
    call,
    knows,
    address: account.address,
    account,
    publicClient,
    walletClient,
    state,
    identify,
    quote,
    pay,
    payQuote,
  };
}

export const ada: CheckoutCustomer = { name: "Ada", lastName: "Lovelace", email: "ada@example.com" };

/** Waits until quotes offer to be paid by a signature: the relay has looked at the price of gas. */
export async function relayReady({ server, client }: Pick<System, "server" | "client">): Promise<void> {
  await until("the relay knows the price of gas", async () => {
    const { uuid } = await client.oneTimePayments.createSession({ productId: 1 });
    const customer = customerOf(server.dev);
    await customer.identify(uuid, ada);
    return (await customer.quote(uuid, "tUSDC")).gasless !== undefined;
  });
}
