// The scripts as people use them: in a real bash, and in a real zsh where there is one.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { commands } from "../commands.ts";
import { run } from "../run.ts";

const directory = mkdtempSync(join(tmpdir(), "qbitflow-completion-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function scriptOf(shell: string): Promise<string> {
  const { output, exitCode } = await run(["completion", shell], {});
  expect(exitCode).toBe(0);
  const path = join(directory, `qbitflow.${shell}`);
  writeFileSync(path, `${output}\n`);
  return path;
}

function shell(program: string, code: string): string {
  const { stdout, stderr, error } = spawnSync(program, [program === "bash" ? "--norc" : "-f", "-c", code], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 20_000,
  });
  if (error) throw error;
  expect(stderr).toBe("");
  return stdout;
}

const quoted = (word: string) => `'${word}'`;

describe("bash", () => {
  /** What is offered for the last word of each line, all asked of one shell. */
  async function offered(lines: readonly (readonly string[])[]): Promise<string[][]> {
    const asks = lines.map((line) => {
      const words = ["qbitflow", ...line];
      const set = `COMP_WORDS=(${words.map(quoted).join(" ")}); COMP_CWORD=${words.length - 1}`;
      return `${set}; _qbitflow; echo "\${COMPREPLY[*]}"`;
    });
    const output = shell("bash", `source ${quoted(await scriptOf("bash"))}\n${asks.join("\n")}`);
    return output.split("\n").map((line) => line.split(" ").filter((word) => word !== ""));
  }

  test("every command is offered, word by word, with all its options", async () => {
    const firsts = [...new Set(commands.map(({ name }) => name.split(" ")[0] ?? ""))];
    const [atFirst, ...rest] = await offered([[""], ...commands.map(({ name }) => [...name.split(" "), "--"])]);
    expect(atFirst).toEqual(expect.arrayContaining(firsts));
    for (const [index, { options }] of commands.entries()) {
      const names = [...options.map(([option]) => `--${option.replace("?", "")}`), "--json", "--help"];
      expect(rest[index]).toEqual(names);
    }
  });

  test("second words, fixed values, and nothing where any text may stand or what is there already", async () => {
    const [second, values, afterSign, text, given, bare] = await offered([
      ["--json", "keys", ""],
      ["wallets", "set", "--chain", "base"],
      ["wallets", "set", "--chain", "=", "loc"],
      ["keys", "create", "--name", ""],
      ["keys", "create", "--test", "--t"],
      ["completion", ""],
    ]);
    expect(second).toEqual(["create", "list", "revoke", "--help"]);
    expect(values?.sort()).toEqual(["base", "base-sepolia"]);
    expect(afterSign).toEqual(["local"]);
    expect(text).toEqual([]);
    expect(given).toEqual([]);
    expect(bare?.slice(0, 2)).toEqual(["bash", "zsh"]);
  });
});

describe("zsh", () => {
  // A terminal in which the tab key is pressed; the command says what it was given.
  const session = (script: string, lines: readonly string[]) => `
zmodload zsh/zpty
zpty z "zsh -f -i"
zpty -w z "PS1='> '; autoload -Uz compinit; compinit -u -D; source ${script}; qbitflow() { print -r -- \\"RAN <\\$*>\\" }; setopt no_auto_menu; bindkey '^I' complete-word; echo READ''Y"
zpty -r -m z out '*READY*'
for line in ${lines.map(quoted).join(" ")}; do
  zpty -w -n z "qbitflow $line"$'\\t\\n'
  zpty -r -m z out '*RAN <*>*'
  print -r -- "\${\${out##*RAN <}%%>*}"
done
zpty -d z`;

  test("a real one completes commands, options and values", async () => {
    const script = await scriptOf("zsh");
    if (spawnSync("zsh", ["--version"]).error) {
      // No zsh on this machine: that all is there is what can be said.
      const { output } = await run(["completion", "zsh"], {});
      for (const { name } of commands) expect(output).toContain(`'${name}') `);
      return;
    }
    const lines = ["recon", "keys cr", "wallets set --chain loc", "wallets set --chain=loc", "completion z"];
    const options = ["reconcile --reb", "keys create --name foo --exp", "keys create --test --te"];
    expect(
      shell("zsh", session(script, [...lines, ...options]))
        .trim()
        .split("\n"),
    ).toEqual([
      "reconcile",
      "keys create",
      "wallets set --chain local",
      "wallets set --chain=local",
      "completion zsh",
      "reconcile --rebuild",
      "keys create --name foo --expires-in-days",
      "keys create --test --te",
    ]);
  });
});
