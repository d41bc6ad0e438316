import { administer } from "../administer.ts";
import type { Command } from "../command.ts";
import { mode, organization } from "../options.ts";

export const webhooks: readonly Command[] = [
  {
    name: "webhooks set",
    summary: "Set where webhooks of sessions go that name no URL",
    options: [["url?", "Left out: nowhere."], ...mode, organization],
    examples: ["qbitflow webhooks set --live --url https://shop.example.com/webhook"],
    run: administer("webhooks set"),
  },
  {
    name: "webhooks secret",
    summary: "Show the secret that signs webhooks",
    options: [...mode, ["rotate?", "Make a new one; the old one signs along for a day.", "flag"], organization],
    examples: ["qbitflow webhooks secret --test", "qbitflow webhooks secret --live --rotate"],
    run: administer("webhooks secret"),
  },
];
