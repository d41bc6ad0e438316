// A reader of the guides: takes their blocks as they stand, saves what has a name, and types the rest into terminals. What
// differs from a reader's machine: `http://localhost:3000` is where the server listens, port 4000 on this machine is a free one, the directory
// is a temporary one that holds `.data` and both SDKs, and `npm exec --` and `npm run` run what follows without npm.
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { until } from "./server.ts";

const root = join(import.meta.dirname, "../..");

/** A clock that is moved by months charges bill after bill on the way. */
const PATIENCE_MS = 60_000;

export interface Block {
  readonly language: string;
  readonly code: string;
  /** What the page says to save it as. */
  readonly name: string | undefined;
}

export function blocksOf(page: string): Block[] {
  const text = readFileSync(join(root, page), "utf8");
  let end = 0;
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map((block) => {
    const before = text.slice(end, block.index);
    end = block.index + block[0].length;
    const [, language = "", code = ""] = block;
    return { language, code, name: [...before.matchAll(/\bas `([\w.]+)`/g)].at(-1)?.[1] };
  });
}

/** The blocks of one language, in order. */
export const codeOf = (blocks: readonly Block[], language: string): string[] =>
  blocks.flatMap((block) => (block.language === language ? [block.code] : []));

/** What a block is on this machine. */
export interface Here {
  readonly directory: string;
  readonly serverUrl: string;
  /** Where the page's receiver listens. */
  readonly port: number;
}

export const here = (code: string, { serverUrl, port }: Here): string =>
  code
    .replaceAll("http://localhost:3000", serverUrl)
    .replaceAll("127.0.0.1:4000", `127.0.0.1:${port}`)
    .replaceAll("localhost:4000", `127.0.0.1:${port}`)
    .replaceAll("listen(4000", `listen(${port}`)
    .replaceAll('("127.0.0.1", 4000)', `("127.0.0.1", ${port})`);

/** One shell that keeps what was exported. */
export class Terminal {
  readonly #shell: ChildProcess;
  readonly #here: Here;
  #output = "";
  #complaints = "";

  /** @param env what was exported in another one before */
  constructor(here: Here, env: Readonly<Record<string, string>> = {}) {
    this.#here = here;
    this.#shell = spawn("bash", ["--noprofile", "--norc"], {
      cwd: here.directory,
      detached: true,
      env: {
        PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ""}`,
        HOME: here.directory,
        NODE_OPTIONS: "--conditions=qbitflow-source",
        PYTHONDONTWRITEBYTECODE: "1",
        ...env,
      },
    });
    this.#shell.stdout?.on("data", (chunk: Buffer) => {
      this.#output += chunk.toString();
    });
    this.#shell.stderr?.on("data", (chunk: Buffer) => {
      this.#complaints += chunk.toString();
    });
    this.#shell.stdin?.write('npm() { shift 2; "$@"; }\n');
    this.#shell.stdin?.write(`qbitflow() { shift; node ${join(root, "packages/cli/src/main.ts")} "$@"; }\n`);
    if (process.env.PYTHON !== undefined) {
      this.#shell.stdin?.write(`python3() { "${process.env.PYTHON}" "$@"; }\n`);
    }
  }

  /** Runs a block to its end; answers what it printed. */
  async run(code: string): Promise<string> {
    const from = this.#output.length;
    this.#shell.stdin?.write(`${here(code, this.#here)}\nprintf '\\n<%s>\\n' "$?"\n`);
    const ended = () => {
      const found = /^(.*)\n<(\d+)>\n$/s.exec(this.#output.slice(from));
      return found === null ? undefined : [found[1] ?? "", found[2]];
    };
    const [text, status] = await until(`the end of: ${code}`, ended, PATIENCE_MS);
    expect(status, `${code}\n${text}\n${this.#complaints}`).toBe("0");
    return text ?? "";
  }

  /** Runs a block of `export` lines; answers what they exported. */
  async exportedBy(code: string): Promise<Record<string, string>> {
    await this.run(code);
    const names = [...code.matchAll(/^export (\w+)=/gm)].map(([, name = ""]) => name);
    const printed = await this.run(`printf '%s\\n' ${names.map((name) => `"$${name}"`).join(" ")}`);
    const values = printed.split("\n");
    return Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
  }

  /** The same of a block that answers JSON, or prints it last. */
  async json(code: string): Promise<unknown> {
    const text = await this.run(code);
    return JSON.parse(text.slice(text.search(/[[{]/))) as unknown;
  }

  /** Runs a script, or a block, that stays; answers how to read what it printed so far. */
  begin(name: string, code = commandOf(name)): () => string {
    const log = join(this.#here.directory, `${name}.log`);
    writeFileSync(log, "");
    this.#shell.stdin?.write(`{ ${here(code, this.#here).trim()}; } > ${name}.log 2>&1 &\n`);
    return () => readFileSync(log, "utf8");
  }

  /** Runs a script of the page to its end. */
  play(name: string): Promise<string> {
    return this.run(commandOf(name));
  }

  close(): void {
    if (this.#shell.pid !== undefined && this.#shell.signalCode === null) process.kill(-this.#shell.pid, "SIGKILL");
  }
}

/** What the pages say of a script: `run it with …`. */
export const commandOf = (name: string): string =>
  name.endsWith(".py") ? `python3 ${name}` : `npm exec -- node ${name}`;
