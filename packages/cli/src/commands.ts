/** What each command takes; help, checks and documentation follow from it. */
export interface CommandHelp {
  readonly name: string;
  readonly summary: string;
  /** Name and what it is, in the order help shows them; `…?` may be left out. */
  readonly options: readonly (readonly [name: string, meaning: string])[];
  /** The option that a bare word after the command stands for. */
  readonly bare?: string;
}

const organization = ["organization?", "The organization's id; not needed while there is only one."] as const;
const user = ["user?", "A user's id; left out: the organization itself."] as const;
const mode = [
  ["test?", "In test mode (one of the two is needed)."],
  ["live?", "In live mode."],
] as const;

export const commands: readonly CommandHelp[] = [
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
  },
  { name: "org list", summary: "All organizations", options: [] },
  {
    name: "keys create",
    summary: "Make an API key; it is shown this once",
    options: [
      ...mode,
      ["name?", "What it is for."],
      ["user?", "Whose key it is; left out: the owner's."],
      ["expires-in-days?", "Left out: it does not expire."],
      organization,
    ],
  },
  { name: "keys list", summary: "Keys in force", options: [organization] },
  { name: "keys revoke", summary: "End a key at once", options: [["id", "The key's id."], organization], bare: "id" },
  {
    name: "wallets set",
    summary: "Say where a merchant is paid on a chain",
    options: [["chain", "Such as base, or local."], ["address", "An address you hold the key of."], user, organization],
  },
  { name: "wallets list", summary: "Where merchants are paid", options: [organization] },
  { name: "currencies list", summary: "All currencies, and which are on", options: [organization] },
  {
    name: "currencies on",
    summary: "Offer a currency to customers",
    options: [["currency", "Its id."], organization],
    bare: "currency",
  },
  {
    name: "currencies off",
    summary: "Do not offer a currency",
    options: [["currency", "Its id."], organization],
    bare: "currency",
  },
  {
    name: "fees set",
    summary: "Set the operator's platform fee on a chain",
    options: [
      ["chain", "Such as base."],
      ["bps", "Hundredths of a percent, 0 to 1000."],
      ["recipient", "The address that gets it."],
    ],
  },
  { name: "fees list", summary: "Platform fees", options: [] },
  {
    name: "webhooks set",
    summary: "Set where webhooks of sessions go that name no URL",
    options: [["url?", "Left out: nowhere."], ...mode, organization],
  },
  {
    name: "webhooks secret",
    summary: "Show the secret that signs webhooks",
    options: [...mode, ["rotate?", "Make a new one; the old one signs along for a day."], organization],
  },
  {
    name: "portal on",
    summary: "Name the customer's page in subscriptions, as portalUrl",
    options: [...mode, organization],
  },
  { name: "portal off", summary: "Leave portalUrl out", options: [...mode, organization] },
  { name: "clock show", summary: "What time it is for a local server", options: [] },
  {
    name: "clock advance",
    summary: "Move a local server's time forward, event by event",
    options: [
      ["by?", "A number and s, min, h, d, w, mo or y: 35d."],
      ["to?", "Or a time, such as 2026-03-31T12:00:00Z."],
    ],
    bare: "by",
  },
  {
    name: "reconcile",
    summary: "Compare the books with the chains; ends with 1 where they differ",
    options: [["rebuild?", "Bring the books in order where the chain says how."]],
  },
  {
    name: "contracts deploy",
    summary: "Put the contracts on a network",
    options: [
      ["network", "Such as base-sepolia. Needs RPC_URL_<NETWORK> and DEPLOYER_PRIVATE_KEY in the environment."],
      ["executor?", "Address of the key that will send charges. Left out: the registry's owner adds it later."],
    ],
  },
  { name: "migrate", summary: "Bring the database's tables up to date", options: [] },
];

/** Options that take no value, in all commands. */
export const flags: ReadonlySet<string> = new Set(["help", "json", "test", "live", "rotate", "rebuild"]);

export const exitCodes = {
  done: 0,
  /** The server or the chain refused, and the message says why; or the books and the chain differ. */
  refused: 1,
  /** The command line or the configuration is wrong. */
  usage: 2,
  /** The database, the server or the chain does not answer. */
  unreachable: 3,
} as const;

/** All commands, or one of them. */
export function helpText(command: CommandHelp | undefined): string {
  if (command !== undefined) {
    const options = command.options.map(
      ([name, meaning]) =>
        `  --${name.replace("?", "").padEnd(18)} ${name.endsWith("?") ? "(optional) " : ""}${meaning}`,
    );
    return [`qbitflow ${command.name}: ${command.summary}.`, ...options, "  --json               Print JSON."].join(
      "\n",
    );
  }
  const list = commands.map(({ name, summary }) => `  ${name.padEnd(18)} ${summary}`);
  return [
    "qbitflow <command> [options]",
    "",
    ...list,
    "",
    "qbitflow <command> --help tells a command's options. --json prints JSON.",
    "Uses the environment of the server: DATABASE_URL, or QBITFLOW_DATA_DIR, where a running server is asked.",
    "Ends with 0 when done, 1 when refused, 2 when the command line or configuration is wrong, 3 when nothing answers.",
  ].join("\n");
}
