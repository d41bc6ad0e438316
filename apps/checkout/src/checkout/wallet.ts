import { networkOf } from "../flow/state.ts";
import type { WalletHost } from "../wallet/connect.ts";
import { type Page, pairingOf } from "./page.ts";

/** How the payment's page keeps its wallet. */
export function walletHost(page: Pick<Page, "store" | "memory" | "connection" | "askTestWallet">): WalletHost {
  const { store, memory, connection, askTestWallet } = page;
  return {
    memory,
    connection,
    askTestWallet,
    wallet: () => store.get().wallet,
    dispatch: store.dispatch,
    pairing: () => pairingOf(store.get()),
    changed: () => void readBalance(page),
  };
}

/** Shows the balance where it can be read without asking: the wallet is on the payment's network. */
export async function readBalance(page: Pick<Page, "store" | "connection">): Promise<void> {
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
