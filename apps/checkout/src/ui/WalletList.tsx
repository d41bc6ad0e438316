import type { WalletChoice } from "../flow/state.ts";
import { walletConnectChoice } from "../wallet/connect.ts";
import { testWalletChoices } from "../wallet/test-wallet.ts";
import { words } from "../words.ts";
import { useWallets } from "./hooks.ts";
import { FlaskIcon, PhoneIcon, WalletIcon } from "./icons.tsx";
import { CopyButton } from "./pieces.tsx";

export function WalletList() {
  const { choices, network, walletConnect: configured } = useWallets();
  const local = network?.local === true;
  const walletConnect = configured && !local;
  const none = choices.length === 0 && !walletConnect && !local;
  return (
    <div className="grid gap-4" data-testid="wallet-list">
      {choices.length > 0 || walletConnect ? (
        <ul className="grid gap-2">
          {choices.map((choice) => (
            <Option key={choice.id} choice={choice} hint={words.wallet.detected} />
          ))}
          {walletConnect ? <Option choice={walletConnectChoice} hint={words.wallet.walletConnectHint} /> : null}
        </ul>
      ) : null}
      {local ? <TestWallets /> : null}
      {none ? <p className="text-muted">{words.wallet.none}</p> : null}
      <Help open={none} />
    </div>
  );
}

function TestWallets() {
  return (
    <div className="grid gap-3 rounded-xl border border-dashed border-warn bg-warn-soft p-4" data-testid="test-wallets">
      <div>
        <h3 className="flex items-center gap-2 font-semibold text-warn">
          <FlaskIcon className="size-5" /> {words.wallet.testHeading}
        </h3>
        <p className="text-sm">{words.wallet.testHint}</p>
      </div>
      <ul className="grid gap-2">
        {testWalletChoices.map((choice) => (
          <Option
            key={choice.id}
            choice={choice}
            hint={choice.id === "test-empty" ? words.wallet.testEmptyHint : words.wallet.testHoldsHint}
          />
        ))}
      </ul>
    </div>
  );
}

function Option({ choice, hint }: { readonly choice: WalletChoice; readonly hint: string | undefined }) {
  const { connect } = useWallets().actions;
  return (
    <li>
      <button
        type="button"
        className="option flex min-h-16 w-full min-w-0 items-center gap-3 p-3 text-start"
        onClick={() => void connect(choice)}
        data-testid={`wallet-${choice.id}`}
      >
        <WalletIconOf choice={choice} />
        <span className="wrap-any grid min-w-0 leading-snug">
          <bdi className="font-semibold">{choice.name}</bdi>
          {hint ? <span className="text-sm text-muted">{hint}</span> : null}
        </span>
      </button>
    </li>
  );
}

export function WalletIconOf({ choice }: { readonly choice: WalletChoice }) {
  if (choice.icon) return <img src={choice.icon} alt="" className="size-9 shrink-0 rounded-lg" />;
  const Icon = choice.kind === "test" ? FlaskIcon : choice.kind === "walletConnect" ? PhoneIcon : WalletIcon;
  return (
    <span className="grid size-9 shrink-0 place-items-center rounded-lg bg-well text-muted">
      <Icon className="size-5" />
    </span>
  );
}

function Help({ open }: { readonly open: boolean }) {
  const { lookAgain } = useWallets().actions;
  return (
    <details className="text-sm" open={open} data-testid="wallet-help">
      <summary className="link inline">{words.wallet.help}</summary>
      <div className="mt-3 grid gap-3 rounded-xl bg-well p-4">
        {words.wallet.helpText.map((text) => (
          <p key={text}>{text}</p>
        ))}
        <div className="flex flex-wrap gap-2">
          <CopyButton text={location.href} label={words.wallet.copyLink} />
          <button type="button" className="button button-quiet" onClick={lookAgain}>
            {words.wallet.reload}
          </button>
        </div>
      </div>
    </details>
  );
}
