/** A browser wallet of our own making, announced by EIP-6963, over the development chain. Each test tells how it behaves. */
import type { Page } from "playwright-core";

export interface FakeWalletBehaviour {
  /** Index of the unlocked account on the chain. */
  readonly account: number;
  /** Method → error thrown instead of an answer. */
  readonly errors?: Record<string, { code: number; message: string }>;
  /** Methods that are never answered. */
  readonly silent?: readonly string[];
  /** The network it is on until it is asked to switch. */
  readonly chainId?: number;
  /** Knows only its own network until `wallet_addEthereumChain`. */
  readonly mustAdd?: boolean;
  /** Runs EIP-5792 batches. */
  readonly batches?: boolean;
  /** Which signatures the customer refuses: the first is 1. */
  readonly refuses?: readonly number[];
  /** Announces nothing and stands at `window.ethereum`. */
  readonly legacy?: boolean;
}

declare global {
  interface Window {
    /** Methods the page called, in order, reads left out. */
    asked: string[];
  }
}

/** Puts the wallet into every document of the page. */
export async function installFakeWallet(page: Page, behaviour: FakeWalletBehaviour): Promise<void> {
  await page.addInitScript(fakeWallet, behaviour);
}

/** What the wallet was asked to do since the document loaded. */
export function askedOf(page: Page): Promise<string[]> {
  return page.evaluate(() => window.asked);
}

// Runs in the page: nothing from outside this function exists there.
function fakeWallet(behaviour: FakeWalletBehaviour): void {
  window.asked = [];
  let chainId = `0x${(behaviour.chainId ?? 31337).toString(16)}`;
  let added = !behaviour.mustAdd;
  const batches = new Map<string, string>();
  let signatures = 0;

  async function rpc(method: string, params: unknown): Promise<unknown> {
    const response = await fetch("/dev/rpc", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
    });
    const body = await response.json();
    if (body.error) throw Object.assign(new Error(body.error.message), body.error);
    return body.result;
  }
  const fail = (code: number, message: string) => {
    throw Object.assign(new Error(message), { code });
  };
  const account = async () => ((await rpc("eth_accounts", [])) as string[])[behaviour.account];

  async function mined(hash: string): Promise<void> {
    while (!(await rpc("eth_getTransactionReceipt", [hash]))) await new Promise((resolve) => setTimeout(resolve, 100));
  }

  async function sendCalls(batch: { from: string; calls: Record<string, string>[] }): Promise<{ id: string }> {
    let hash = "";
    for (const call of batch.calls) {
      hash = (await rpc("eth_sendTransaction", [{ from: batch.from, ...call }])) as string;
      await mined(hash);
    }
    batches.set("batch-1", hash);
    return { id: "batch-1" };
  }

  async function request({ method, params = [] }: { method: string; params?: never[] }): Promise<unknown> {
    if (/send|sign|wallet_|request/.test(method)) window.asked.push(method);
    if (method === "eth_signTypedData_v4") {
      signatures += 1;
      if (behaviour.refuses?.includes(signatures)) return fail(4001, "User rejected the request.");
    }
    if (behaviour.silent?.includes(method)) return new Promise(() => undefined);
    const error = behaviour.errors?.[method];
    if (error) return fail(error.code, error.message);
    switch (method) {
      case "eth_requestAccounts":
      case "eth_accounts":
        return [await account()];
      case "eth_chainId":
        return chainId;
      case "wallet_addEthereumChain":
        added = true;
        return null;
      case "wallet_switchEthereumChain":
        if (!added) return fail(4902, "Unrecognized chain ID.");
        chainId = (params[0] as unknown as { chainId: string }).chainId;
        return null;
      case "wallet_getCapabilities":
        return behaviour.batches ? { [chainId]: { atomic: { status: "supported" } } } : fail(4200, "Not supported.");
      case "wallet_sendCalls":
        return sendCalls(params[0] as never);
      case "wallet_getCallsStatus":
        return { status: 200, receipts: [{ transactionHash: batches.get("batch-1"), status: "0x1" }] };
      default:
        return rpc(method, params);
    }
  }

  const provider = { request, on: () => undefined, removeListener: () => undefined };
  if (behaviour.legacy) {
    (window as unknown as { ethereum: unknown }).ethereum = provider;
    return;
  }
  const info = {
    uuid: "1",
    name: "Fake Wallet",
    rdns: "test.fake",
    icon: "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path fill='orange' d='M0 0h9v9H0z'/></svg>",
  };
  const announce = () =>
    window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail: Object.freeze({ info, provider }) }));
  window.addEventListener("eip6963:requestProvider", announce);
  announce();
}
