import type { Command, Input, Option } from "./command.ts";
import { UsageError } from "./errors.ts";
import { nearest } from "./nearest.ts";

/** What a command line asks for. */
export type Wish =
  | { readonly wants: "version" }
  /** About all commands, those of a word, or one. */
  | { readonly wants: "help"; readonly about: readonly Command[] }
  | { readonly wants: "run"; readonly command: Command; readonly input: Input };

/** Options that every command has. */
export const everywhere: readonly Option[] = [
  ["json?", "Print JSON.", "flag"],
  ["help?", "Say what the command takes.", "flag"],
];

const abbreviations: Readonly<Record<string, string>> = { "-h": "--help", "-v": "--version" };

/**
 * Understands a command line: the command's words first, then its options as `--name value` or `--name=value`.
 * @throws UsageError
 */
export function readArguments(words: readonly string[], commands: readonly Command[]): Wish {
  const all = words.map((word) => abbreviations[word] ?? word);
  const spoken = all.filter((word) => word !== "--json" && word !== "--help");
  const isHelp = all.includes("--help") || spoken[0] === "help";
  if (spoken[0] === "--version" || spoken[0] === "version") return { wants: "version" };
  const named = spoken[0] === "help" ? spoken.slice(1) : spoken;
  const end = named.findIndex((word) => word.startsWith("-"));
  const lead = end === -1 ? named : named.slice(0, end);
  if (lead.length === 0 && (isHelp || named.length === 0)) return { wants: "help", about: commands };
  const command = [2, 1]
    .map((length) => commands.find(({ name }) => name === lead.slice(0, length).join(" ")))
    .find((found) => found !== undefined);
  if (command === undefined) {
    const group = commands.filter(({ name }) => lead.length === 1 && name.startsWith(`${lead[0]} `));
    if (isHelp && group.length > 0) return { wants: "help", about: group };
    throw unknownCommand(lead, commands);
  }
  if (isHelp) return { wants: "help", about: [command] };
  return { wants: "run", command, input: readInput(named.slice(command.name.split(" ").length), command) };
}

function unknownCommand(lead: readonly string[], commands: readonly Command[]): UsageError {
  const [first = ""] = lead;
  if (first === "") return new UsageError("Name a command first: see qbitflow --help.");
  const group = commands.filter(({ name }) => name.startsWith(`${first} `)).map(({ name }) => name);
  const said = lead.slice(0, 2).join(" ");
  if (group.length > 0 && lead.length === 1) return new UsageError(`Say what of ${first}: ${group.join(", ")}.`);
  const meant =
    nearest(said, group.length > 0 ? group : commands.map(({ name }) => name)) ??
    nearest(first, [...new Set(commands.map(({ name }) => name.split(" ")[0] ?? ""))]);
  const help = meant === undefined ? "see qbitflow --help." : `did you mean "${meant}"? See qbitflow --help.`;
  return new UsageError(`There is no command "${said}": ${help}`);
}

function readInput(words: readonly string[], command: Command): Input {
  const input: Record<string, string | true> = {};
  const options = new Map(command.options.map((option) => [option[0].replace("?", ""), option]));
  const give = (name: string, value: string | true) => {
    const key = camel(name);
    if (input[key] !== undefined) throw new UsageError(`--${name} is given twice.`);
    const takes = options.get(name)?.[2];
    if (Array.isArray(takes) && !takes.includes(value)) {
      throw new UsageError(`--${name} is "${value}": it must be one of ${takes.join(", ")}.`);
    }
    input[key] = value;
  };
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (!word.startsWith("--")) {
      if (command.bare === undefined || input[camel(command.bare)] !== undefined)
        throw new UsageError(`"${word}" is not expected here: see qbitflow ${command.name} --help.`);
      give(command.bare, word);
      continue;
    }
    const [name, inline] = splitOnce(word.slice(2));
    const option = options.get(name);
    if (option === undefined) throw unknownOption(name, { command, options: [...options.keys()] });
    if (option[2] === "flag") {
      if (inline !== undefined) throw new UsageError(`--${name} takes no value.`);
      give(name, true);
      continue;
    }
    const value = inline ?? words[++index];
    if (value === undefined || value.startsWith("--")) throw new UsageError(`--${name} needs a value.`);
    give(name, value);
  }
  for (const name of options.keys()) {
    if (options.get(name)?.[0] === name && input[camel(name)] === undefined)
      throw new UsageError(`--${name} is missing: see qbitflow ${command.name} --help.`);
  }
  return input;
}

function unknownOption(
  name: string,
  { command, options }: { readonly command: Command; readonly options: readonly string[] },
): UsageError {
  const meant = nearest(name, [...options, "json", "help"]);
  const help = meant === undefined ? `see qbitflow ${command.name} --help.` : `did you mean --${meant}?`;
  return new UsageError(`${command.name} has no option --${name}: ${help}`);
}

function camel(name: string): string {
  return name.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

function splitOnce(text: string): [string, string | undefined] {
  const at = text.indexOf("=");
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
