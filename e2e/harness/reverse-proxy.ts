import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { createServer } from "node:tls";
import type { Certificate } from "./certificate.ts";
import { until } from "./server.ts";

// Debian keeps it from the path of those who are not root.
const env = { PATH: `${process.env.PATH ?? ""}:/usr/sbin` };

/**
 * Whether nginx is here. Where it is not, what is tested of it is reported as not run; on a build server (CI=true) it runs,
 * and fails.
 */
export function hasNginx(): boolean {
  return spawnSync("nginx", ["-v"], { env }).status === 0 || process.env.CI === "true";
}

export interface ReverseProxy {
  stop(): Promise<void>;
}

/**
 * Runs nginx with this `server` block, as whoever runs the tests: one process, and all it writes in `directory`.
 * @param port where the block says that it listens
 */
export async function startNginx({
  directory,
  block,
  port,
}: {
  readonly directory: string;
  readonly block: string;
  readonly port: number;
}): Promise<ReverseProxy> {
  mkdirSync(directory);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((what) => `${what}_temp_path ${join(directory, what)};`)
    .join("\n");
  writeFileSync(
    join(directory, "nginx.conf"),
    `daemon off;
master_process off;
pid ${join(directory, "nginx.pid")};
events {}
http {
access_log off;
${temporary}
${block}
}
`,
  );
  const child = spawn("nginx", ["-p", directory, "-c", join(directory, "nginx.conf"), "-e", "stderr"], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.once("close", () => resolve());
    child.once("error", reject);
  });
  const early = ended.then(() => Promise.reject(new Error(`nginx ended: ${said}`)));
  await Promise.race([until("nginx listens", () => canConnect(port)), early]);
  early.catch(() => undefined);
  return {
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** In its place where there is no nginx: ends TLS, and nothing else. */
export async function startBareTls({
  certificate,
  port,
  to,
}: {
  readonly certificate: Certificate;
  readonly port: number;
  readonly to: number;
}): Promise<ReverseProxy> {
  const server = createServer(certificate, (socket) => {
    const behind = connect(to, "127.0.0.1");
    for (const end of [socket, behind]) {
      end.on("error", () => {
        socket.destroy();
        behind.destroy();
      });
    }
    socket.pipe(behind).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return { stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

const canConnect = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
