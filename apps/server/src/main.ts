import { readConfig } from "./config.ts";
import { greeting } from "./local/greeting.ts";
import { explainedStartFailure, serve } from "./serve.ts";

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
