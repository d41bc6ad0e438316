import { everywhere } from "../arguments.ts";
import type { CommandHelp } from "../command.ts";

/** What can be typed after a command. */
export interface Completable {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly {
    readonly name: string;
    readonly meaning: string;
    /** What may follow it: nothing, one of these, or any text. */
    readonly takes: "flag" | "text" | readonly string[];
  }[];
  /** What a bare word may be. */
  readonly words: readonly string[];
}

/** What both shells' scripts are made of. */
export function completables(commands: readonly CommandHelp[]): readonly Completable[] {
  return commands.map(({ name, summary, options, bare }) => {
    const all = [...options, ...everywhere].map(([option, meaning, takes = "text" as const]) => ({
      name: `--${option.replace("?", "")}`,
      meaning,
      takes,
    }));
    const named = all.find((option) => option.name === `--${bare}`)?.takes;
    return { name, summary, options: all, words: Array.isArray(named) ? named : [] };
  });
}

/** The first words, each once, and what follows each. */
export function firstWords(commands: readonly Completable[]): ReadonlyMap<string, readonly Completable[]> {
  return Map.groupBy(commands, ({ name }) => name.split(" ")[0] ?? "");
}

export const secondWord = ({ name }: Completable): string => name.split(" ")[1] ?? "";
