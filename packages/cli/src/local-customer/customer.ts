import type { CheckoutQuote, CheckoutState, MandateOffer, TypedData } from "@qbitflow/api";
import { checkoutAbi } from "@qbitflow/chains";
import type { DevFile } from "@qbitflow/server";
import { type Address, createWalletClient, defineChain, type Hex, http } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { RefusedError } from "../errors.ts";
import { Browser } from "./browser.ts";
import { paymentTerms } from "./payment-terms.ts";

const NATIVE = "0x0000000000000000000000000000000000000000";
/** The only test token that a signature alone allows to be taken. */
const SUBSCRIBED_IN = "tUSDC";

/** What a customer did, for a line of progress. */
export interface Paid {
  readonly transactionHash: Hex;
  /** Exact decimal text, in the currency. */
  readonly amount: string;
  readonly symbol: string;
}

/** Somebody with a test wallet of the local chain at the page of one session. */
export class LocalCustomer {
  readonly #browser: Browser;
  readonly #wallet: ReturnType<typeof walletOf>;

  constructor(dev: DevFile, uuid: string) {
    this.#browser = new Browser(dev.apiUrl, uuid);
    this.#wallet = walletOf(dev);
  }

  /** Opens the page and types a name. */
  async arrive(): Promise<CheckoutState> {
    await this.#browser.ask("GET", "");
    const customer = { name: "Terry", lastName: "Trigger", email: "terry@example.com" };
    return this.#browser.ask<CheckoutState>("PUT", "/customer", customer);
  }

  async cancel(): Promise<void> {
    await this.#browser.ask("POST", "/cancel");
  }

  /** Pays in the chain's coin, and tells the server the hash as the page does. */
  async pay(): Promise<Paid> {
    const { currencyId } = await this.#currency(({ address }) => address === NATIVE, "coin");
    const quote = await this.#browser.ask<CheckoutQuote>("POST", "/quote", { currencyId });
    const terms = paymentTerms(quote);
    const transactionHash = await this.#wallet.client.writeContract({
      address: quote.contract as Address,
      abi: checkoutAbi,
      functionName: "payNative",
      args: [terms],
      value: terms.amount,
    });
    await this.#browser.ask("POST", "/transaction", { currencyId, transactionHash });
    return { transactionHash, amount: quote.amount, symbol: quote.symbol };
  }

  /** Signs a mandate until cancelled, and the token's permit: no transaction, no gas. */
  async subscribe(): Promise<MandateOffer> {
    const { currencyId } = await this.#currency(({ symbol }) => symbol === SUBSCRIBED_IN, SUBSCRIBED_IN);
    const subscriber = this.#wallet.account.address;
    const offer = await this.#browser.ask<MandateOffer>("POST", "/mandate", { currencyId, subscriber });
    const { mandateHash, typedData, allowance } = offer;
    if (allowance.way === "approve") throw new RefusedError(`${SUBSCRIBED_IN} takes no permit here.`);
    const signature = await this.#sign(typedData);
    const permit = allowance.way === "permit" ? { permitSignature: await this.#sign(allowance.typedData) } : {};
    await this.#browser.ask("POST", "/mandate/signature", { mandateHash, signature, ...permit });
    return offer;
  }

  async #currency(
    isWanted: (currency: { address: string; symbol: string }) => boolean,
    what: string,
  ): Promise<{ currencyId: number }> {
    const { currencies } = await this.#browser.ask<CheckoutState>("GET", "");
    const found = currencies.find(({ currency, network }) => network.local && isWanted(currency));
    if (found === undefined || !found.available)
      throw new RefusedError(
        found?.unavailableReason ?? `The local chain's ${what} is not offered by this organization.`,
      );
    return { currencyId: found.currency.id };
  }

  #sign(typedData: TypedData): Promise<Hex> {
    return this.#wallet.account.signTypedData(JSON.parse(JSON.stringify(typedData)) as never);
  }
}

function walletOf({ wallets, chain: { chainId, rpcUrl } }: DevFile) {
  const customer = wallets.find(({ role }) => role === "customer");
  if (customer === undefined) throw new RefusedError("dev.json names no customer's wallet.");
  const account = privateKeyToAccount(customer.privateKey as Hex);
  const chain = defineChain({
    id: chainId,
    name: "Local test chain",
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  });
  return { account, client: createWalletClient({ account, chain, transport: http(rpcUrl) }) };
}
