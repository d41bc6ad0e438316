/** An option: its name, where `…?` may be left out; what it means; and what it takes where that is not any text. */
export type Option = readonly [name: string, meaning: string, takes?: "flag" | readonly string[]];

/** What a command takes; help, checks, completion and documentation follow from it. */
export interface CommandHelp {
  /** One word or two: `migrate`, `keys create`. */
  readonly name: string;
  readonly summary: string;
  /** In the order help shows them. */
  readonly options: readonly Option[];
  /** The option that a bare word after the command stands for. */
  readonly bare?: string;
  /** What help says below the options, a line each. */
  readonly notes?: readonly string[];
  /** Real command lines, with all quotes; a test reads each. */
  readonly examples: readonly string[];
}

/** Options by their names in camelCase, checked: what is needed is there, and nothing unknown is. */
export type Input = Readonly<Record<string, string | true>>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a command gets besides its options. */
export interface Context {
  readonly env: Environment;
  /** All there are, for those about the command line itself. */
  readonly commands: readonly CommandHelp[];
  /** JSON is wanted. */
  readonly json: boolean;
  /** A line about progress, on standard error. */
  readonly tell: (line: string) => void;
  /** A result that is shown at once: one line of JSON with --json, else the text, or its fields where there is none. */
  readonly print: (item: object, text?: string) => void;
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
}

/** What a command came to. */
export interface Answer {
  /** Printed with --json; without, a line for each of its fields or each of its `items`. */
  readonly body: object;
  /** For people, where fields do not say it. */
  readonly text?: string;
  /** 0 unless said. */
  readonly exitCode?: number;
}

/** One command: a file of `commands` exports those of its first word. */
export interface Command extends CommandHelp {
  /** Runs until interrupted, and then ends by itself, cleanly. Other commands end at once with 130. */
  readonly isLong?: true;
  /** Nothing is printed after a command that printed all itself. */
  readonly run: (input: Input, context: Context) => Promise<Answer | undefined>;
}
