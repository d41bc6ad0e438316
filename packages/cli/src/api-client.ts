import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { QBitFlow } from "@qbitflow/sdk";
import type { DevFile } from "@qbitflow/server";
import type { Context, Environment, Input } from "./command.ts";
import { NotRunningError, UsageError } from "./errors.ts";

/** A server's HTTP API and a key of it. */
export interface Connection {
  readonly client: QBitFlow;
  readonly apiKey: string;
  /** As it was named, without a trailing slash; with or without `/v1`. */
  readonly baseUrl: string;
}

/**
 * What the options `api` name: --api-key or QBITFLOW_API_KEY, --base-url or QBITFLOW_BASE_URL; what is left out, the
 * running local default of the data directory says.
 * @throws UsageError for an address without a key; NotRunningError where no local default runs
 */
export async function connect(input: Input, { env }: Pick<Context, "env">): Promise<Connection> {
  const named = (option: string, variable: string | undefined) => {
    const value = input[option] ?? variable?.trim();
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const apiKey = named("apiKey", env.QBITFLOW_API_KEY);
  const baseUrl = named("baseUrl", env.QBITFLOW_BASE_URL);
  // The local default's key is not sent to a server elsewhere.
  if (apiKey === undefined && baseUrl !== undefined)
    throw new UsageError("There is an address but no key: name one with --api-key or QBITFLOW_API_KEY.");
  const dev = baseUrl === undefined ? await readDevFile(env) : undefined;
  const place = {
    apiKey: apiKey ?? dev?.testApiKey ?? "",
    baseUrl: (baseUrl ?? dev?.apiUrl ?? "").replace(/\/+$/, ""),
  };
  return { ...place, client: new QBitFlow(place) };
}

/** What scripts need of the local default that runs here: `<data dir>/dev.json`. @throws NotRunningError */
export async function readDevFile(env: Environment): Promise<DevFile> {
  const dataDir = resolve(env.QBITFLOW_DATA_DIR?.trim() || ".data");
  try {
    return JSON.parse(await readFile(join(dataDir, "dev.json"), "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new NotRunningError(
      "No local server runs here (or QBITFLOW_DATA_DIR is another): start one with `qbitflow start`, or name a server with --api-key and --base-url.",
    );
  }
}
