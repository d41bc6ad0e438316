import type { Call, GasPrice, MarketGasPrice } from "@qbitflow/chains";
import type { Context } from "../context.ts";
import { type Lane, lockSender } from "./lane.ts";
import { insertTransaction, type Pending, pendingTransactions } from "./nonce-store.ts";
import { replacementPrice } from "./price.ts";
import { markSent } from "./store.ts";

/** An underpriced one need not wait until it is stuck; but a price is a guess, so not at once either. */
const UNDERPRICED_MS = 1_000;

interface Replacement {
  readonly pending: Pending;
  readonly isWithdrawal: boolean;
}

const isStuck = (lane: Lane, { ageMs, version, isUnderpriced }: Pending) =>
  ageMs > lane.stuckMs * 2 ** Math.min(version - 1, 10) || (isUnderpriced && ageMs > UNDERPRICED_MS);

/** What needs another version: the lowest nonce, for which all others wait, when stuck; and whatever is to be withdrawn. */
function due(ctx: Context, lane: Lane, all: readonly Pending[]): Replacement[] {
  const own = all.filter(({ sender }) => sender === lane.sender.address);
  return own.flatMap((pending, index) => {
    const isLate = pending.sendUntil !== null && pending.sendUntil <= ctx.clock.now();
    if (isLate && !pending.isWithdrawal) return [{ pending, isWithdrawal: true }];
    const isFirst = index === 0 || pending.isUnderpriced;
    return isFirst && isStuck(lane, pending) ? [{ pending, isWithdrawal: pending.isWithdrawal }] : [];
  });
}

/**
 * Signs a dearer version of what is stuck, and a transfer of nothing to the sender itself in place of a call whose time has
 * passed. The versions before stay valid: any of them may be the one that is mined. Answers how many were signed.
 */
export async function replaceStuck(ctx: Context, lane: Lane, market: () => Promise<MarketGasPrice>): Promise<number> {
  const replacements = due(ctx, lane, await pendingTransactions(ctx.db, lane.network));
  let signed = 0;
  for (const replacement of replacements) {
    const price = replacementPrice(replacement.pending.price, await market(), ctx.policy.maxGasPriceBase);
    const { nonce, version } = replacement.pending;
    if (price === null) {
      ctx.log.warn({ network: lane.network, nonce, version }, "a transaction is stuck at MAX_GAS_PRICE_GWEI");
      continue;
    }
    if (await replace(ctx, lane, { ...replacement, price })) signed += 1;
  }
  return signed;
}

async function replace(
  ctx: Context,
  lane: Lane,
  { pending, isWithdrawal, price }: Replacement & { readonly price: GasPrice },
): Promise<boolean> {
  const { sender, network } = lane;
  const withdrawal: Call = { to: sender.address, data: "0x", valueBase: 0n };
  const call = isWithdrawal ? withdrawal : pending.call;
  let { gas } = pending;
  if (isWithdrawal && !pending.isWithdrawal) {
    const simulated = await sender.simulate(withdrawal);
    if (!simulated.ok) throw new Error(`A transfer of nothing is refused: ${simulated.reason}`);
    gas = simulated.gas;
  }
  return ctx.db.transaction(async (tx) => {
    await lockSender(tx, lane);
    const newest = (await pendingTransactions(tx, network)).find(({ hash }) => hash === pending.hash);
    // It got into a block, or another process replaced it.
    if (newest === undefined) return false;
    const signed = await sender.sign({ call, nonce: pending.nonce, gas, price });
    await insertTransaction(tx, { network, sender: sender.address, signed, gas, price, isWithdrawal });
    await markSent(tx, [{ uuid: pending.callUuid, transactionHash: signed.hash }]);
    ctx.log.info(
      { network, nonce: pending.nonce, version: pending.version + 1, isWithdrawal },
      "a transaction was replaced",
    );
    return true;
  });
}
