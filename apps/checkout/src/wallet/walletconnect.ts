import type { UniversalProvider } from "@walletconnect/universal-provider";
import { ProblemError } from "../problem.ts";
import type { Eip1193Provider } from "./provider.ts";

export interface WalletConnectOptions {
  readonly projectId: string;
  readonly merchant: string;
  readonly chainIds: readonly number[];
  readonly preferredChainId: number;
  /** Called with the pairing code to show; not called when an earlier pairing is still good. */
  readonly onPairing: (uri: string) => void;
}

const methods = [
  "eth_sendTransaction",
  "eth_signTypedData_v4",
  "eth_accounts",
  "eth_requestAccounts",
  "wallet_switchEthereumChain",
  "wallet_addEthereumChain",
  "wallet_getCapabilities",
  "wallet_sendCalls",
  "wallet_getCallsStatus",
];

const reachTimeoutMs = 20_000;

/**
 * Pairs with a phone wallet. The library is loaded here and not before; we draw its code ourselves. Throws ProblemError
 * `walletConnectFailed` when the relay does not answer: the library itself would try for ever.
 */
export async function connectWalletConnect(options: WalletConnectOptions): Promise<Eip1193Provider & { stop(): void }> {
  const { UniversalProvider } = await import("@walletconnect/universal-provider");
  const universal = await UniversalProvider.init({
    projectId: options.projectId,
    metadata: { name: options.merchant, description: "Checkout", url: location.origin, icons: [] },
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const unreachable = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new ProblemError({ code: "walletConnectFailed" })), reachTimeoutMs);
  });
  universal.on("display_uri", (uri: string) => {
    clearTimeout(timer);
    options.onPairing(uri);
  });
  try {
    await Promise.race([pair(universal, options), unreachable]);
  } catch (error) {
    universal.abortPairingAttempt();
    await universal.client.core.relayer.transportClose().catch(() => undefined);
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return {
    request: (call) => universal.request(call as { method: string; params?: unknown[] }),
    on: (event, listener) => universal.on(event, listener as (value: unknown) => void),
    removeListener: (event, listener) => universal.removeListener(event, listener as (value: unknown) => void),
    stop: () => void universal.disconnect().catch(() => undefined),
  };
}

async function pair(
  universal: InstanceType<typeof UniversalProvider>,
  { chainIds, preferredChainId }: WalletConnectOptions,
): Promise<void> {
  if (!universal.session) {
    // Reads go through WalletConnect's own nodes: the page's CSP lets no other host in.
    const chains = chainIds.map((chainId) => `eip155:${chainId}`);
    const events = ["chainChanged", "accountsChanged"];
    await universal.connect({ optionalNamespaces: { eip155: { methods, chains, events } } });
  }
  const preferred = `eip155:${preferredChainId}`;
  const approved: readonly string[] = universal.session?.namespaces.eip155?.accounts ?? [];
  if (approved.some((account) => account.startsWith(`${preferred}:`))) universal.setDefaultChain(preferred);
}
