import { everywhere } from "./arguments.ts";
import type { CommandHelp } from "./command.ts";

/** What help says of these commands: a list, or all of the only one. */
export function helpText(about: readonly CommandHelp[], isAll: boolean): string {
  const [only] = about;
  if (only !== undefined && about.length === 1) return commandText(only);
  const width = Math.max(...about.map(({ name }) => name.length));
  const list = about.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return ["qbitflow <command> [options]", "", ...list, "", ...(isAll ? general : []), last].join("\n");
}

const general = [
  "Uses the environment of the server: DATABASE_URL, or QBITFLOW_DATA_DIR, where a running server is asked.",
  "Ends with 0 when done, 1 when refused or not in order, 2 when the command line or configuration is wrong, 3 when",
  "nothing answers, 130 when interrupted.",
  "`qbitflow completion bash` and `qbitflow completion zsh` complete commands and options; `qbitflow --version` tells the version.",
];
const last = "qbitflow <command> --help tells a command's options and examples. --json prints JSON.";

function commandText({ name, summary, options, notes, bare, examples }: CommandHelp): string {
  const rows = [...options, ...everywhere].map(([option, meaning, takes]) => {
    const plain = option.replace("?", "");
    const left = takes === "flag" ? `--${plain}` : `--${plain} ${placeholder(takes)}`;
    return [left, `${option === plain ? "(needed) " : ""}${meaning}`] as const;
  });
  const width = Math.min(32, Math.max(...rows.map(([left]) => left.length)));
  return [
    `qbitflow ${name}${bare === undefined ? "" : ` [<${bare}>]`} [options]: ${summary}.`,
    "",
    ...rows.map(([left, meaning]) => `  ${left.padEnd(width)}  ${meaning}`),
    ...(bare === undefined ? [] : ["", `A bare word stands for --${bare}.`]),
    ...(notes === undefined ? [] : ["", ...notes]),
    "",
    examples.length === 1 ? "Example:" : "Examples:",
    ...examples.map((line) => `  ${line}`),
  ].join("\n");
}

/** What stands for a value: the values themselves while they are few. */
function placeholder(takes: readonly string[] | undefined): string {
  return takes !== undefined && takes.length <= 4 ? takes.join("|") : "…";
}
