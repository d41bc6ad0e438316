import { ChainUnavailableError, type MarketGasPrice } from "@qbitflow/chains";
import type { Context } from "../context.ts";
import type { RelayCall } from "./call.ts";
import { withinGas } from "./gas-limit.ts";
import { type Lane, lockSender, moveNonce } from "./lane.ts";
import { insertNonce, insertTransaction } from "./nonce-store.ts";
import { firstPrice } from "./price.ts";
import { endCalls, lockQueued, markSent, queuedCalls } from "./store.ts";

export const EXPIRED_MESSAGE = "It was in no block in time, and is not sent any more.";

/** What became of a queued call; `waiting` when gas costs more than the limit. */
type Outcome = "signed" | "ended" | "waiting";

/** Calls that no endpoint can judge do not hold up others behind them, so many at most. */
const MAX_PASSED_OVER = 64;

/**
 * Signs queued calls, the oldest first, as many as `room` lets: each is simulated, then its nonce is taken and its
 * transaction stored in one transaction. Nothing is offered to the network here. Answers how many left the queue. Throws
 * ChainUnavailableError when none could be simulated.
 */
export async function signQueued(
  ctx: Context,
  lane: Lane,
  { room, market }: { readonly room: number; readonly market: MarketGasPrice },
): Promise<number> {
  if (room <= 0) return 0;
  let done = 0;
  let silence: ChainUnavailableError | null = null;
  for (const call of await queuedCalls(ctx.db, lane.network, room + MAX_PASSED_OVER)) {
    if (done === room) break;
    try {
      if ((await signOne(ctx, lane, { call, market })) === "waiting") break;
      done += 1;
    } catch (error) {
      if (!(error instanceof ChainUnavailableError)) throw error;
      silence = error;
    }
  }
  if (done === 0 && silence !== null) throw silence;
  return done;
}

async function signOne(
  ctx: Context,
  lane: Lane,
  { call, market }: { readonly call: RelayCall; readonly market: MarketGasPrice },
): Promise<Outcome> {
  const { uuid, purpose, sendUntil } = call;
  const end = { uuid, from: "queued" as const, transactionHash: null };
  if (sendUntil !== null && sendUntil <= ctx.clock.now()) {
    await endCalls(ctx, [{ ...end, to: "expired", message: EXPIRED_MESSAGE }]);
    return "ended";
  }
  const price = firstPrice(market, ctx.policy.maxGasPriceBase);
  if (price === null) {
    ctx.log.warn({ network: lane.network, nowBase: String(market.nowBase) }, "gas costs more than MAX_GAS_PRICE_GWEI");
    return "waiting";
  }
  const simulated = withinGas(purpose, await lane.sender.simulate(call.call));
  if (!simulated.ok) {
    await endCalls(ctx, [{ ...end, to: "refused", message: simulated.reason }]);
    ctx.log.info(
      { network: lane.network, call: uuid, reason: simulated.reason },
      "a call was not sent: it would revert, or take too much gas",
    );
    return "ended";
  }
  const { gas } = simulated;
  return ctx.db.transaction(async (tx): Promise<Outcome> => {
    const nonce = await lockSender(tx, lane);
    if (!(await lockQueued(tx, uuid))) return "ended";
    const signed = await lane.sender.sign({ call: call.call, nonce, gas, price });
    const common = { network: lane.network, sender: lane.sender.address };
    const transaction = { ...common, signed, gas, price, isWithdrawal: false };
    await insertNonce(tx, transaction, uuid);
    await insertTransaction(tx, transaction);
    await moveNonce(tx, lane, nonce + 1);
    await markSent(tx, [{ uuid, transactionHash: signed.hash }]);
    return "signed";
  });
}
