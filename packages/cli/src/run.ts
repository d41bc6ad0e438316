import { readArguments } from "./arguments.ts";
import type { Answer, Command, Context, Environment, Input } from "./command.ts";
import { commands } from "./commands.ts";
import { InterruptedError } from "./errors.ts";
import { helpText } from "./help.ts";
import { failureOf, type Outcome, outcomeOf, readable, toJson } from "./outcome.ts";
import { printable } from "./printable.ts";
import { version } from "./version.ts";

/** Where a command line is typed. */
export interface Terminal {
  /** Gets lines about progress. */
  readonly tell?: (line: string) => void;
  /** Gets results that are shown before the end; without it they are part of the outcome's output. */
  readonly print?: (text: string) => void;
  /** Aborted when the person wants it to end. */
  readonly signal?: AbortSignal;
}

/** Runs one command line; never throws and never ends the process, so that it can be tested as it is used. */
export async function run(words: readonly string[], env: Environment, terminal: Terminal = {}): Promise<Outcome> {
  const json = words.includes("--json");
  const printed: string[] = [];
  const print = terminal.print ?? ((text: string) => void printed.push(text));
  const tell = terminal.tell ?? (() => {});
  const context: Context = {
    env,
    commands,
    json,
    tell: (line) => tell(printable(line)),
    print: (item, text) => print(printable(json ? toJson(item, 0) : (text ?? readable(item)))),
    signal: terminal.signal ?? new AbortController().signal,
  };
  const { exitCode, output: last, errorOutput } = await execute(words, context);
  const output = [...printed, printable(last)].filter((text) => text !== "").join("\n");
  return { exitCode, output, errorOutput: printable(errorOutput) };
}

async function execute(words: readonly string[], context: Context): Promise<Outcome> {
  const { json } = context;
  try {
    const wish = readArguments(words, commands);
    if (wish.wants === "version") return outcomeOf({ body: { version }, text: version }, json);
    if (wish.wants === "help") {
      const items = wish.about.map(({ run: _run, ...help }) => help);
      return outcomeOf({ body: { items }, text: helpText(wish.about, wish.about === commands) }, json);
    }
    return outcomeOf(await untilInterrupted(wish, context), json);
  } catch (error) {
    return failureOf(error, json);
  }
}

/** A command that does not end by itself when interrupted is not waited for: all it does is safe to be cut off. */
async function untilInterrupted(
  { command, input }: { readonly command: Command; readonly input: Input },
  context: Context,
): Promise<Answer | undefined> {
  const work = command.run(input, context);
  if (command.isLong) return work;
  const { signal } = context;
  let stop = () => {};
  const interruption = new Promise<never>((_resolve, reject) => {
    stop = () => reject(new InterruptedError("Interrupted."));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, interruption]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
