import { parseTokenAmount } from "@qbitflow/money";
import { withPayLock } from "../lock.ts";
import { authorise, signingHooks } from "../mandate/authorise.ts";
import { checkAllowance, checkMaximum } from "../mandate/check.ts";
import { requestOf } from "../mandate/choice.ts";
import { approve, type SignHooks, signerOn, signTypedData } from "../mandate/sign.ts";
import { allowanceSteps, notSigning } from "../mandate/state.ts";
import { ProblemError } from "../problem.ts";
import { ServerRefused, serverProblem } from "../server.ts";
import { walletProblem } from "../wallet/errors.ts";
import type { PortalPage } from "./index.ts";
import { readablePortal, type Task } from "./state.ts";

/** Asks what a new limit is in tokens and what to sign for it. */
export async function askMaximum({ store, server }: PortalPage, maximumUsd: number): Promise<void> {
  store.set({ maximum: { status: "loading" }, signing: notSigning });
  try {
    store.set({ maximum: { status: "ready", value: await server.maximum({ maximumUsd }) } });
  } catch (error) {
    store.set({ maximum: { status: "failed", problem: serverProblem(error) } });
  }
}

export async function askAllowance({ store, server }: PortalPage, periods: number | null): Promise<void> {
  store.set({ allowance: { status: "loading", periods }, signing: notSigning });
  try {
    store.set({ allowance: { status: "ready", value: await server.allowance({ periods }), periods } });
  } catch (error) {
    store.set({ allowance: { status: "failed", problem: serverProblem(error), periods } });
  }
}

let asked = 0;

/** Asks for an authorisation once currency, choice and wallet are there. */
export async function askMandate({ store, server }: PortalPage): Promise<void> {
  const { state, currencyId, chosen, choice, wallet, signing } = store.get();
  if (!chosen || currencyId === undefined || wallet.status !== "connected" || !wallet.address) return;
  if (signing.status !== "idle") return;
  asked += 1;
  const mine = asked;
  store.set({ mandate: { status: "loading" } });
  try {
    const value = await server.mandate(requestOf(choice, { kind: state.kind, currencyId, subscriber: wallet.address }));
    if (mine === asked) store.set({ mandate: { status: "ready", value } });
  } catch (error) {
    if (mine === asked) store.set({ mandate: { status: "failed", problem: serverProblem(error) } });
  }
}

export function signMaximum(page: PortalPage): Promise<void> {
  return run(page, "maximum", async (hooks) => {
    const { store, server } = page;
    const { state, maximum } = store.get();
    const { mandate } = state;
    const offer = maximum.value;
    if (!mandate || !offer) throw new ProblemError({ code: "offerExpired" });
    const maximumBase = parseTokenAmount(offer.maximum, mandate.currency.decimals);
    if (maximumBase !== BigInt(offer.maximumBase)) {
      throw new ProblemError({ code: "termsDiffer", facts: { what: "most per period" } });
    }
    const { mandateHash, contract } = mandate;
    checkMaximum(offer.typedData, { mandateHash, contract, maximumBase, chainId: mandate.network.chainId });
    const signer = await payingSigner(page);
    hooks.planned(["change", "send"]);
    hooks.step(0, "inWallet");
    const signature = await signTypedData(signer, offer.typedData);
    hooks.step(0, "done");
    hooks.step(1, "waiting");
    const { maximumBase: text, nonce, deadline } = offer;
    return server.signMaximum({ maximumBase: text, nonce, deadline, signature });
  });
}

export function signAllowance(page: PortalPage): Promise<void> {
  return run(page, "allowance", async (hooks) => {
    const { store, server } = page;
    const { state, allowance } = store.get();
    const { mandate } = state;
    const { value: offer, periods } = allowance;
    if (!mandate || !offer || periods === undefined || offer.allowance.way === "none") {
      throw new ProblemError({ code: "offerExpired" });
    }
    const step = offer.allowance;
    checkAllowance(step, {
      amountBase: parseTokenAmount(offer.amount, mandate.currency.decimals),
      chainId: mandate.network.chainId,
      token: mandate.currency.address,
      spender: mandate.contract,
      owner: mandate.subscriber,
    });
    const signer = await payingSigner(page);
    const kinds = [...allowanceSteps(step), "send" as const];
    hooks.planned(kinds);
    if (step.way === "permit") {
      hooks.step(0, "inWallet");
      const signature = await signTypedData(signer, step.typedData);
      hooks.step(0, "done");
      hooks.step(1, "waiting");
      return server.signAllowance({ periods, typedData: step.typedData, signature });
    }
    await approve(signer, step, (kind, status) => hooks.step(kinds.indexOf(kind), status));
    hooks.step(kinds.length - 1, "waiting");
    return server.checkAllowance();
  });
}

export function signMandate(page: PortalPage): Promise<void> {
  return run(page, "mandate", async (hooks) => {
    const { store, server, wallets } = page;
    const { state, mandate, currencyId, wallet } = store.get();
    const entry = state.currencies.find(({ currency }) => currency.id === currencyId);
    if (!entry || !mandate.value) throw new ProblemError({ code: "offerExpired" });
    const signer = await signerOn(wallets.connection.provider, { address: wallet.address, network: entry.network });
    const { uuid, kind, price, frequency } = state;
    const shown = { uuid, kind, price, frequency, entry, subscriber: signer.address };
    const signature = await authorise({ signer, offer: mandate.value, shown, hooks });
    hooks.step(store.get().signing.steps.length - 1, "waiting");
    return server.signMandate(signature);
  });
}

/** Changes are for the wallet that pays, and for no other. */
function payingSigner({ store, wallets }: PortalPage) {
  const { mandate } = store.get().state;
  if (!mandate) throw new ProblemError({ code: "walletGone" });
  return signerOn(wallets.connection.provider, { address: mandate.subscriber, network: mandate.network });
}

type Work = (hooks: SignHooks) => ReturnType<PortalPage["server"]["state"]>;

/** Does one task alone in this browser; what went wrong is in the state. */
async function run({ store }: PortalPage, task: Task, work: Work): Promise<void> {
  if (store.get().signing.status !== "idle") return;
  store.set({ signing: { status: "checking", steps: [] } });
  const hooks = signingHooks(
    () => store.get().signing,
    (signing) => store.set({ signing }),
  );
  const stop = (error: unknown) => {
    const problem = error instanceof ServerRefused ? serverProblem(error) : walletProblem(error);
    store.set({ signing: { ...notSigning, problem } });
  };
  const ran = await withPayLock(store.get().state.uuid, async () => {
    try {
      const state = readablePortal(await work(hooks));
      store.set({ state, signing: notSigning, done: task, view: { name: "overview" } });
    } catch (error) {
      stop(error);
    }
  });
  if (!ran) store.set({ signing: { ...notSigning, problem: { code: "otherTab" } } });
}
