import type { ReactNode } from "react";
import { shortHex } from "../format.ts";
import { words } from "../words.ts";
import { useFocusOnShow, useWallets } from "./hooks.ts";
import { PairingCode } from "./PairingCode.tsx";
import { Notice, ProblemNotice, Spinner } from "./pieces.tsx";
import { WalletIconOf, WalletList } from "./WalletList.tsx";

interface WalletPanelProps {
  /** What the wallet holds, in words, where it is known. */
  readonly balance?: string | undefined;
  /** What the connected wallet is for. */
  readonly children: ReactNode;
}

/** Choosing a wallet, waiting for it, and what it does once it is there. */
export function WalletPanel({ balance, children }: WalletPanelProps) {
  const { wallet } = useWallets();
  return (
    <>
      {wallet.problem ? <ProblemNotice problem={wallet.problem} /> : null}
      {wallet.status === "none" ? <WalletList /> : null}
      {wallet.status === "connecting" ? <Connecting /> : null}
      {wallet.status === "connected" ? (
        <>
          <Account balance={balance} />
          {children}
        </>
      ) : null}
    </>
  );
}

function Connecting() {
  const { wallet, actions } = useWallets();
  return (
    <div className="grid gap-4 rounded-xl bg-well p-4" data-testid="wallet-connecting">
      {wallet.pairingUri ? (
        <PairingCode uri={wallet.pairingUri} />
      ) : (
        <p className="flex items-center gap-3">
          <Spinner /> {words.wallet.connecting(wallet.choice?.name ?? "")}
        </p>
      )}
      <button type="button" className="button button-quiet" onClick={actions.stopConnecting}>
        {words.wallet.stop}
      </button>
    </div>
  );
}

function Account({ balance }: { readonly balance: string | undefined }) {
  const { wallet, network, busy, actions } = useWallets();
  const ref = useFocusOnShow<HTMLDivElement>();
  if (!wallet.choice || !wallet.address) return null;
  return (
    <div className="grid gap-3">
      <div
        ref={ref}
        tabIndex={-1}
        className="flex min-w-0 items-center gap-3 rounded-xl border border-line p-3"
        data-testid="wallet-account"
      >
        <WalletIconOf choice={wallet.choice} />
        <div className="wrap-any grid min-w-0 grow leading-snug">
          <bdi className="font-semibold">{wallet.choice.name}</bdi>
          <span className="text-sm text-muted">
            <span className="font-mono text-xs" title={wallet.address}>
              {shortHex(wallet.address)}
            </span>
            {balance ? (
              <span className="max-sm:block" data-testid="wallet-balance">
                <span className="max-sm:hidden"> · </span>
                <span className="max-sm:sr-only">{words.wallet.balance}</span> {balance}
              </span>
            ) : null}
          </span>
        </div>
        <button
          type="button"
          className="link text-sm"
          disabled={busy}
          onClick={actions.disconnect}
          data-testid="wallet-change"
        >
          {words.wallet.change}
        </button>
      </div>
      {network && wallet.chainId !== network.chainId && !busy ? (
        <Notice tone="info" testId="wrong-network">
          <p>{words.wallet.wrongNetwork(network.name)}</p>
        </Notice>
      ) : null}
    </div>
  );
}
