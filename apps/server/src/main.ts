import { enableCompileCache } from "node:module";
import { join } from "node:path";

// Half of a start's work is compiling. A folder of the installation's own: what is in it is executed.
enableCompileCache(join(import.meta.dirname, "../../../node_modules/.cache/qbitflow"));
const [{ readConfig }, { greeting }, { explainedStartFailure, serve }] = await Promise.all([
  import("./config.ts"),
  import("./local/greeting.ts"),
  import("./serve.ts"),
]);

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    // A second one means: now.
    if (interruption.signal.aborted) process.exit(1);
    interruption.abort();
  });
}

try {
  await serve(readConfig(process.env), {
    signal: interruption.signal,
    ready: ({ dev }) => {
      if (dev !== undefined) process.stdout.write(greeting(dev));
    },
  });
  process.exit(0);
} catch (error) {
  const what = interruption.signal.aborted ? "stop cleanly" : "start";
  process.stderr.write(`QBitFlow did not ${what}.\n${explainedStartFailure(error) ?? (error as Error).stack}\n`);
  process.exit(1);
}
