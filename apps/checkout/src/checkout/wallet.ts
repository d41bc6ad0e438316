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

/**
 * Shows what the wallet has of the chosen currency, and what of it Permit2 may take, where that can be read without asking:
 * the wallet is on the payment's network.
 */
export async function readBalance(page: Pick<Page, "store" | "connection">): Promise<void> {
  const { store, connection } = page;
  const { wallet, quote } = store.get();
  const network = networkOf(store.get());
  const { provider } = connection;
  if (!provider || !wallet.address || !quote.value || !network || wallet.chainId !== network.chainId) return;
  const payer = { provider, address: wallet.address as `0x${string}`, quote: quote.value, network };
  const chain = import("../chain/run.ts");
  const [balanceBase, permit2Base] = await Promise.all([
    chain.then(({ readBalanceBase }) => readBalanceBase(payer)).catch(() => undefined),
    chain.then(({ readPermit2Base }) => readPermit2Base(payer)).catch(() => 0n),
  ]);
  const now = store.get();
  if (now.wallet.address !== wallet.address || now.currencyId !== quote.value.currencyId) return;
  if (balanceBase !== undefined) store.dispatch({ type: "wallet/balance", balanceBase });
  store.dispatch({ type: "wallet/permit2", permit2Base });
}
