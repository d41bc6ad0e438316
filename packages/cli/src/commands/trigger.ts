import { join, resolve } from "node:path";
import type { DevFile } from "@qbitflow/server";
import { connect, readDevFile } from "../api-client.ts";
import type { Command, Context, Input } from "../command.ts";
import { NotRunningError, RefusedError } from "../errors.ts";
import { happenings } from "../local-customer/happenings.ts";
import { api } from "../options.ts";
import { textOf } from "../values.ts";

/** The local default that the connection is with. @throws RefusedError for a server without a local chain */
async function localServer(baseUrl: string, { env }: Context): Promise<DevFile> {
  const dev = await readDevFile(env).catch((error: unknown) => {
    if (error instanceof NotRunningError) return undefined;
    throw error;
  });
  const originOf = (url: string) => url.replace(/\/v1$/, "").replace("//127.0.0.1:", "//localhost:");
  if (dev !== undefined && originOf(dev.apiUrl) === originOf(baseUrl)) return dev;
  const place = join(resolve(env.QBITFLOW_DATA_DIR?.trim() || ".data"), "dev.json");
  throw new RefusedError(
    `${baseUrl} has no local chain that is known here, and nothing is paid on another: ${place} ${dev === undefined ? "is not there" : `is of ${dev.apiUrl}`}.`,
  );
}

async function run(input: Input, context: Context) {
  const { tell, signal } = context;
  const { client, baseUrl } = await connect(input, context);
  const dev = await localServer(baseUrl, context);
  const event = String(input.event);
  const scene = { client, dev, tell, signal, webhookUrl: textOf(input, "webhookUrl") };
  const result = await happenings[event]?.(scene);
  return { body: { event, ...result } };
}

export const trigger: readonly Command[] = [
  {
    name: "trigger",
    summary: "Make something really happen on a local server's chain",
    options: [
      ["event", "What is to happen.", Object.keys(happenings)],
      ["webhook-url?", "Where its webhooks go. Left out: the organization's default, and whoever listens."],
      ...api,
    ],
    bare: "event",
    notes: [
      `Events: ${Object.keys(happenings).join(", ")}.`,
      "A session is made with the key, and paid by a test wallet on the local chain. Other servers are refused.",
      "A subscription's first bill is charged with it; `subscription.cancelled` makes one and ends it.",
    ],
    examples: ["qbitflow trigger payment.completed", "qbitflow trigger subscription.created --json"],
    run,
  },
];
