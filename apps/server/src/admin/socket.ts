import { createHash } from "node:crypto";
import { chmod, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServiceContext } from "@qbitflow/core";
import type { Logger } from "pino";
import type { Config } from "../config.ts";
import { errorAnswer } from "../http/error-answer.ts";
import { runAdminCommand } from "./commands.ts";

const MAX_BODY_BYTES = 64 * 1024;
/** The kernel's limit for the path of a socket is 107 bytes; shorter on some systems. */
const MAX_PATH_BYTES = 100;

export interface AdminSocket {
  close(): Promise<void>;
}

/** Where the commands of a data directory's server are taken. */
export function adminSocketPath(dataDir: string): string {
  const path = join(dataDir, "admin.sock");
  if (Buffer.byteLength(path) <= MAX_PATH_BYTES) return path;
  const name = createHash("sha256").update(dataDir).digest("hex").slice(0, 24);
  return join(tmpdir(), `qbitflow-${name}.sock`);
}

/** Takes commands from this user on this machine: the embedded database lets no second process in. */
export async function openAdminSocket({
  core,
  config,
  log,
}: {
  core: ServiceContext;
  config: Config;
  log: Logger;
}): Promise<AdminSocket> {
  if (config.databaseUrl !== undefined) return { close: async () => {} };
  const path = adminSocketPath(config.dataDir);
  // One server at a time holds the directory, so what is there was left by one that was killed.
  await rm(path, { force: true });
  const server = createServer((incoming, outgoing) => {
    answer(core, incoming).then(({ status, body }) => {
      outgoing.writeHead(status, { "content-type": "application/json" }).end(toJson(body));
      log.info({ command: commandOf(incoming), status }, "admin command");
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
  await chmod(path, 0o600);
  return {
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await rm(path, { force: true });
    },
  };
}

export interface AdminAnswer {
  readonly status: number;
  readonly body: object;
}

async function answer(core: ServiceContext, incoming: IncomingMessage): Promise<AdminAnswer> {
  try {
    const input = await readBody(incoming);
    return { status: 200, body: await runAdminCommand(core, commandOf(incoming), input) };
  } catch (error) {
    const body = errorAnswer(error, "admin");
    if (body.status >= 500) core.log.error({ err: error }, "An admin command failed");
    return { status: body.status, body };
  }
}

function commandOf(incoming: IncomingMessage): string {
  return (incoming.url ?? "").slice(1).replace("/", " ");
}

async function readBody(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new Error("The command is too long.");
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

/** A server's own answer, however long. */
async function readAll(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

/** JSON in which ids are numbers. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, item) => (typeof item === "bigint" ? Number(item) : item));
}

/** Asks the running server; undefined when none answers on this data directory's socket. */
export function askServer(
  dataDir: string,
  { command, input }: { command: string; input: object },
): Promise<AdminAnswer | undefined> {
  return new Promise((resolve, reject) => {
    const path = `/${command.replace(" ", "/")}`;
    const outgoing = request({ socketPath: adminSocketPath(dataDir), path, method: "POST" }, (incoming) => {
      readAll(incoming).then((body) => resolve({ status: incoming.statusCode ?? 500, body: body as object }), reject);
    });
    outgoing.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ECONNREFUSED") resolve(undefined);
      else reject(error);
    });
    outgoing.end(JSON.stringify(input));
  });
}
