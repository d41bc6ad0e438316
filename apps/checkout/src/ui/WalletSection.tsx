import type { Section as SectionName } from "../flow/screen.ts";
import { networkOf } from "../flow/state.ts";
import { formatBase, shortHex } from "../format.ts";
import { words } from "../words.ts";
import { useActions, useFlow, useFocusOnShow } from "./hooks.ts";
import { PairingCode } from "./PairingCode.tsx";
import { PayPanel } from "./PayPanel.tsx";
import { Notice, ProblemNotice, Section, Spinner } from "./pieces.tsx";
import { WalletIconOf, WalletList } from "./WalletList.tsx";

export function WalletSection({ number, open }: { readonly number: number; readonly open: SectionName }) {
  const { wallet } = useFlow();
  if (open !== "wallet") return <Section id="wallet" number={number} title={words.wallet.heading} state="ahead" />;
  return (
    <Section id="wallet" number={number} title={words.wallet.heading} state="open">
      {wallet.problem ? <ProblemNotice problem={wallet.problem} /> : null}
      {wallet.status === "none" ? <WalletList /> : null}
      {wallet.status === "connecting" ? <Connecting /> : null}
      {wallet.status === "connected" ? (
        <>
          <Account />
          <PayPanel />
        </>
      ) : null}
    </Section>
  );
}

function Connecting() {
  const { wallet } = useFlow();
  const { stopConnecting } = useActions();
  return (
    <div className="grid gap-4 rounded-xl bg-well p-4" data-testid="wallet-connecting">
      {wallet.pairingUri ? (
        <PairingCode uri={wallet.pairingUri} />
      ) : (
        <p className="flex items-center gap-3">
          <Spinner /> {words.wallet.connecting(wallet.choice?.name ?? "")}
        </p>
      )}
      <button type="button" className="button button-quiet" onClick={stopConnecting}>
        {words.wallet.stop}
      </button>
    </div>
  );
}

function Account() {
  const flow = useFlow();
  const { disconnect } = useActions();
  const ref = useFocusOnShow<HTMLDivElement>();
  const { wallet, quote, pay } = flow;
  const network = networkOf(flow);
  if (!wallet.choice || !wallet.address) return null;
  const balance =
    wallet.balanceBase !== undefined && quote.value
      ? words.wallet.balance(`${formatBase(wallet.balanceBase, quote.value.decimals, "down")} ${quote.value.symbol}`)
      : undefined;
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
            {balance ? <span data-testid="wallet-balance"> · {balance}</span> : null}
          </span>
        </div>
        <button
          type="button"
          className="link text-sm"
          disabled={pay.status !== "idle"}
          onClick={disconnect}
          data-testid="wallet-change"
        >
          {words.wallet.change}
        </button>
      </div>
      {network && wallet.chainId !== network.chainId && pay.status === "idle" ? (
        <Notice tone="info" testId="wrong-network">
          <p>{words.wallet.wrongNetwork(network.name)}</p>
        </Notice>
      ) : null}
    </div>
  );
}
