import type { Problem } from "../problem.ts";
import type { WalletChoice, WalletStep } from "./state.ts";

export type WalletEvent =
  | { type: "wallet/found"; choices: readonly WalletChoice[] }
  | { type: "wallet/connecting"; choice: WalletChoice }
  | { type: "wallet/pairing"; uri: string }
  | { type: "wallet/connected"; choice: WalletChoice; address: string; chainId: number }
  | { type: "wallet/failed"; problem: Problem }
  | { type: "wallet/chain"; chainId: number }
  | { type: "wallet/balance"; balanceBase: bigint }
  | { type: "wallet/permit2"; permit2Base: bigint }
  | { type: "wallet/left" };

/** What every page with a wallet keeps of it. */
export interface WalletPart {
  readonly choices: readonly WalletChoice[];
  readonly wallet: WalletStep;
}

export function isWalletEvent(event: { readonly type: string }): event is WalletEvent {
  return event.type.startsWith("wallet/");
}

/** Pure: the wallet's part of a page's state after the event. */
export function reduceWallet<T extends WalletPart>(state: T, event: WalletEvent): T {
  const { wallet } = state;
  switch (event.type) {
    case "wallet/found":
      return { ...state, choices: event.choices };
    case "wallet/connecting":
      return { ...state, wallet: { status: "connecting", choice: event.choice } };
    case "wallet/pairing":
      return wallet.status === "connecting" ? { ...state, wallet: { ...wallet, pairingUri: event.uri } } : state;
    case "wallet/connected": {
      const { choice, address, chainId } = event;
      return { ...state, wallet: { status: "connected", choice, address, chainId } };
    }
    case "wallet/failed":
      return { ...state, wallet: { status: "none", problem: event.problem } };
    case "wallet/chain": {
      if (event.chainId === wallet.chainId) return state;
      const { balanceBase: _balance, permit2Base: _allowance, ...rest } = wallet;
      return { ...state, wallet: { ...rest, chainId: event.chainId } };
    }
    case "wallet/balance":
      return wallet.status === "connected"
        ? { ...state, wallet: { ...wallet, balanceBase: event.balanceBase } }
        : state;
    case "wallet/permit2":
      return wallet.status === "connected"
        ? { ...state, wallet: { ...wallet, permit2Base: event.permit2Base } }
        : state;
    case "wallet/left":
      return { ...state, wallet: { status: "none" } };
  }
}
