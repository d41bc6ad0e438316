import type { CheckoutState } from "@qbitflow/api";
import { expect, it } from "vitest";
import { nowMs, quote, session } from "../flow/flow.testing.ts";
import { startFlow } from "../flow/reducer.ts";
import type { Remembered } from "../memory.ts";
import { createStore, type Page } from "./page.ts";
import { forgetAsked, pay } from "./payment.ts";

/** A tab of a browser whose tabs share `remembered`, on a page that was there before anything was asked. */
function tab(remembered: Remembered) {
  const state: CheckoutState = session({ quote: quote() });
  let kept = remembered;
  const memory = {
    read: () => kept,
    write: (change: Remembered) => {
      kept = { ...kept, ...change };
    },
  };
  const page = {
    uuid: state.uuid,
    store: createStore(startFlow(state, nowMs)),
    server: { state: async () => state },
    memory,
    connection: {},
    wallets: { connection: {}, memory, wallet: () => ({ status: "none" }), dispatch: () => {} },
  } as unknown as Page;
  return { page, remembered: () => kept };
}

it("a wallet that another tab asked is not asked a second time until the customer says that nothing was confirmed", async () => {
  const asked = { currencyId: 1, deadline: quote().terms.deadline };
  const { page, remembered } = tab({ asked });
  await pay(page);
  expect(page.store.get().asked).toEqual(asked);
  expect(page.store.get().pay).toEqual({ status: "idle", steps: [] });
  expect(remembered().asked).toEqual(asked);
  forgetAsked(page);
  await pay(page);
  // On to the wallet, of which this tab has none.
  expect(page.store.get()).toMatchObject({ pay: { problem: { code: "walletGone" } } });
  expect(page.store.get().asked).toBeUndefined();
});
