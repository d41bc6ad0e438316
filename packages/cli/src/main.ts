import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { exitCodes } from "./exit-codes.ts";

// Most of a short command is compiling. A folder of the installation's own: what is in it is executed.
enableCompileCache(join(import.meta.dirname, "../../../node_modules/.cache/qbitflow"));
const { run } = await import("./run.ts");

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    // A second one means: now.
    if (interruption.signal.aborted) process.exit(exitCodes.interrupted);
    interruption.abort();
  });
}
// Whoever read along (`| head`) has enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

const { exitCode, output, errorOutput } = await run(process.argv.slice(2), process.env, {
  tell: (line) => process.stderr.write(`${line}\n`),
  print: (text) => process.stdout.write(`${text}\n`),
  signal: interruption.signal,
});
if (errorOutput !== "") process.stderr.write(`${errorOutput}\n`);
// What an interrupted command left open does not hold the process up, and no output is cut off.
process.stdout.write(output === "" ? "" : `${output}\n`, () => process.exit(exitCode));
