import { chmod, rm } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { ServiceContext } from "@qbitflow/core";
import type { Logger } from "pino";
import type { Config } from "../config.ts";
import { diagnoseServer, type Subject } from "../doctor/diagnose.ts";
import { errorAnswer } from "../http/error-answer.ts";
import { type AdminAnswer, adminSocketPath } from "./ask-server.ts";
import { runAdminCommand } from "./commands.ts";

const MAX_BODY_BYTES = 64 * 1024;

export interface AdminSocket {
  close(): Promise<void>;
}

/** The server that takes the commands. */
export interface AdminPlace {
  readonly core: ServiceContext;
  readonly config: Config;
  readonly log: Logger;
  /** In the local default. */
  readonly localRpcUrl: string | undefined;
}

/** Takes commands from this user on this machine: the embedded database lets no second process in. */
export async function openAdminSocket(place: AdminPlace): Promise<AdminSocket> {
  const { config, log } = place;
  if (config.databaseUrl !== undefined) return { close: async () => {} };
  const path = adminSocketPath(config.dataDir);
  // One server at a time holds the directory, so what is there was left by one that was killed.
  await rm(path, { force: true });
  const server = createServer((incoming, outgoing) => {
    answer(place, incoming).then(({ status, body }) => {
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

async function answer(place: AdminPlace, incoming: IncomingMessage): Promise<AdminAnswer> {
  const { core } = place;
  try {
    const input = await readBody(incoming);
    const command = commandOf(incoming);
    if (command === "doctor") return { status: 200, body: { items: await diagnoseServer(subjectOf(place)) } };
    return { status: 200, body: await runAdminCommand(core, command, input) };
  } catch (error) {
    const body = errorAnswer(error, "admin");
    if (body.status >= 500) core.log.error({ err: error }, "An admin command failed");
    return { status: body.status, body };
  }
}

function subjectOf({ core, config, localRpcUrl }: AdminPlace): Subject & { readonly core: ServiceContext } {
  return { core, config, localRpcUrl, publicUrl: core.policy.publicUrl, chains: core.chains };
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

/** JSON in which ids are numbers. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, item) => (typeof item === "bigint" ? Number(item) : item));
}
