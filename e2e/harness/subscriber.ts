import type { AllowanceStep, CheckoutState, MandateOffer, MandateSignature, TypedData } from "@qbitflow/api";
import { mintTestTokens, subscriptionsAbi, testTokens } from "@qbitflow/chains";
import { createTestClient, erc20Abi, type Hex, http, parseUnits } from "viem";
import { generatePrivateKey } from "viem/accounts";
import { ada, customerOf } from "./customer.ts";
import { type Dev, until } from "./server.ts";

export type TokenSymbol = "tUSDC" | "tUSDT" | "tDAI";

export interface Choice {
  /** tUSDC unless set: two signatures and no gas. tUSDT: an approval. tDAI: DAI's own permit. */
  readonly symbol?: TokenSymbol;
  /** How many periods to authorise; null = until cancelled. */
  readonly periods?: number | null;
  /** USD, for payAsYouGo. */
  readonly maxSpendingPerPeriod?: number;
}

export type Subscriber = Awaited<ReturnType<typeof subscriberOf>>;

/** The plan within the signed data: integers of up to 32 bits are numbers, the others texts. */
interface Plan {
  readonly merchant: Hex;
  readonly token: Hex;
  readonly kind: number;
  readonly periodUnit: number;
  readonly periodLength: number;
  readonly feeRecipient: Hex;
  readonly maxFeeBps: number;
  readonly organization: Hex;
  readonly organizationFeeBps: number;
  readonly registry: Hex;
  readonly maxExecutionFee: string;
}

const AUTHORISED_WITHIN_MS = 60_000;

/**
 * A person with a new wallet who subscribes as the page does: types details, is told what to allow, signs, approves where
 * the token has no permit, and waits. Holds `wholeUnits` (1 000 unless said) of each test token and coins for gas.
 */
export async function subscriberOf(dev: Dev, { wholeUnits = 1_000n }: { wholeUnits?: bigint } = {}) {
  const customer = customerOf(dev, generatePrivateKey());
  const { account, publicClient, walletClient, call } = customer;
  const chain = createTestClient({ mode: "anvil", transport: http(dev.chain.rpcUrl) });
  await chain.setBalance({ address: account.address, value: 10n ** 18n });
  await mintTestTokens({ walletClient, publicClient }, { to: [account.address], wholeUnits });

  const tokenOf = (symbol: TokenSymbol) => {
    const token = testTokens.find((one) => one.symbol === symbol);
    if (token === undefined) throw new Error(`There is no test token ${symbol}.`);
    return token;
  };
  const sign = (typedData: TypedData) => account.signTypedData(JSON.parse(JSON.stringify(typedData)) as never);
  const mined = async (hash: Promise<Hex>) => {
    const receipt = await publicClient.waitForTransactionReceipt({ hash: await hash });
    if (receipt.status !== "success") throw new Error(`${receipt.transactionHash} failed`);
    return receipt;
  };

  /** Sets what a spender may take, in base units, in a transaction of one's own. */
  const approve = (token: Hex, spender: Hex, amountBase: bigint) =>
    mined(
      walletClient.writeContract({
        ...{ address: token, abi: erc20Abi, functionName: "approve" },
        args: [spender, amountBase],
      }),
    );

  /** Gives the allowance as the step says. Returns the permit's signature where it is one. */
  async function allow(step: AllowanceStep): Promise<Hex | undefined> {
    if (step.way === "none") return undefined;
    if (step.way === "permit") return sign(step.typedData);
    if (step.resetFirst) await approve(step.token as Hex, step.spender as Hex, 0n);
    await approve(step.token as Hex, step.spender as Hex, BigInt(step.amountBase));
    return undefined;
  }

  /** What the wallet is asked to sign, in the currency of that symbol. */
  async function offer(uuid: string, { symbol = "tUSDC", ...choice }: Choice = {}): Promise<MandateOffer> {
    const { currencies } = await customer.state(uuid);
    const currencyId = currencies.find(({ currency }) => currency.symbol === symbol)?.currency.id;
    return call("POST", `${uuid}/mandate`, { currencyId, subscriber: account.address, ...choice });
  }

  /** Signs an offer of the checkout or of the portal: what is to be posted. */
  async function signaturesOf({ mandateHash, typedData, allowance }: MandateOffer): Promise<MandateSignature> {
    const signature = await sign(typedData);
    const permitSignature = await allow(allowance);
    return { mandateHash, signature, ...(permitSignature !== undefined && { permitSignature }) };
  }

  const hasStatus = (uuid: string, status: string) =>
    until(
      `session ${uuid} is ${status}`,
      async () => {
        const state = await customer.state(uuid);
        return state.status.status === status && state;
      },
      AUTHORISED_WITHIN_MS,
    );

  /** Signs and posts; the session is completed when the chain has confirmed it. */
  async function authorise(uuid: string, choice: Choice = {}): Promise<MandateOffer> {
    const offered = await offer(uuid, choice);
    await call<CheckoutState>("POST", `${uuid}/mandate/signature`, await signaturesOf(offered));
    await hasStatus(uuid, "completed");
    return offered;
  }

  /** The whole way of the page, from the session's link on. Returns what was signed. */
  async function subscribe(uuid: string, choice: Choice = {}): Promise<MandateOffer> {
    await identify(uuid);
    return authorise(uuid, choice);
  }

  const identify = (uuid: string) => customer.identify(uuid, { ...ada, email: `${account.address}@example.com` });

  /** Starts a trial without a signature. */
  async function authoriseLater(uuid: string): Promise<CheckoutState> {
    await identify(uuid);
    return call<CheckoutState>("POST", `${uuid}/authorise-later`);
  }

  const balance = (symbol: TokenSymbol = "tUSDC") =>
    publicClient.readContract({
      ...{ address: tokenOf(symbol).address, abi: erc20Abi, functionName: "balanceOf" },
      args: [account.address],
    });

  /** Moves so many whole units away, or all: the wallet cannot pay any more. */
  async function spend(symbol: TokenSymbol, wholeUnits?: string): Promise<void> {
    const { address, decimals } = tokenOf(symbol);
    const amountBase = wholeUnits === undefined ? await balance(symbol) : parseUnits(wholeUnits, decimals);
    const args = ["0x000000000000000000000000000000000000dEaD", amountBase] as const;
    await mined(walletClient.writeContract({ address, abi: erc20Abi, functionName: "transfer", args }));
  }

  /** More of each test token. */
  const earn = (wholeUnits: bigint) =>
    mintTestTokens({ walletClient, publicClient }, { to: [account.address], wholeUnits });

  /** Sets the subscriptions contract's allowance, in whole units. */
  async function allowOnChain(mandate: MandateOffer, wholeUnits: string): Promise<void> {
    const { address, decimals } = tokenOf(mandate.symbol as TokenSymbol);
    await approve(address, mandate.contract as Hex, parseUnits(wholeUnits, decimals));
  }

  /** From the chain alone: what `Activated` tells is enough to change or cancel a mandate. */
  async function activatedOf({ contract, mandateHash }: MandateOffer) {
    const [log] = await publicClient.getContractEvents({
      ...{ address: contract as Hex, abi: subscriptionsAbi, eventName: "Activated", fromBlock: 0n },
      args: { mandateHash: mandateHash as Hex },
      strict: true,
    });
    if (log === undefined) throw new Error(`${mandateHash} was never activated`);
    const { mandateHash: _hash, planHash, ...head } = log.args;
    return { address: contract as Hex, abi: subscriptionsAbi, head, planHash };
  }

  /** Raises or lowers what one period may take, in whole units, straight at the contract. */
  async function setMaximumOnChain(offered: MandateOffer, wholeUnits: string): Promise<void> {
    const { address, abi, head, planHash } = await activatedOf(offered);
    const args = [head, planHash, parseUnits(wholeUnits, offered.decimals)] as const;
    await mined(walletClient.writeContract({ address, abi, functionName: "setMaximum", args }));
  }

  const statuses = ["unknown", "active", "stopping", "ended", "cancelled"] as const;
  /** Where the contract has the mandate. */
  async function statusOnChain({
    contract,
    mandateHash,
  }: MandateOffer): Promise<(typeof statuses)[number] | undefined> {
    const place = { address: contract as Hex, abi: subscriptionsAbi };
    const args = [mandateHash as Hex] as const;
    return statuses[(await publicClient.readContract({ ...place, functionName: "mandateState", args })).status];
  }

  /** Answers the transaction's hash. */
  async function cancelOnChain(offered: MandateOffer): Promise<Hex> {
    const { address, abi, head, planHash } = await activatedOf(offered);
    const sent = walletClient.writeContract({ address, abi, functionName: "cancel", args: [head, planHash] });
    return (await mined(sent)).transactionHash;
  }

  async function stopOnChain(offered: MandateOffer): Promise<void> {
    const { address, abi, head } = await activatedOf(offered);
    const signed = offered.typedData.message.plan as Plan;
    const plan = { ...signed, maxExecutionFee: BigInt(signed.maxExecutionFee) };
    await mined(walletClient.writeContract({ address, abi, functionName: "stop", args: [{ ...head, plan }] }));
  }

  return {
    address: account.address,
    ...{ publicClient, walletClient, chain, call, state: customer.state, tokenOf },
    ...{ identify, offer, signaturesOf, authorise, subscribe, authoriseLater, hasStatus, sign },
    ...{ balance, spend, earn, approve, allowOnChain, setMaximumOnChain, statusOnChain, cancelOnChain, stopOnChain },
  };
}
