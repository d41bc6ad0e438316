import type { WalletChoice, WalletStep } from "../flow/state.ts";
import type { WalletEvent } from "../flow/wallet.ts";
import type { Memory } from "../memory.ts";
import { type Problem, ProblemError } from "../problem.ts";
import { words } from "../words.ts";
import { discoverWallets, type FoundWallet } from "./discover.ts";
import { walletProblem } from "./errors.ts";
import { chainIdNumber, type Eip1193Provider } from "./provider.ts";
import { type TestWalletRequest, testWallet } from "./test-wallet.ts";
import type { WalletConnectOptions } from "./walletconnect.ts";

/** What a page gives to those who connect its wallet. */
export interface WalletHost {
  readonly memory: Pick<Memory, "read" | "write">;
  /** The connected wallet; an object, so no part of the pure state. */
  readonly connection: { provider?: Eip1193Provider; stop?: () => void };
  readonly askTestWallet: (request: TestWalletRequest) => void;
  wallet(): WalletStep;
  dispatch(event: WalletEvent): void;
  /** For WalletConnect: where its code is registered and what the phone is told. */
  pairing(): Omit<WalletConnectOptions, "onPairing">;
  /** Account or network are others now. */
  changed(): void;
}

export const walletConnectChoice: WalletChoice = {
  id: "walletconnect",
  name: words.wallet.walletConnect,
  kind: "walletConnect",
};

const found = new Map<string, FoundWallet>();

/** Starts looking for browser wallets, and takes up the one that was connected before a reload. Returns how to look again. */
export function lookForWallets(host: WalletHost): () => void {
  let resumed = false;
  return discoverWallets((wallets) => {
    for (const wallet of wallets) found.set(wallet.choice.id, wallet);
    host.dispatch({ type: "wallet/found", choices: wallets.map((wallet) => wallet.choice) });
    const before = wallets.find((wallet) => wallet.choice.id === host.memory.read().walletId);
    if (!before || resumed) return;
    resumed = true;
    void resume(host, before);
  });
}

/** `eth_accounts` never asks the customer; it answers an account only where the wallet still trusts this page. */
async function resume(host: WalletHost, { choice, provider }: FoundWallet): Promise<void> {
  const accounts = await provider.request({ method: "eth_accounts" }).catch(() => []);
  if (host.wallet().status !== "none" || !firstAccount(accounts)) return;
  await connected(host, choice, provider).catch(() => undefined);
}

let attempts = 0;

/** Connects a wallet. A second call takes the place of a first one that still waits. */
export async function connect(host: WalletHost, choice: WalletChoice): Promise<void> {
  attempts += 1;
  const attempt = attempts;
  leave(host);
  host.dispatch({ type: "wallet/connecting", choice });
  try {
    const { provider, stop } = await open(host, choice);
    if (attempt !== attempts) return stop?.();
    if (stop) host.connection.stop = stop;
    await provider.request({ method: "eth_requestAccounts" });
    if (attempt !== attempts) return;
    await connected(host, choice, provider);
    host.memory.write({ walletId: choice.id });
  } catch (error) {
    if (attempt !== attempts) return;
    host.connection.stop?.();
    host.dispatch({ type: "wallet/failed", problem: connectProblem(error, choice) });
  }
}

/** Stops waiting for a wallet that does not answer. */
export function stopConnecting(host: WalletHost): void {
  attempts += 1;
  disconnect(host);
}

export function disconnect(host: WalletHost): void {
  leave(host);
  host.memory.write({ walletId: undefined });
  host.dispatch({ type: "wallet/left" });
}

function leave({ connection }: WalletHost): void {
  connection.stop?.();
  delete connection.provider;
  delete connection.stop;
}

interface Opened {
  readonly provider: Eip1193Provider;
  /** Ends what stands behind the provider, where something does. */
  readonly stop?: () => void;
}

async function open(host: WalletHost, choice: WalletChoice): Promise<Opened> {
  if (choice.kind === "test") return { provider: testWallet(choice.id, host.askTestWallet) };
  if (choice.kind === "walletConnect") return openWalletConnect(host);
  const wallet = found.get(choice.id);
  if (!wallet) throw new ProblemError({ code: "walletGone" });
  return { provider: wallet.provider };
}

async function openWalletConnect(host: WalletHost): Promise<Opened> {
  const { connectWalletConnect } = await import("../wallet/walletconnect.ts");
  const onPairing = (uri: string) => host.dispatch({ type: "wallet/pairing", uri });
  const provider = await connectWalletConnect({ ...host.pairing(), onPairing });
  return { provider, stop: () => provider.stop() };
}

function connectProblem(error: unknown, choice: WalletChoice): Problem {
  const problem = walletProblem(error);
  return problem.code === "walletFailed" && choice.kind === "walletConnect" ? { code: "walletConnectFailed" } : problem;
}

/** Takes a provider's account and network into the state and listens for changes. */
async function connected(host: WalletHost, choice: WalletChoice, provider: Eip1193Provider): Promise<void> {
  const [accounts, chain] = await Promise.all([
    provider.request({ method: "eth_accounts" }),
    provider.request({ method: "eth_chainId" }),
  ]);
  const address = firstAccount(accounts);
  if (!address) throw new ProblemError({ code: "walletLocked" });
  host.connection.provider = provider;
  host.dispatch({ type: "wallet/connected", choice, address, chainId: chainIdNumber(chain) });
  listen(host, choice, provider);
  host.changed();
}

function listen(host: WalletHost, choice: WalletChoice, provider: Eip1193Provider): void {
  const stopBefore = host.connection.stop;
  const onAccounts = (accounts: never) => {
    const address = firstAccount(accounts);
    const { chainId = 0 } = host.wallet();
    if (!address) return disconnect(host);
    host.dispatch({ type: "wallet/connected", choice, address, chainId });
    host.changed();
  };
  const onChain = (chainId: never) => {
    host.dispatch({ type: "wallet/chain", chainId: chainIdNumber(chainId) });
    host.changed();
  };
  provider.on?.("accountsChanged", onAccounts);
  provider.on?.("chainChanged", onChain);
  host.connection.stop = () => {
    provider.removeListener?.("accountsChanged", onAccounts);
    provider.removeListener?.("chainChanged", onChain);
    stopBefore?.();
  };
}

function firstAccount(accounts: unknown): string | undefined {
  const first = Array.isArray(accounts) ? accounts[0] : undefined;
  return typeof first === "string" && /^0x[0-9a-fA-F]{40}$/.test(first) ? first : undefined;
}
