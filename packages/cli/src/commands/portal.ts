import { administer } from "../administer.ts";
import type { Command } from "../command.ts";
import { mode, organization } from "../options.ts";

export const portal: readonly Command[] = [
  {
    name: "portal on",
    summary: "Name the customer's page in subscriptions, as portalUrl",
    options: [...mode, organization],
    examples: ["qbitflow portal on --test"],
    run: administer("portal on"),
  },
  {
    name: "portal off",
    summary: "Leave portalUrl out",
    options: [...mode, organization],
    examples: ["qbitflow portal off --test"],
    run: administer("portal off"),
  },
];
