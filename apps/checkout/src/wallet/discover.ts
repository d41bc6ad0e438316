import type { WalletChoice } from "../flow/state.ts";
import { words } from "../words.ts";
import type { Eip1193Provider } from "./provider.ts";

export interface FoundWallet {
  readonly choice: WalletChoice;
  readonly provider: Eip1193Provider;
}

interface Announcement {
  readonly info?: { uuid?: unknown; name?: unknown; icon?: unknown; rdns?: unknown };
  readonly provider?: Eip1193Provider;
}

/** Listens for EIP-6963 announcements; `found` hears the whole list each time it grows. Returns how to ask again. */
export function discoverWallets(found: (wallets: readonly FoundWallet[]) => void): () => void {
  const wallets = new Map<string, FoundWallet>();
  window.addEventListener("eip6963:announceProvider", (event) => {
    const wallet = fromAnnouncement((event as CustomEvent<Announcement>).detail);
    // The first to announce an id keeps it: a later script cannot take a wallet's place.
    if (!wallet || wallets.has(wallet.choice.id) || wallets.size >= 30) return;
    wallets.set(wallet.choice.id, wallet);
    found([...wallets.values()]);
  });
  const ask = () => {
    window.dispatchEvent(new Event("eip6963:requestProvider"));
    const legacy = legacyWallet();
    if (wallets.size === 0 && legacy) found([legacy]);
  };
  ask();
  // Some old wallets appear only after the page has loaded.
  setTimeout(ask, 600);
  return ask;
}

function fromAnnouncement(detail: Announcement | undefined): FoundWallet | undefined {
  const { info, provider } = detail ?? {};
  if (!info || typeof info.name !== "string" || typeof provider?.request !== "function") return undefined;
  const id = typeof info.rdns === "string" && info.rdns ? info.rdns : String(info.uuid);
  // EIP-6963 asks for data: images; anything else could watch who opens the page.
  const icon = typeof info.icon === "string" && info.icon.startsWith("data:image/") ? { icon: info.icon } : {};
  return { choice: { id, name: info.name.slice(0, 40), kind: "browser", ...icon }, provider };
}

function legacyWallet(): FoundWallet | undefined {
  const provider = (window as { ethereum?: Eip1193Provider }).ethereum;
  if (typeof provider?.request !== "function") return undefined;
  return { choice: { id: "legacy", name: words.wallet.legacy, kind: "browser" }, provider };
}
