import type { ChainSender } from "../sender.ts";

export type BroadcastAnswer = Awaited<ReturnType<ChainSender["broadcast"]>>;

// Nodes agree on no code for these, so the words decide: those of geth, reth, Nethermind, Erigon, Besu and anvil.
const ANSWERS: readonly (readonly [BroadcastAnswer, RegExp])[] = [
  ["known", /already (known|imported|exists)|known transaction|already in (the )?(mem|tx)?pool/i],
  ["nonce_used", /nonce (is )?too low|old ?nonce|nonce.*(already|been) used|nonce below/i],
  [
    "underpriced",
    /underpriced|fee (is )?too low|price (is )?too low|less than block base fee|below (the )?(base|min)|replacement|feecap/i,
  ],
  ["no_funds", /insufficient (funds|balance)|not enough (funds|balance)|upfront cost|overshot/i],
];

/** What an endpoint's refusal of a raw transaction means; null when it is about the endpoint. */
export function readRefusal(message: string): BroadcastAnswer | null {
  return ANSWERS.find(([, words]) => words.test(message))?.[0] ?? null;
}

const BY_WEIGHT: readonly BroadcastAnswer[] = ["sent", "known", "nonce_used", "underpriced", "no_funds"];

/** One answer of several: the transaction is under way as soon as one source took it. */
export function heaviestAnswer(answers: readonly BroadcastAnswer[]): BroadcastAnswer | null {
  return BY_WEIGHT.find((answer) => answers.includes(answer)) ?? null;
}
