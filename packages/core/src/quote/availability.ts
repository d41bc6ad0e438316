import type { Network } from "@qbitflow/chains";
import { scanStates } from "../chain-scan/index.ts";
import type { Context } from "../context.ts";

const SILENCE_MS = 60_000;
const SILENCE_BLOCKS = 10;

async function states(ctx: Context) {
  const remembered = ctx.cache.get<Awaited<ReturnType<typeof scanStates>>>("chains:");
  if (remembered) return remembered;
  const found = await scanStates(ctx);
  ctx.cache.set("chains:", found);
  return found;
}

/**
 * Why payments on this network would not be noticed now, as a sentence for customers; null when they would. Judged by
 * what the watcher wrote down, never by asking the chain: a slow chain must not hold up a page.
 */
export async function whyChainUnavailable(ctx: Context, network: Network): Promise<string | null> {
  const state = (await states(ctx)).find((one) => one.network === network.slug);
  // Nothing written yet: the server has only just begun to watch.
  if (!state) return null;
  if (state.haltedReason !== null) return `${network.name} is being checked by the operator. Choose another currency.`;
  const limitMs = Math.max(SILENCE_MS, SILENCE_BLOCKS * network.blockTimeMs);
  return state.silentMs > limitMs
    ? `${network.name} is not reachable at the moment. Choose another currency or wait.`
    : null;
}

export const noPrice = (symbol: string) =>
  `There is no reliable ${symbol} price at the moment. Choose another currency or wait.`;
