import { administer } from "../administer.ts";
import type { Command } from "../command.ts";
import { networks } from "../options.ts";

export const fees: readonly Command[] = [
  {
    name: "fees set",
    summary: "Set the operator's platform fee on a chain",
    options: [
      ["chain", "Such as base.", networks],
      ["bps", "Hundredths of a percent, 0 to 1000."],
      ["recipient", "The address that gets it."],
    ],
    examples: ["qbitflow fees set --chain base --bps 50 --recipient 0x…"],
    run: administer("fees set"),
  },
  {
    name: "fees list",
    summary: "Platform fees",
    options: [],
    examples: ["qbitflow fees list"],
    run: administer("fees list"),
  },
];
