import { tokenAmountToText } from "@qbitflow/money";
import { type FormEvent, useCallback, useEffect, useState } from "react";
import { formatAmount } from "../format.ts";
import { CopyButton, Hex, Notice, Rows, Spinner } from "../ui/pieces.tsx";
import { discoverWallets, type FoundWallet } from "../wallet/discover.ts";
import type { Eip1193Provider } from "../wallet/provider.ts";
import {
  cancelCall,
  type ExitCall,
  type ExitState,
  mismatch,
  readState,
  readTerms,
  revokeCall,
  rpcProvider,
  run,
} from "./chain.ts";
import type { ExitTerms } from "./terms.ts";
import { exitWords as words } from "./words.ts";

export function App() {
  const [terms, setTerms] = useState(() => readTerms(location.hash));
  useEffect(() => {
    const hear = () => setTerms(readTerms(location.hash));
    window.addEventListener("hashchange", hear);
    return () => window.removeEventListener("hashchange", hear);
  }, []);
  return (
    <main className="mx-auto grid w-full max-w-2xl grid-cols-1 gap-5 px-4 py-8 sm:px-6 sm:py-14" data-testid="exit">
      <header className="grid gap-2">
        <h1 className="text-2xl font-semibold tracking-tight sm:text-3xl">{words.title}</h1>
        <p className="text-muted">{words.text}</p>
      </header>
      {terms ? (
        <Exit key={JSON.stringify(terms)} terms={terms} onOther={() => setTerms(undefined)} />
      ) : (
        <Load onTerms={setTerms} />
      )}
    </main>
  );
}

/** Whole tokens; of a token that does not say how many decimals it has, its smallest units. */
function allowed({ allowanceBase, decimals }: ExitState, { symbol }: ExitTerms): string {
  if (allowanceBase > 2n ** 128n) return `∞ ${symbol}`;
  if (decimals === undefined) return words.smallest(String(allowanceBase), symbol);
  return `${formatAmount(tokenAmountToText(allowanceBase, decimals))} ${symbol}`;
}

function Load({ onTerms }: { readonly onTerms: (terms: ExitTerms) => void }) {
  const [text, setText] = useState("");
  const [bad, setBad] = useState(false);
  const use = (given: string) => {
    const terms = readTerms(given);
    setBad(terms === undefined);
    if (terms) onTerms(terms);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    use(text);
  };
  return (
    <form className="card grid gap-4 p-5 sm:p-6" onSubmit={submit} data-testid="load">
      <h2 className="text-lg font-semibold">{words.load}</h2>
      <p className="text-sm text-muted">{words.loadText}</p>
      <label className="grid gap-1.5 text-sm font-medium">
        {words.paste}
        <textarea
          className="field min-h-28 font-mono text-sm"
          spellCheck="false"
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-invalid={bad || undefined}
          data-testid="terms"
        />
      </label>
      {bad ? (
        <Notice tone="bad" testId="bad-terms">
          <p>{words.bad}</p>
        </Notice>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <button type="submit" className="button button-main grow" data-testid="use-terms">
          {words.use}
        </button>
        <label className="button button-quiet cursor-pointer has-focus-visible:outline-3 has-focus-visible:outline-accent">
          {words.open}
          <input
            type="file"
            className="sr-only"
            accept=".json,.txt,application/json,text/plain"
            onChange={(event) => void event.target.files?.[0]?.text().then(use)}
          />
        </label>
      </div>
    </form>
  );
}

function Exit({ terms, onOther }: { readonly terms: ExitTerms; readonly onOther: () => void }) {
  const [provider, setProvider] = useState<Eip1193Provider>();
  return (
    <>
      <section className="card grid gap-2 px-5 py-3 sm:px-6 sm:py-4" aria-label={words.load}>
        <Rows
          label={words.load}
          rows={[
            [words.product, <bdi key="product">{terms.product}</bdi>],
            [words.merchant, <bdi key="merchant">{terms.organization}</bdi>],
            [words.network, `${terms.network} (${terms.chainId})`],
            [words.wallet, <Hex key="wallet">{String(terms.mandate.subscriber)}</Hex>],
            [words.contract, <Hex key="contract">{terms.contract}</Hex>],
          ]}
        />
        <button type="button" className="link mb-2 justify-self-start text-sm" onClick={onOther}>
          {words.other}
        </button>
      </section>
      {provider ? <Actions terms={terms} provider={provider} /> : <Connect terms={terms} onProvider={setProvider} />}
      <ByHand terms={terms} />
    </>
  );
}

function Connect({ terms, onProvider }: { terms: ExitTerms; onProvider: (provider: Eip1193Provider) => void }) {
  const [wallets, setWallets] = useState<readonly FoundWallet[]>([]);
  const [problem, setProblem] = useState<string>();
  const [url, setUrl] = useState("http://127.0.0.1:8545");
  useEffect(() => {
    discoverWallets(setWallets);
  }, []);
  const use = async (provider: Eip1193Provider, ask: boolean) => {
    setProblem(undefined);
    try {
      if (ask) await provider.request({ method: "eth_requestAccounts" });
      const wrong = await mismatch(provider, terms);
      if (wrong) return setProblem(words[wrong]);
      onProvider(provider);
    } catch (error) {
      setProblem(`${words.unreachable} ${error instanceof Error ? error.message : ""}`);
    }
  };
  return (
    <section className="card grid gap-4 p-5 sm:p-6" aria-label={words.connect} data-testid="connect">
      <h2 className="text-lg font-semibold">{words.connect}</h2>
      {problem ? (
        <Notice tone="bad" testId="connect-problem">
          <p>{problem}</p>
        </Notice>
      ) : null}
      {wallets.map(({ choice, provider }) => (
        <button
          key={choice.id}
          type="button"
          className="button button-main"
          onClick={() => void use(provider, true)}
          data-testid={`wallet-${choice.id}`}
        >
          {choice.name}
        </button>
      ))}
      {wallets.length === 0 ? <p className="text-sm text-muted">{words.none}</p> : null}
      {terms.chainId === 31337 ? (
        <form
          className="grid gap-3 rounded-xl border border-dashed border-warn bg-warn-soft p-4"
          onSubmit={(event) => {
            event.preventDefault();
            void use(rpcProvider(url), false);
          }}
        >
          <h3 className="font-semibold text-warn">{words.rpcHeading}</h3>
          <p className="text-sm">{words.rpcText}</p>
          <label className="grid gap-1.5 text-sm font-medium">
            {words.rpcUrl}
            <input
              className="field"
              value={url}
              onChange={(event) => setUrl(event.target.value)}
              data-testid="rpc-url"
            />
          </label>
          <button type="submit" className="button button-quiet bg-panel" data-testid="rpc-use">
            {words.rpcUse}
          </button>
        </form>
      ) : null}
    </section>
  );
}

type Doing = { readonly what: "cancel" | "revoke"; readonly sent: boolean };

function Actions({ terms, provider }: { readonly terms: ExitTerms; readonly provider: Eip1193Provider }) {
  const [state, setState] = useState<ExitState>();
  const [doing, setDoing] = useState<Doing>();
  const [problem, setProblem] = useState<string>();
  const read = useCallback(
    () =>
      readState(provider, terms).then(setState, (error: unknown) =>
        setProblem(`${words.unreachable} ${error instanceof Error ? error.message : ""}`),
      ),
    [provider, terms],
  );
  useEffect(() => {
    void read();
  }, [read]);
  const act = async (what: Doing["what"], call: ExitCall) => {
    setProblem(undefined);
    setDoing({ what, sent: false });
    try {
      await run(provider, { terms, call, onSent: () => setDoing({ what, sent: true }) });
      await read();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : ((error as { message?: string })?.message ?? words.failed));
    } finally {
      setDoing(undefined);
    }
  };
  if (!state) return problem ? <Problem text={problem} /> : <Spinner />;
  const over = state.status === 4;
  const none = state.allowanceBase === 0n;
  return (
    <section className="card grid gap-5 p-5 sm:p-6" aria-label={words.state} data-testid="actions">
      <h2 className="text-lg font-semibold">{words.state}</h2>
      <p className="sr-only" role="status" aria-live="polite">
        {doing ? (doing.sent ? words.waiting : words.confirm) : over ? words.cancelled : ""}
      </p>
      {problem ? <Problem text={problem} /> : null}
      <Action
        id="cancel"
        title={words.mandate}
        now={words.statuses[state.status] ?? String(state.status)}
        label={over ? words.cancelled : words.cancel}
        hint={words.cancelHint}
        over={over}
        doing={doing}
        onAct={() => void act("cancel", cancelCall(terms))}
      />
      <Action
        id="revoke"
        title={words.allowance}
        now={allowed(state, terms)}
        label={none ? words.revoked : words.revoke}
        hint={words.revokeHint}
        over={none}
        doing={doing}
        onAct={() => void act("revoke", revokeCall(terms))}
      />
    </section>
  );
}

interface ActionProps {
  readonly id: Doing["what"];
  readonly title: string;
  readonly now: string;
  readonly label: string;
  readonly hint: string;
  readonly over: boolean;
  readonly doing: Doing | undefined;
  readonly onAct: () => void;
}

function Action({ id, title, now, label, hint, over, doing, onAct }: ActionProps) {
  const mine = doing?.what === id;
  return (
    <div className="grid gap-3 rounded-xl bg-well p-4" data-testid={`exit-${id}`} data-over={over}>
      <p className="wrap-any flex flex-wrap justify-between gap-x-4">
        <span className="font-medium">{title}</span>
        <span className="text-muted tabular-nums" data-testid={`${id}-state`}>
          {now}
        </span>
      </p>
      {over ? (
        <p className="font-medium text-good">{label}</p>
      ) : (
        <>
          <p className="text-sm text-muted">{hint}</p>
          <button
            type="button"
            className={`button ${id === "cancel" ? "button-bad" : "button-quiet bg-panel"}`}
            disabled={doing !== undefined}
            onClick={onAct}
            data-testid={`${id}-do`}
          >
            {mine ? <Spinner /> : null}
            {mine ? (doing.sent ? words.waiting : words.confirm) : label}
          </button>
        </>
      )}
    </div>
  );
}

function Problem({ text }: { readonly text: string }) {
  return (
    <Notice tone="bad" title={words.failed} testId="exit-problem">
      <p>{text}</p>
    </Notice>
  );
}

function ByHand({ terms }: { readonly terms: ExitTerms }) {
  const calls = [
    { title: words.cancel, call: cancelCall(terms) },
    { title: words.revoke, call: revokeCall(terms) },
  ];
  return (
    <details className="card p-5 sm:p-6">
      <summary className="-m-2 p-2 font-semibold">{words.byHand}</summary>
      <div className="mt-4 grid gap-5">
        <p className="text-sm text-muted">{words.byHandText}</p>
        {calls.map(({ title, call }) => (
          <div key={title} className="grid gap-1">
            <h3 className="font-medium">{title}</h3>
            <p className="wrap-any text-sm">
              {words.to} <Hex>{call.to}</Hex>
            </p>
            <p className="wrap-any text-sm">
              {words.data} <Hex>{call.data}</Hex>
            </p>
            <div className="mt-2 grid gap-2 sm:grid-cols-2">
              <CopyButton text={call.to} label={words.copyTo} />
              <CopyButton text={call.data} label={words.copyData} />
            </div>
          </div>
        ))}
      </div>
    </details>
  );
}
