import { administer } from "../administer.ts";
import type { Command } from "../command.ts";

export const org: readonly Command[] = [
  {
    name: "org create",
    summary: "Make an organization and its owner",
    options: [
      ["name", "As customers see it."],
      ["owner-email", "The owner's email."],
      ["owner-name?", "First name."],
      ["owner-last-name?", "Last name."],
      ["support-email?", "Whom customers ask when a link has expired."],
    ],
    examples: [
      'qbitflow org create --name "Example shop" --owner-email owner@example.com --support-email help@example.com',
    ],
    run: administer("org create"),
  },
  {
    name: "org list",
    summary: "All organizations",
    options: [],
    examples: ["qbitflow org list --json"],
    run: administer("org list"),
  },
];
