import { networkOf, type WalletChoice } from "../flow/state.ts";
import { type Problem, ProblemError } from "../problem.ts";
import { discoverWallets, type FoundWallet } from "../wallet/discover.ts";
import { walletProblem } from "../wallet/errors.ts";
import { chainIdNumber, type Eip1193Provider } from "../wallet/provider.ts";
import { testWallet } from "../wallet/test-wallet.ts";
import { words } from "../words.ts";
import type { Page } from "./page.ts";

export const walletConnectChoice: WalletChoice = {
  id: "walletconnect",
  name: words.wallet.walletConnect,
  kind: "walletConnect",
};

const found = new Map<string, FoundWallet>();

/** Starts looking for browser wallets, and takes up the one that was connected before a reload. Returns how to look again. */
export function lookForWallets(page: Page): () => void {
  let resumed = false;
  return discoverWallets((wallets) => {
    for (const wallet of wallets) found.set(wallet.choice.id, wallet);
    page.store.dispatch({ type: "wallet/found", choices: wallets.map((wallet) => wallet.choice) });
    const before = wallets.find((wallet) => wallet.choice.id === page.memory.read().walletId);
    if (!before || resumed) return;
    resumed = true;
    void resume(page, before);
  });
}

/** `eth_accounts` never asks the customer; it answers an account only where the wallet still trusts this page. */
async function resume(page: Page, { choice, provider }: FoundWallet): Promise<void> {
  const accounts = await provider.request({ method: "eth_accounts" }).catch(() => []);
  if (page.store.get().wallet.status !== "none" || !firstAccount(accounts)) return;
  await connected(page, choice, provider).catch(() => undefined);
}

let attempts = 0;

/** Connects a wallet. A second call takes the place of a first one that still waits. */
export async function connect(page: Page, choice: WalletChoice): Promise<void> {
  const { store, memory } = page;
  attempts += 1;
  const attempt = attempts;
  leave(page);
  store.dispatch({ type: "wallet/connecting", choice });
  try {
    const { provider, stop } = await open(page, choice);
    if (attempt !== attempts) return stop?.();
    if (stop) page.connection.stop = stop;
    await provider.request({ method: "eth_requestAccounts" });
    if (attempt !== attempts) return;
    await connected(page, choice, provider);
    memory.write({ walletId: choice.id });
  } catch (error) {
    if (attempt !== attempts) return;
    page.connection.stop?.();
    store.dispatch({ type: "wallet/failed", problem: connectProblem(error, choice) });
  }
}

/** Stops waiting for a wallet that does not answer. */
export function stopConnecting(page: Page): void {
  attempts += 1;
  disconnect(page);
}

export function disconnect(page: Page): void {
  leave(page);
  page.memory.write({ walletId: undefined });
  page.store.dispatch({ type: "wallet/left" });
}

function leave({ connection }: Page): void {
  connection.stop?.();
  delete connection.provider;
  delete connection.stop;
}

interface Opened {
  readonly provider: Eip1193Provider;
  /** Ends what stands behind the provider, where something does. */
  readonly stop?: () => void;
}

async function open(page: Page, choice: WalletChoice): Promise<Opened> {
  if (choice.kind === "test") return { provider: testWallet(choice.id, page.askTestWallet) };
  if (choice.kind === "walletConnect") return openWalletConnect(page);
  const wallet = found.get(choice.id);
  if (!wallet) throw new ProblemError({ code: "walletGone" });
  return { provider: wallet.provider };
}

async function openWalletConnect(page: Page): Promise<Opened> {
  const { session } = page.store.get();
  const network = networkOf(page.store.get());
  const { connectWalletConnect } = await import("../wallet/walletconnect.ts");
  const provider = await connectWalletConnect({
    projectId: session.walletConnectProjectId ?? "",
    merchant: session.organizationName,
    chainIds: [...new Set(session.currencies.filter((c) => c.available).map((c) => c.network.chainId))],
    preferredChainId: network?.chainId ?? 1,
    onPairing: (uri) => page.store.dispatch({ type: "wallet/pairing", uri }),
  });
  return { provider, stop: () => provider.stop() };
}

function connectProblem(error: unknown, choice: WalletChoice): Problem {
  const problem = walletProblem(error);
  return problem.code === "walletFailed" && choice.kind === "walletConnect" ? { code: "walletConnectFailed" } : problem;
}

/** Takes a provider's account and network into the state and listens for changes. */
async function connected(page: Page, choice: WalletChoice, provider: Eip1193Provider): Promise<void> {
  const [accounts, chain] = await Promise.all([
    provider.request({ method: "eth_accounts" }),
    provider.request({ method: "eth_chainId" }),
  ]);
  const address = firstAccount(accounts);
  if (!address) throw new ProblemError({ code: "walletLocked" });
  page.connection.provider = provider;
  page.store.dispatch({ type: "wallet/connected", choice, address, chainId: chainIdNumber(chain) });
  listen(page, choice, provider);
  void readBalance(page);
}

function listen(page: Page, choice: WalletChoice, provider: Eip1193Provider): void {
  const stopBefore = page.connection.stop;
  const onAccounts = (accounts: never) => {
    const address = firstAccount(accounts);
    const { chainId = 0 } = page.store.get().wallet;
    if (!address) return disconnect(page);
    page.store.dispatch({ type: "wallet/connected", choice, address, chainId });
    void readBalance(page);
  };
  const onChain = (chainId: never) => {
    page.store.dispatch({ type: "wallet/chain", chainId: chainIdNumber(chainId) });
    void readBalance(page);
  };
  provider.on?.("accountsChanged", onAccounts);
  provider.on?.("chainChanged", onChain);
  page.connection.stop = () => {
    provider.removeListener?.("accountsChanged", onAccounts);
    provider.removeListener?.("chainChanged", onChain);
    stopBefore?.();
  };
}

/** Shows the balance where it can be read without asking: the wallet is on the payment's network. */
export async function readBalance(page: Page): Promise<void> {
  const { store, connection } = page;
  const { wallet, quote } = store.get();
  const network = networkOf(store.get());
  const { provider } = connection;
  if (!provider || !wallet.address || !quote.value || !network || wallet.chainId !== network.chainId) return;
  const { readBalanceBase } = await import("../chain/run.ts");
  const payer = { provider, address: wallet.address as `0x${string}`, quote: quote.value, network };
  const balanceBase = await readBalanceBase(payer).catch(() => undefined);
  const now = store.get();
  const same = now.wallet.address === wallet.address && now.currencyId === quote.value.currencyId;
  if (balanceBase !== undefined && same) store.dispatch({ type: "wallet/balance", balanceBase });
}

function firstAccount(accounts: unknown): string | undefined {
  const first = Array.isArray(accounts) ? accounts[0] : undefined;
  return typeof first === "string" && /^0x[0-9a-fA-F]{40}$/.test(first) ? first : undefined;
}
