import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const python = process.env.PYTHON ?? "python3";

/**
 * Whether there is a Python that the SDK supports. Where there is none, tests of the Python SDK are reported as not run; on a
 * build server (CI=true) they run, and fail.
 */
export function hasPython(): boolean {
  const { status } = spawnSync(python, ["-c", "import sys; sys.exit(sys.version_info < (3, 9))"]);
  return status === 0 || process.env.CI === "true";
}

/** Runs Python with the SDK's source on its path; answers what it printed, or throws with what it complained about. */
export function runPython(
  args: readonly string[],
  { input = "", env = {} }: { input?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, ["-W", "error", ...args], {
      cwd: join(root, "sdks/python"),
      env: {
        PATH: process.env.PATH ?? "",
        PYTHONPATH: join(root, "sdks/python/src"),
        PYTHONDONTWRITEBYTECODE: "1",
        PYTHONUTF8: "1",
        ...env,
      },
    });
    let printed = "";
    let complaints = "";
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      complaints += chunk.toString();
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(printed);
      else reject(new Error(`python ended with ${code}:\n${printed}\n${complaints}`));
    });
    child.stdin.end(input);
  });
}
