import { decodeErrorResult, type Hex, isHex } from "viem";
import { type Problem, ProblemError } from "../problem.ts";
import { toHex } from "../wallet/provider.ts";
import { checkoutAbi } from "./abi.ts";
import type { Payer } from "./account.ts";
import type { Call } from "./calls.ts";

export function callParameters(from: Hex, call: Call) {
  return { from, to: call.to, data: call.data, value: toHex(call.valueBase) };
}

/** Runs the call without sending it. Throws ProblemError with the reason when it would revert. */
export async function simulate(payer: Payer, call: Call): Promise<void> {
  try {
    await run(payer, call);
  } catch (error) {
    const problem = revertProblem(error);
    if (problem) throw new ProblemError(problem, { cause: error });
    // A node that could not answer is no reason to stop: the wallet runs its own test before it sends.
  }
}

export async function wouldRevert(payer: Payer, call: Call): Promise<boolean> {
  try {
    await run(payer, call);
    return false;
  } catch (error) {
    return revertProblem(error) !== undefined;
  }
}

function run({ provider, address }: Payer, call: Call): Promise<unknown> {
  return provider.request({ method: "eth_call", params: [callParameters(address, call), "latest"] });
}

/** Why a call reverted, in the customer's terms; undefined when the error is not a revert. */
export function revertProblem(error: unknown): Problem | undefined {
  const data = revertData(error);
  if (data) return decodedProblem(data);
  const shape = error as { code?: unknown; message?: unknown };
  const message = typeof shape?.message === "string" ? shape.message : "";
  if (shape?.code === 3 || /revert/i.test(message)) return { code: "simulationFailed", facts: reason(message) };
  if (/insufficient funds/i.test(message)) return { code: "simulationFailed", facts: { said: "too little balance" } };
  return undefined;
}

function reason(message: string): Record<string, string> {
  const said = /revert(?:ed)?(?: with reason string)?[:,]?\s*['"]?([^'"]{3,120})/i.exec(message)?.[1];
  return said ? { said } : {};
}

/** Nodes and wallets put revert data at different depths. */
function revertData(error: unknown): Hex | undefined {
  let at = error as { data?: unknown; originalError?: unknown; cause?: unknown; error?: unknown } | undefined;
  for (let depth = 0; depth < 6 && at && typeof at === "object"; depth++) {
    if (isHex(at.data) && at.data.length >= 10) return at.data;
    at = (at.data ?? at.originalError ?? at.error ?? at.cause) as typeof at;
  }
  return undefined;
}

function decodedProblem(data: Hex): Problem {
  try {
    const { errorName, args } = decodeErrorResult({ abi: checkoutAbi, data }) as {
      errorName: string;
      args?: readonly unknown[];
    };
    switch (errorName) {
      case "PaymentExpired":
        return { code: "quoteExpired" };
      case "RecipientRefused":
      case "NativeTransferFailed":
        return { code: "recipientRefused" };
      case "Error":
        return { code: "simulationFailed", facts: { said: String(args?.[0] ?? "").slice(0, 120) } };
      case "TokenTransferFailed":
        return { code: "simulationFailed", facts: { said: "the token refused the transfer" } };
      case "PermitFailed":
        return { code: "simulationFailed", facts: { said: "the token refused the signed permission" } };
      default:
        return { code: "simulationFailed", facts: { said: errorName } };
    }
  } catch {
    return { code: "simulationFailed" };
  }
}
