import { ChainUnavailableError, loadNetworks, NetworkDataError, parseAddress } from "@qbitflow/chains";
import { MigrationError } from "@qbitflow/db";
import {
  type AdminAnswer,
  administrate,
  ConfigError,
  LocalChainStoppedError,
  migrateDatabase,
  openAdministration,
  readConfig,
} from "@qbitflow/server";
import { type CommandLine, readArguments, UsageError } from "./arguments.ts";
import { type CommandHelp, commands, exitCodes, flags, helpText } from "./commands.ts";
import { deployTo } from "./deploy.ts";
import { followAdvance } from "./follow-advance.ts";
import { reconcile, reconciliationText } from "./reconcile.ts";

type Environment = Readonly<Record<string, string | undefined>>;

export interface Outcome {
  readonly exitCode: number;
  readonly output: string;
  readonly errorOutput: string;
}

/**
 * Runs one command line; never throws and never ends the process, so that it can be tested as it is used. `tell` gets
 * lines of progress while something takes long.
 */
export async function run(
  words: readonly string[],
  env: Environment,
  tell: (line: string) => void = () => {},
): Promise<Outcome> {
  try {
    const line = readArguments(words, flags);
    const command = commands.find(({ name }) => name === line.command);
    if (line.options.help === true || line.command === "" || line.command === "help") {
      return { exitCode: exitCodes.done, output: helpText(command), errorOutput: "" };
    }
    if (command === undefined) throw new UsageError(`There is no command "${line.command}": see qbitflow --help.`);
    const input = inputOf(command, line);
    const json = line.options.json === true;
    if (command.name === "reconcile") return await runReconcile(input, { env, tell, json });
    return outcomeOf(await execute(input, { command, env, tell }), json);
  } catch (error) {
    return failure(error);
  }
}

/** The options of this command alone, by name. @throws UsageError */
function inputOf(command: CommandHelp, line: CommandLine): Record<string, string | true> {
  const known = new Set(command.options.map(([name]) => camel(name.replace("?", ""))));
  const { json: _json, ...options } = line.options;
  const input: Record<string, string | true> = options;
  const [bare, ...tooMany] = line.rest;
  if (bare !== undefined) {
    if (command.bare === undefined || tooMany.length > 0)
      throw new UsageError(`"${tooMany[0] ?? bare}" is not expected here.`);
    input[command.bare] = bare;
  }
  for (const name of Object.keys(input)) {
    if (!known.has(name))
      throw new UsageError(`${command.name} has no option --${name}: see qbitflow ${command.name} --help.`);
  }
  for (const [name] of command.options) {
    if (!name.endsWith("?") && input[camel(name)] === undefined) throw new UsageError(`--${name} is missing.`);
  }
  return input;
}

function camel(name: string): string {
  return name.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

async function execute(
  input: Record<string, string | true>,
  { command, env, tell }: { command: CommandHelp; env: Environment; tell: (line: string) => void },
): Promise<AdminAnswer> {
  if (command.name === "contracts deploy") return { status: 200, body: await deploy(input, env) };
  const config = readConfig(env);
  if (command.name === "migrate") {
    await migrateDatabase(config);
    return { status: 200, body: { migrated: true } };
  }
  const answer = await administrate(config, { command: command.name, input });
  if (command.name !== "clock advance" || answer.status !== 200) return answer;
  return followAdvance(() => administrate(config, { command: "clock show", input: {} }), tell);
}

async function runReconcile(
  input: Record<string, string | true>,
  { env, tell, json }: { env: Environment; tell: (line: string) => void; json: boolean },
): Promise<Outcome> {
  const administration = openAdministration(readConfig(env));
  try {
    const ask = (step: object) => administration.ask({ command: "reconcile", input: step });
    const answer = await reconcile(ask, { rebuild: input.rebuild === true, tell });
    if (!("reconciliation" in answer)) return outcomeOf(answer, json);
    const { reconciliation } = answer;
    return {
      exitCode: reconciliation.equal ? exitCodes.done : exitCodes.refused,
      output: json ? toJson(reconciliation) : reconciliationText(reconciliation),
      errorOutput: "",
    };
  } finally {
    await administration.close();
  }
}

async function deploy(input: Record<string, string | true>, env: Environment): Promise<object> {
  const slug = String(input.network);
  const network = loadNetworks().find((candidate) => candidate.network.slug === slug)?.network;
  if (network === undefined) throw new UsageError(`There is no network "${slug}".`);
  const variable = `RPC_URL_${slug.toUpperCase().replaceAll("-", "_")}`;
  const rpcUrl = env[variable]?.split(",")[0]?.trim();
  if (rpcUrl === undefined || rpcUrl === "") throw new UsageError(`${variable} is missing in the environment.`);
  const key = env.DEPLOYER_PRIVATE_KEY?.trim() ?? "";
  if (!/^0x[0-9a-fA-F]{64}$/.test(key)) {
    throw new UsageError(
      "DEPLOYER_PRIVATE_KEY must be in the environment: 0x and 64 hex digits of an account that pays the gas.",
    );
  }
  const executor = input.executor === undefined ? null : parseAddress(String(input.executor));
  if (input.executor !== undefined && executor === null) throw new UsageError("--executor must be an address.");
  return deployTo({
    network,
    rpcUrl,
    privateKey: key as `0x${string}`,
    ...(executor !== null && { executor: executor as `0x${string}` }),
  });
}

function outcomeOf({ status, body }: AdminAnswer, json: boolean): Outcome {
  if (status === 200)
    return { exitCode: exitCodes.done, output: json ? toJson(body) : readable(body), errorOutput: "" };
  const { error } = body as { error?: string };
  return {
    exitCode: exitCodes.refused,
    output: json ? toJson(body) : "",
    errorOutput: refusal(body) ?? error ?? "Refused.",
  };
}

function refusal(body: object): string | undefined {
  const { error, errors } = body as { error?: string; errors?: { field: string; message: string }[] };
  if (errors === undefined || errors.length === 0) return error;
  return [error, ...errors.map(({ field, message }) => `  ${field}: ${message}`)].join("\n");
}

function toJson(value: object): string {
  return JSON.stringify(value, (_key, item) => (typeof item === "bigint" ? Number(item) : item), 2);
}

/** One `name: value` a line; a list as one line an item. */
function readable(body: object): string {
  const plain = JSON.parse(toJson(body)) as { items?: object[] };
  if (plain.items === undefined) return lines(plain).join("\n");
  if (plain.items.length === 0) return "None.";
  return plain.items.map((item) => lines(item).join("  ")).join("\n");
}

function lines(item: object): string[] {
  return Object.entries(item).map(
    ([name, value]) => `${name}: ${typeof value === "object" ? JSON.stringify(value) : value}`,
  );
}

function failure(error: unknown): Outcome {
  const message = error instanceof Error ? error.message : String(error);
  const unreachable = isUnreachable(error) || error instanceof LocalChainStoppedError;
  const wrongUse = [UsageError, ConfigError, NetworkDataError, MigrationError].some((kind) => error instanceof kind);
  return {
    exitCode: wrongUse ? exitCodes.usage : unreachable ? exitCodes.unreachable : exitCodes.refused,
    output: "",
    errorOutput: message,
  };
}

/** Nothing answered, somewhere down the chain of causes. */
function isUnreachable(error: unknown): boolean {
  if (error instanceof ChainUnavailableError) return true;
  const codes = new Set(["ECONNREFUSED", "ENOTFOUND", "ETIMEDOUT", "EHOSTUNREACH", "ECONNRESET"]);
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 8; cause = cause.cause, depth++) {
    if (codes.has((cause as NodeJS.ErrnoException).code ?? "") || cause.name === "HttpRequestError") return true;
  }
  return false;
}
