import type { Hex } from "viem";
import { ProblemError } from "../problem.ts";
import { toHex } from "../wallet/provider.ts";
import type { Payer } from "./account.ts";
import type { Call } from "./calls.ts";
import { callParameters } from "./simulate.ts";

/** Asks the wallet to send; gas and its price are the wallet's business. Answers the transaction's hash. */
export async function send({ provider, address }: Pick<Payer, "provider" | "address">, call: Call): Promise<Hex> {
  const hash = await provider.request({ method: "eth_sendTransaction", params: [callParameters(address, call)] });
  return hash as Hex;
}

export type Outcome = "success" | "reverted" | "unknown";

export async function outcomeOf(provider: Payer["provider"], hash: string): Promise<Outcome> {
  const receipt = await provider
    .request({ method: "eth_getTransactionReceipt", params: [hash] })
    .catch(() => undefined);
  const status = (receipt as { status?: string } | null | undefined)?.status;
  if (status === undefined) return "unknown";
  return BigInt(status) === 1n ? "success" : "reverted";
}

/** Waits for an approval to be in force. A sped-up transaction has another hash, so what counts is `inForce`. */
export async function waitFor(
  payer: Pick<Payer, "provider" | "network">,
  hash: Hex,
  inForce: () => Promise<boolean>,
): Promise<void> {
  const untilMs = Date.now() + 10 * 60_000;
  let successes = 0;
  while (Date.now() < untilMs) {
    const outcome = await outcomeOf(payer.provider, hash);
    if (outcome === "reverted") throw new ProblemError({ code: "reverted" });
    if (await inForce()) return;
    // Mined, yet less is allowed than asked: the customer lowered it in the wallet. (A lagging node may need a moment.)
    if (outcome === "success") successes += 1;
    if (successes > 3) throw new ProblemError({ code: "allowedTooLittle" });
    await pause(pollMs(payer));
  }
  throw new ProblemError({ code: "walletFailed" });
}

/** Sends all calls as one (EIP-5792). Answers the identifier the wallet gives them. */
export async function sendBatch({ provider, address, network }: Payer, calls: readonly Call[]): Promise<string> {
  const answer = await provider.request({
    method: "wallet_sendCalls",
    params: [
      {
        version: "2.0.0",
        from: address,
        chainId: toHex(network.chainId),
        atomicRequired: true,
        calls: calls.map(({ to, data, valueBase }) => ({ to, data, value: toHex(valueBase) })),
      },
    ],
  });
  return typeof answer === "string" ? answer : (answer as { id: string }).id;
}

interface CallsStatus {
  readonly status?: number;
  readonly receipts?: readonly { transactionHash?: Hex }[];
}

/** The batch's transaction hash, once the wallet knows it. Throws ProblemError `reverted` when the batch failed. */
export async function waitForBatch(payer: Payer, id: string, deadline: number): Promise<Hex> {
  const untilMs = Date.now() + 15 * 60_000;
  for (;;) {
    const answer = (await payer.provider
      .request({ method: "wallet_getCallsStatus", params: [id] })
      .catch(() => undefined)) as CallsStatus | undefined;
    const hash = answer?.receipts?.at(-1)?.transactionHash;
    if ((answer?.status ?? 0) >= 400) throw new ProblemError({ code: "reverted" });
    if (hash) return hash;
    if (Date.now() > untilMs || Date.now() / 1000 > deadline + 120) throw new ProblemError({ code: "dropped" });
    await pause(pollMs(payer));
  }
}

function pollMs({ network }: Pick<Payer, "network">): number {
  return Math.min(4_000, Math.max(400, network.blockTimeMs / 2));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
