import { administer } from "../administer.ts";
import type { Command } from "../command.ts";
import { organization } from "../options.ts";

export const currencies: readonly Command[] = [
  {
    name: "currencies list",
    summary: "All currencies, and which are on",
    options: [organization],
    examples: ["qbitflow currencies list"],
    run: administer("currencies list"),
  },
  {
    name: "currencies on",
    summary: "Offer a currency to customers",
    options: [["currency", "Its id."], organization],
    bare: "currency",
    examples: ["qbitflow currencies on 1101"],
    run: administer("currencies on"),
  },
  {
    name: "currencies off",
    summary: "Do not offer a currency",
    options: [["currency", "Its id."], organization],
    bare: "currency",
    examples: ["qbitflow currencies off 1101"],
    run: administer("currencies off"),
  },
];
