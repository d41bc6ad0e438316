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

/** Pairs with a phone wallet. The library is loaded here and not before; we draw its code ourselves. */
export async function connectWalletConnect(options: WalletConnectOptions): Promise<Eip1193Provider & { stop(): void }> {
  const { UniversalProvider } = await import("@walletconnect/universal-provider");
  const universal = await UniversalProvider.init({
    projectId: options.projectId,
    metadata: { name: options.merchant, description: "Checkout", url: location.origin, icons: [] },
  });
  universal.on("display_uri", options.onPairing);
  // Reads go through WalletConnect's own nodes: the page's CSP lets no other host in.
  const chains = options.chainIds.map((chainId) => `eip155:${chainId}`);
  if (!universal.session) {
    await universal.connect({
      optionalNamespaces: { eip155: { methods, chains, events: ["chainChanged", "accountsChanged"] } },
    });
  }
  const preferred = `eip155:${options.preferredChainId}`;
  const approved = universal.session?.namespaces.eip155?.accounts ?? [];
  if (approved.some((account) => account.startsWith(`${preferred}:`))) universal.setDefaultChain(preferred);
  return {
    request: (call) => universal.request(call as { method: string; params?: unknown[] }),
    on: (event, listener) => universal.on(event, listener as (value: unknown) => void),
    removeListener: (event, listener) => universal.removeListener(event, listener as (value: unknown) => void),
    stop: () => void universal.disconnect().catch(() => undefined),
  };
}
