import type { MandateOffer, MandateSignature } from "@qbitflow/api";
import { parseTokenAmount } from "@qbitflow/money";
import { formatAmount } from "../format.ts";
import { ProblemError } from "../problem.ts";
import { checkMandate, type Shown } from "./check.ts";
import { approve, type Signer, type SignHooks, signTypedData } from "./sign.ts";
import { allowanceSteps, type Signing, type SignKind, type SignStep } from "./state.ts";

export interface Authorisation {
  readonly signer: Signer;
  readonly offer: MandateOffer;
  readonly shown: Shown;
  readonly hooks: SignHooks;
}

/** Signs what the offer shows, after checking that it is the same. Throws ProblemError or the wallet's own error. */
export async function authorise({ signer, offer, shown, hooks }: Authorisation): Promise<MandateSignature> {
  checkMandate(offer, shown);
  checkBalance(offer);
  const { allowance, mandateHash } = offer;
  const kinds: SignKind[] = ["mandate", ...allowanceSteps(allowance), "send"];
  hooks.planned(kinds);
  const run = async <T>(index: number, work: () => Promise<T>) => {
    hooks.step(index, "inWallet");
    const result = await work();
    hooks.step(index, "done");
    return result;
  };
  // The mandate first: it costs nothing, so a customer who refuses it has paid for no approval.
  const signature = await run(0, () => signTypedData(signer, offer.typedData));
  if (allowance.way === "permit") {
    const permitSignature = await run(1, () => signTypedData(signer, allowance.typedData));
    return { mandateHash, signature, permitSignature };
  }
  if (allowance.way === "approve") {
    await approve(signer, allowance, (kind, status) => hooks.step(kinds.indexOf(kind), status));
  }
  return { mandateHash, signature };
}

/** The first charge has to be there: told before anything is signed. */
function checkBalance({ firstCharge, balance, decimals, symbol }: MandateOffer): void {
  if (!firstCharge) return;
  const base = (text: string) => parseTokenAmount(text, decimals);
  const needBase = base(firstCharge.amount) + base(firstCharge.executionFee);
  const haveBase = base(balance);
  if (haveBase >= needBase) return;
  const text = (amountBase: bigint) => `${formatAmount(amountText(amountBase, decimals))} ${symbol}`;
  const facts = { symbol, need: text(needBase), have: text(haveBase), missing: text(needBase - haveBase) };
  throw new ProblemError({ code: "tooLittle", facts });
}

/** Exact, with no more decimals than there are. */
export function amountText(amountBase: bigint, decimals: number): string {
  const digits = amountBase.toString().padStart(decimals + 1, "0");
  const fraction = decimals > 0 ? digits.slice(-decimals).replace(/0+$/, "") : "";
  const whole = decimals > 0 ? digits.slice(0, -decimals) : digits;
  return fraction ? `${whole}.${fraction}` : whole;
}

/** Hooks that keep `signing` up to date. */
export function signingHooks(get: () => Signing, set: (signing: Signing) => void): SignHooks {
  return {
    planned: (kinds) => set({ status: "working", steps: kinds.map((kind) => ({ kind, status: "next" as const })) }),
    step: (index, status) => {
      const { steps } = get();
      const change = (step: SignStep, i: number) => (i === index ? { ...step, status } : step);
      set({ status: "working", steps: steps.map(change) });
    },
  };
}
