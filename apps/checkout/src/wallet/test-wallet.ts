import type { WalletChoice } from "../flow/state.ts";
import { words } from "../words.ts";
import { chainIdNumber, type Eip1193Provider } from "./provider.ts";

/** What the built-in test wallet asks before it sends or signs, as a real one would. */
export interface TestWalletRequest {
  readonly method: string;
  readonly params: readonly unknown[];
  answer(confirmed: boolean): void;
}

type AskTestWallet = (request: TestWalletRequest) => void;

/** Dev accounts of the local chain; the first five belong to the server. The last one holds nothing and has no key. */
const accounts: Record<string, { index: number } | { address: string }> = {
  "test-rich": { index: 5 },
  "test-second": { index: 6 },
  "test-empty": { address: "0x00000000000000000000000000000000e0e0e0e0" },
};

export const testWalletChoices: readonly WalletChoice[] = [
  { id: "test-rich", name: words.wallet.testRich, kind: "test" },
  { id: "test-second", name: words.wallet.testSecond, kind: "test" },
  { id: "test-empty", name: words.wallet.testEmpty, kind: "test" },
];

/** An EIP-1193 wallet over the server's own chain, whose node holds the keys. Exists on a `local` network only. */
export function testWallet(id: string, ask: AskTestWallet): Eip1193Provider {
  const account = accounts[id] ?? { index: 5 };
  let address: string | undefined;
  const getAddress = async () => {
    if ("address" in account) return account.address;
    const all = (await rpc("eth_accounts", [])) as string[];
    const found = all[account.index];
    if (!found) throw new Error("The local chain has no such account.");
    return found;
  };
  return {
    async request({ method, params }) {
      const list = Array.isArray(params) ? params : [];
      if (method === "eth_requestAccounts" || method === "eth_accounts") {
        address ??= await getAddress();
        return [address];
      }
      if (method === "wallet_switchEthereumChain") return switchChain(list[0]);
      if (method.startsWith("wallet_")) throw walletError(4200, "The test wallet does not support this.");
      if (method === "eth_sendTransaction" || method === "eth_signTypedData_v4") await confirmed(ask, method, list);
      return rpc(method, list);
    },
  };
}

function confirmed(ask: AskTestWallet, method: string, params: readonly unknown[]): Promise<void> {
  return new Promise((resolve, reject) => {
    ask({
      method,
      params,
      answer: (yes) => (yes ? resolve() : reject(walletError(4001, "User rejected the request."))),
    });
  });
}

async function switchChain(parameter: unknown): Promise<null> {
  const wanted = chainIdNumber((parameter as { chainId?: string } | undefined)?.chainId);
  const present = chainIdNumber(await rpc("eth_chainId", []));
  if (wanted !== present) throw walletError(4902, "The test wallet only knows the local network.");
  return null;
}

let lastId = 0;

async function rpc(method: string, params: readonly unknown[]): Promise<unknown> {
  lastId += 1;
  const response = await fetch("/dev/rpc", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: lastId, method, params }),
  });
  const body = (await response.json()) as {
    result?: unknown;
    error?: { code?: number; message?: string; data?: unknown };
  };
  if (body.error && typeof body.error === "object") {
    throw walletError(body.error.code ?? -32603, body.error.message ?? "The local chain refused.", body.error.data);
  }
  if (!response.ok) throw walletError(-32603, "The local chain did not answer.");
  return body.result;
}

function walletError(code: number, message: string, data?: unknown): Error {
  return Object.assign(new Error(message), { code, data });
}
