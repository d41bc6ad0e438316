import { createHash } from "node:crypto";
import { type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The kernel's limit for the path of a socket is 107 bytes; shorter on some systems. */
const MAX_PATH_BYTES = 100;

export interface AdminAnswer {
  readonly status: number;
  readonly body: object;
}

/** Where the commands of a data directory's server are taken. */
export function adminSocketPath(dataDir: string): string {
  const path = join(dataDir, "admin.sock");
  if (Buffer.byteLength(path) <= MAX_PATH_BYTES) return path;
  const name = createHash("sha256").update(dataDir).digest("hex").slice(0, 24);
  return join(tmpdir(), `qbitflow-${name}.sock`);
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

/** A server's own answer, however long. */
async function readAll(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}
