/** A command line, taken apart: `wallets set --chain base --json`. */
export interface CommandLine {
  /** The words before the first option: `wallets set`. */
  readonly command: string;
  readonly options: Readonly<Record<string, string | true>>;
  /** Words after the command that belong to no option: `keys revoke 12`. */
  readonly rest: readonly string[];
}

/** The command line cannot be understood; the message says which part. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const MAX_COMMAND_WORDS = 2;

/**
 * Takes arguments apart. `flags` take no value; any other option takes the next word or what follows `=`.
 * @throws UsageError
 */
export function readArguments(words: readonly string[], flags: ReadonlySet<string>): CommandLine {
  const command: string[] = [];
  const rest: string[] = [];
  const options: Record<string, string | true> = {};
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (!word.startsWith("--")) {
      (command.length < MAX_COMMAND_WORDS ? command : rest).push(word);
      continue;
    }
    const [dashed = "", inline] = splitOnce(word.slice(2));
    const name = dashed.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
    if (flags.has(name)) {
      if (inline !== undefined) throw new UsageError(`--${dashed} takes no value.`);
      options[name] = true;
      continue;
    }
    const value = inline ?? words[++index];
    if (value === undefined || value.startsWith("--")) throw new UsageError(`--${dashed} needs a value.`);
    options[name] = value;
  }
  return { command: command.join(" "), options, rest };
}

function splitOnce(text: string): [string, string | undefined] {
  const at = text.indexOf("=");
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
