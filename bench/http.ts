// Creating and reading a session over HTTP, next to a bare route doing one INSERT or one SELECT on the same database.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { startPostgres } from "@qbitflow/testkit";
import autocannon from "autocannon";
import { startServer, temporaryDataDir } from "../e2e/harness/server.ts";
import { median, type Row } from "./table.ts";

const connections = 32;
const rounds = 3;
const seconds = 5;
/** So many rows are read in turn: calls for one and the same row would share more than calls usually do. */
const readable = 200;

const session = JSON.stringify({
  productName: "A thing",
  description: "One of a kind",
  price: 25.01,
  webhookUrl: "https://shop.example/webhook",
  successUrl: "https://shop.example/thanks?uuid={{UUID}}",
});

async function startFloor(databaseUrl: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, "floor.ts")], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { url: `http://127.0.0.1:${line.toString().trim()}`, stop: () => child.kill() };
}

interface Load {
  readonly url: string;
  readonly method: "GET" | "POST";
  /** Read in turn; absent: the url itself. */
  readonly paths?: readonly string[];
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

async function load({ url, method, paths, headers = {}, body }: Load) {
  const result = await autocannon({
    url,
    method,
    ...(paths === undefined ? {} : { requests: paths.map((path) => ({ path })) }),
    headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body }),
    connections,
    duration: seconds,
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${method} ${url}: ${result.non2xx} refused, ${result.errors} failed`);
  }
  return { perSecond: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 };
}

/** Floor and ours in turn, so that a machine that slows down slows both. */
async function compare(what: string, goal: number, floor: Load, ours: Load): Promise<Row> {
  const ratios: number[] = [];
  let last = { floor: await load({ ...floor }), ours: await load({ ...ours }) };
  for (let round = 0; round < rounds; round += 1) {
    last = { floor: await load(floor), ours: await load(ours) };
    ratios.push(last.ours.perSecond / last.floor.perSecond);
  }
  const ratio = median(ratios);
  return {
    what: `${what} (${Math.round(last.ours.perSecond)}/s, floor ${Math.round(last.floor.perSecond)}/s; p50 ${last.ours.p50} ms, p99 ${last.ours.p99} ms)`,
    figure: ratio.toFixed(2),
    goal: `≥ ${goal} of the floor`,
    met: ratio >= goal,
    detail: {
      ratio,
      ...Object.fromEntries(Object.entries(last.ours).map(([k, v]) => [`ours_${k}`, v])),
      ...Object.fromEntries(Object.entries(last.floor).map(([k, v]) => [`floor_${k}`, v])),
    },
  };
}

export async function benchHttp(): Promise<Row[]> {
  const directory = temporaryDataDir();
  const postgres = await startPostgres();
  const floor = await startFloor(postgres.url);
  const server = await startServer({
    dataDir: directory.path,
    env: { DATABASE_URL: postgres.url, LOG_LEVEL: "error" },
  });
  try {
    const headers = { "x-api-key": server.dev.testApiKey };
    const origin = new URL(server.dev.apiUrl).origin;
    const sessions = `${origin}/v1/transaction/session-checkout/`;
    const post = { method: "POST", headers: { ...headers, "content-type": "application/json" }, body: session };
    const made = { ours: [] as string[], floor: [] as string[] };
    for (let index = 0; index < readable; index += 1) {
      const { uuid } = (await (await fetch(sessions, post)).json()) as { uuid: string };
      const { id } = (await (await fetch(`${floor.url}/insert`, post)).json()) as { id: string };
      made.ours.push(`${new URL(sessions).pathname}${uuid}`);
      made.floor.push(`/select/${id}`);
    }
    return [
      await compare(
        "create a session",
        0.6,
        { url: `${floor.url}/insert`, method: "POST", body: session },
        { url: sessions, method: "POST", headers, body: session },
      ),
      await compare(
        "read a session",
        0.7,
        { url: floor.url, method: "GET", paths: made.floor },
        { url: origin, method: "GET", headers, paths: made.ours },
      ),
    ];
  } finally {
    floor.stop();
    await server.stop();
    await postgres.stop();
    directory.remove();
  }
}
