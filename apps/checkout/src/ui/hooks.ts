import type { CheckoutNetwork } from "@qbitflow/api";
import { createContext, useContext, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { FormActions, WalletActions } from "../checkout/form.ts";
import type { Actions, Checkout } from "../checkout/index.ts";
import type { Store } from "../checkout/page.ts";
import type { Flow } from "../flow/state.ts";
import type { WalletPart } from "../flow/wallet.ts";
import type { TestWalletQuestion } from "../wallet/question.ts";

/** A checkout page's state, and what can be done on each of them. */
interface Form {
  readonly store: Store;
  readonly actions: FormActions;
}

const FormContext = createContext<Form | undefined>(undefined);
export const FormProvider = FormContext.Provider;
const PayContext = createContext<Checkout | undefined>(undefined);
export const PayProvider = PayContext.Provider;
const WalletContext = createContext<WalletDesk | undefined>(undefined);
export const WalletProvider = WalletContext.Provider;

/** Where a wallet is chosen and used, on whichever page. */
export interface WalletDesk extends WalletPart {
  readonly actions: WalletActions;
  readonly testWallet: Pick<TestWalletQuestion, "get" | "subscribe">;
  /** Of what is to be done; undefined while nothing was chosen. */
  readonly network: CheckoutNetwork | undefined;
  readonly walletConnect: boolean;
  /** Who asks, for the wallet's question. */
  readonly organizationName: string;
  /** Something is under way: the wallet stays. */
  readonly busy: boolean;
}

function inside<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("Used outside its page.");
  return value;
}

export function useWallets(): WalletDesk {
  return inside(useContext(WalletContext));
}

export function useFlow(): Flow {
  const { store } = inside(useContext(FormContext));
  return useSyncExternalStore(store.subscribe, store.get);
}

export function useActions(): FormActions {
  return inside(useContext(FormContext)).actions;
}

export function usePayActions(): Actions {
  return inside(useContext(PayContext)).actions;
}

export function useTestWalletQuestion() {
  const { testWallet } = useWallets();
  return useSyncExternalStore(testWallet.subscribe, testWallet.get);
}

/** The browser's clock, once a second. */
export function useNow(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}

let pageIsNew = true;

/** Moves the focus to a heading that takes the place of what had it; not when the page has just been opened. */
export function useFocusOnShow<T extends HTMLElement>() {
  const ref = useRef<T>(null);
  useEffect(() => {
    if (pageIsNew) {
      setTimeout(() => {
        pageIsNew = false;
      });
    } else ref.current?.focus({ preventScroll: false });
  }, []);
  return ref;
}
