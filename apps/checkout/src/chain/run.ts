import type { Hex } from "viem";
import { walletProblem } from "../wallet/errors.ts";
import { isNative, type Payer, type Plan, planFor, readAllowanceBase } from "./account.ts";
import {
  approveCall,
  type Call,
  payNativeCall,
  payTokenCall,
  payWithPermitCall,
  permitCall,
  type SplitSignature,
} from "./calls.ts";
import type { SignHooks } from "./gasless.ts";
import { type PermitBase, signPermit } from "./permit.ts";
import { send, sendBatch, waitFor, waitForBatch } from "./send.ts";
import { simulate, wouldRevert } from "./simulate.ts";

export interface RunHooks extends SignHooks {
  /** The wallet is about to be asked for the payment itself. */
  asked(): void;
}

/** Takes the customer through all steps and answers the payment's hash. Throws ProblemError or the wallet's own error. */
export async function runPayment(payer: Payer, hooks: RunHooks): Promise<Hex> {
  try {
    return await runPlan(payer, hooks, await planFor(payer, { permits: true }));
  } catch (error) {
    // A wallet that cannot sign a permit, or one whose token does not take it, can still approve; nothing was sent so far.
    if (!(error instanceof PermitRefused)) throw error;
    return runPlan(payer, hooks, await planFor(payer, { permits: false }));
  }
}

class PermitRefused extends Error {}

async function runPlan(payer: Payer, hooks: RunHooks, { steps, permitBase }: Plan): Promise<Hex> {
  hooks.planned(steps);
  let signature: SplitSignature | undefined;
  for (const [index, step] of steps.entries()) {
    hooks.step(index, "inWallet");
    if (step === "pay") return pay(payer, hooks, { index, signature });
    if (step === "batch") return payInBatch(payer, hooks, index);
    if (step === "permit" || step === "daiPermit") signature = await permit(payer, permitBase);
    else await allow(payer, step, () => hooks.step(index, "waiting"));
    hooks.step(index, "done");
  }
  throw new Error("A plan ends with a payment.");
}

async function permit(payer: Payer, base: PermitBase | null): Promise<SplitSignature> {
  if (!base) throw new Error("A permit is planned only for a domain.");
  const signature = await signPermit(payer, base).catch((error: unknown) => {
    throw walletProblem(error).code === "walletUnsupported" ? new PermitRefused() : error;
  });
  if (await wouldRevert(payer, permitCall(payer.quote, payer.address, { nonce: base.nonce, signature }))) {
    throw new PermitRefused();
  }
  return signature;
}

async function allow(payer: Payer, step: "reset" | "approve", onSent: () => void): Promise<void> {
  const amountBase = step === "reset" ? 0n : BigInt(payer.quote.terms.amount);
  const call = approveCall(payer.quote, amountBase);
  await simulate(payer, call);
  const hash = await send(payer, call);
  onSent();
  await waitFor(payer, hash, async () => {
    const allowanceBase = await readAllowanceBase(payer);
    return step === "reset" ? allowanceBase === 0n : allowanceBase >= amountBase;
  });
}

async function pay(
  payer: Payer,
  hooks: RunHooks,
  { index, signature }: { index: number; signature: SplitSignature | undefined },
): Promise<Hex> {
  const call = payCall(payer, signature);
  await simulate(payer, call);
  await hooks.beforeMoney();
  hooks.asked();
  const hash = await send(payer, call);
  hooks.step(index, "done");
  return hash;
}

function payCall({ quote }: Payer, signature: SplitSignature | undefined): Call {
  if (isNative(quote)) return payNativeCall(quote);
  return signature ? payWithPermitCall(quote, signature) : payTokenCall(quote);
}

async function payInBatch(payer: Payer, hooks: RunHooks, index: number): Promise<Hex> {
  const { quote } = payer;
  const allowanceBase = await readAllowanceBase(payer);
  const reset = allowanceBase > 0n ? [approveCall(quote, 0n)] : [];
  const calls = [...reset, approveCall(quote, BigInt(quote.terms.amount)), payTokenCall(quote)];
  await hooks.beforeMoney();
  hooks.asked();
  const id = await sendBatch(payer, calls);
  hooks.step(index, "waiting");
  return waitForBatch(payer, id, quote.terms.deadline);
}

// This module is the page's one door to the chain code, so that all of it loads together, after Connect.
export { readBalanceBase } from "./account.ts";
export { readPermit2Base, signGasless } from "./gasless.ts";
export { outcomeOf } from "./send.ts";
