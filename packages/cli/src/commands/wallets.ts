import { administer } from "../administer.ts";
import type { Command } from "../command.ts";
import { networks, organization } from "../options.ts";

export const wallets: readonly Command[] = [
  {
    name: "wallets set",
    summary: "Say where a merchant is paid on a chain",
    options: [
      ["chain", "Such as base, or local.", networks],
      ["address", "An address you hold the key of."],
      ["user?", "A user's id; left out: the organization itself."],
      organization,
    ],
    examples: ["qbitflow wallets set --chain base --address 0x…"],
    run: administer("wallets set"),
  },
  {
    name: "wallets list",
    summary: "Where merchants are paid",
    options: [organization],
    examples: ["qbitflow wallets list"],
    run: administer("wallets list"),
  },
];
