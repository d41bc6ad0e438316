import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

/** A chain of this process's own, ended by `stop`. */
export interface Anvil extends AsyncDisposable {
  readonly url: string;
  stop(): Promise<void>;
}

/** The platform's own binary: killing the package's JavaScript wrapper would leave it running. */
export function anvilPath(): string {
  const platform = `${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
  const manifest = createRequire(import.meta.url).resolve(`@foundry-rs/anvil-${platform}/package.json`);
  return join(dirname(manifest), "bin", process.platform === "win32" ? "anvil.exe" : "anvil");
}

/** Starts anvil on a port that the system chooses, Cancun rules unless `args` say otherwise. */
export async function startAnvil(args: readonly string[] = ["--hardfork", "cancun"]): Promise<Anvil> {
  const child = spawn(anvilPath(), ["--port", "0", ...args], { stdio: ["ignore", "pipe", "ignore"] });
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
