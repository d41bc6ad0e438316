import type { TransactionStatus } from "@qbitflow/api";
import { scanStates } from "../chain-scan/health.ts";
import { confirmationsMessage } from "../checkout-session/status.ts";
import type { Context } from "../context.ts";
import type { SubjectCall } from "../relay/index.ts";

type Told = Omit<TransactionStatus, "type">;

const failures: Partial<Record<SubjectCall["state"], Told>> = {
  refused: { status: "failed", message: "The network would not take it. Nothing was changed; try again." },
  reverted: { status: "failed", message: "It failed on the network. Nothing was changed; try again." },
  expired: { status: "expired", message: "The network did not take it in time. Nothing was changed; try again." },
};

async function sentStatus(ctx: Context, { network, blockNumber }: SubjectCall): Promise<Told> {
  if (blockNumber === null) return { status: "pending" };
  const scanned = (await scanStates(ctx)).find((state) => state.network === network)?.scannedNumber;
  const needed = ctx.chains.get(network)?.network.confirmations;
  if (scanned === undefined || needed === undefined) return { status: "waitingConfirmation" };
  const message = confirmationsMessage({ have: scanned - blockNumber + 1, needed });
  return { status: "waitingConfirmation", message };
}

/** A call of the relay as a transaction's status. */
export async function callStatus(ctx: Context, call: SubjectCall): Promise<Told> {
  const { state, transactionHash } = call;
  const hash = transactionHash === null ? {} : { txHash: transactionHash };
  const failure = failures[state];
  if (failure) return { ...failure, ...hash };
  if (state === "queued") return { status: "created" };
  if (state === "mined") return { status: "completed", ...hash };
  return { ...(await sentStatus(ctx, call)), ...hash };
}
