import { administer } from "../administer.ts";
import type { Command } from "../command.ts";
import { mode, organization } from "../options.ts";

export const keys: readonly Command[] = [
  {
    name: "keys create",
    summary: "Make an API key; it is shown this once",
    options: [
      ...mode,
      ["name?", "What it is for."],
      ["user?", "Whose key it is, by id; left out: the owner's. A key may do what its user's role may."],
      ["expires-in-days?", "1 to 3650. Left out: it does not expire."],
      organization,
    ],
    notes: ["A key sees the whole organization's payments; of users and keys, a user's key sees that user's alone."],
    examples: [
      'qbitflow keys create --live --name "shop server"',
      "qbitflow keys create --test --user 7 --name nightly --expires-in-days 90 --json",
    ],
    run: administer("keys create"),
  },
  {
    name: "keys list",
    summary: "Keys in force",
    options: [organization],
    examples: ["qbitflow keys list"],
    run: administer("keys list"),
  },
  {
    name: "keys revoke",
    summary: "End a key at once",
    options: [["id", "The key's id."], organization],
    bare: "id",
    examples: ["qbitflow keys revoke 12"],
    run: administer("keys revoke"),
  },
];
