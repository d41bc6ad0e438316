import { createContext, useContext, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Actions, Checkout } from "../checkout/index.ts";
import type { Flow } from "../flow/state.ts";

const CheckoutContext = createContext<Checkout | undefined>(undefined);
export const CheckoutProvider = CheckoutContext.Provider;

function useCheckout(): Checkout {
  const checkout = useContext(CheckoutContext);
  if (!checkout) throw new Error("Used outside the checkout.");
  return checkout;
}

export function useFlow(): Flow {
  const { store } = useCheckout();
  return useSyncExternalStore(store.subscribe, store.get);
}

export function useActions(): Actions {
  return useCheckout().actions;
}

export function useTestWalletQuestion() {
  const { testWallet } = useCheckout();
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
