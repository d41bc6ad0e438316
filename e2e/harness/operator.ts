import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { run } from "@qbitflow/cli";
import { freePort, until } from "./server.ts";

export type Environment = Readonly<Record<string, string>>;

/** Several start at once, beside whatever else the machine does. */
const START_MS = 90_000;
const root = join(import.meta.dirname, "../..");
const clean = { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "" };

/** Runs the command line as an operator does; what it would print as JSON. */
export async function qbitflow(environment: Environment, ...words: string[]): Promise<Record<string, unknown>> {
  const { exitCode, output, errorOutput } = await run([...words, "--json"], environment);
  if (exitCode !== 0) throw new Error(`qbitflow ${words.join(" ")} ended with ${exitCode}: ${errorOutput}`);
  return JSON.parse(output) as Record<string, unknown>;
}

export interface ServerProcess {
  readonly url: string;
  output(): string;
  stop(): Promise<void>;
  /** SIGKILL: no chance to tidy up. Resolves when the process is gone. */
  kill(): Promise<void>;
}

/** Starts one server process with this environment on a free port, and waits until it answers. */
export async function startProcess(environment: Environment): Promise<ServerProcess> {
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, [join(root, "apps/server/src/main.ts")], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...clean, HOST: "127.0.0.1", ...environment, PORT: String(port) },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  const isUp = async () => {
    if (child.exitCode !== null) throw new Error(output);
    return (await fetch(`${url}/healthz`)).ok;
  };
  await until("the process answers", isUp, START_MS).catch((error: unknown) => {
    child.kill("SIGKILL");
    throw new Error(`The process does not answer:\n${output.slice(-4_000)}`, { cause: error });
  });
  return {
    url,
    output: () => output,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
