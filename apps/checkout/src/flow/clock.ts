import type { CheckoutQuote } from "@qbitflow/api";
import type { Flow } from "./state.ts";

/** Unix seconds by the server's clock. */
export function serverSeconds(flow: Pick<Flow, "clockOffsetMs">, nowMs: number): number {
  return (nowMs + flow.clockOffsetMs) / 1000;
}

export function secondsLeft(flow: Pick<Flow, "clockOffsetMs">, expiresAt: number, nowMs: number): number {
  return Math.max(0, expiresAt - serverSeconds(flow, nowMs));
}

/**
 * A wallet takes time to confirm and a block to come: a quote with less than this left is renewed before the wallet is
 * asked. Two minutes, or a third of a short quote's life.
 */
export function marginSeconds(quote: Pick<CheckoutQuote, "expiresAt" | "serverTime">): number {
  return Math.min(120, Math.max(0, Math.floor((quote.expiresAt - quote.serverTime) / 3)));
}
