import { NetworkDataError } from "@qbitflow/chains";
import { type Check, ConfigError, diagnose, readConfig } from "@qbitflow/server";
import type { Command } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";

export const doctor: readonly Command[] = [
  {
    name: "doctor",
    summary: "Say in plain words what is wrong and what to do; ends with 1 where there is a problem",
    options: [],
    notes: [
      "Looks at the configuration, the database, RPC endpoints, contracts, the relay's key, the clock, prices, PUBLIC_URL,",
      "webhook secrets, and how far the chains are read. It changes nothing and prints nothing secret.",
    ],
    examples: ["qbitflow doctor", "qbitflow doctor --json"],
    run: async (_input, { env, tell }) => {
      tell("Looking; this takes some seconds.");
      const checks = await examined(env);
      const count = (state: Check["state"]) => checks.filter((check) => check.state === state).length;
      const problems = count("problem");
      return {
        body: { problems, warnings: count("warning"), checks },
        text: [...checks.map(lineOf), summaryOf(problems, count("warning"))].join("\n"),
        exitCode: problems === 0 ? exitCodes.done : exitCodes.refused,
      };
    },
  },
];

async function examined(env: Parameters<typeof readConfig>[0]): Promise<readonly Check[]> {
  try {
    const config = readConfig(env);
    const networks = config.local ? "the local default" : config.networks.map(({ slug }) => slug).join(", ");
    return [{ name: "configuration", state: "ok", detail: networks }, ...(await diagnose(config))];
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof NetworkDataError)) throw error;
    return error.message.split("\n").map((detail) => ({ name: "configuration", state: "problem", detail }));
  }
}

function lineOf({ name, state, detail, advice }: Check): string {
  const line = `${state.padEnd(7)}  ${name}: ${detail}`;
  if (advice === undefined) return line;
  return `${line}${/[.!?]$/.test(line) ? "" : "."} ${advice}`;
}

function summaryOf(problems: number, warnings: number): string {
  const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;
  if (problems + warnings === 0) return "All is well.";
  return `${counted(problems, "problem")}, ${counted(warnings, "warning")}.`;
}
