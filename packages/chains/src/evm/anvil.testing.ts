import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { anvilBinary } from "../local/anvil.ts";

/** A chain that keeps nothing, for one test or measurement; ended by `stop`. */
export interface Anvil extends AsyncDisposable {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts anvil on a port that the system chooses, Cancun rules unless `args` say otherwise. */
export async function startAnvil(args: readonly string[] = ["--hardfork", "cancun"]): Promise<Anvil> {
  const child = spawn(anvilBinary(), ["--port", "0", ...args], { stdio: ["ignore", "pipe", "ignore"] });
  const exited = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`anvil ended with ${code} before it listened`)));
    createInterface(child.stdout).on("line", (line) => {
      const address = /Listening on (\S+)/.exec(line)?.[1];
      if (address) resolve(`http://${address}`);
    });
  });
  const stop = async () => {
    child.kill();
    await exited;
  };
  return { url, stop, [Symbol.asyncDispose]: stop };
}
