// The code blocks of README.md, docs/quick-start.md and the guides to subscriptions, word for word, against the running
// server. What differs from a reader's machine: `http://localhost:3000` is where the server listens, 4000 is a free port, the
// directory is a temporary one that holds `.data` and the SDK, and `npm exec --` and `npm run` run what follows without npm.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ada, customerOf } from "./harness/customer.ts";
import { freePort, type RunningServer, startAsItIs, temporaryDataDir, until } from "./harness/server.ts";
import { subscriberOf } from "./harness/subscriber.ts";

const root = join(import.meta.dirname, "..");
const directory = temporaryDataDir();
const inside = (name: string): string => join(directory.path, name);
let server: RunningServer;
let receiverPort: number;
const terminals: Terminal[] = [];

interface Block {
  readonly language: string;
  readonly code: string;
}

function blocksOf(page: string): Block[] {
  const text = readFileSync(join(root, page), "utf8");
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language = "", code = ""]) => ({ language, code }));
}

/** The blocks of one language, in order. */
const codeOf = (blocks: readonly Block[], language: string): string[] =>
  blocks.flatMap((block) => (block.language === language ? [block.code] : []));

const here = (code: string): string =>
  code
    .replaceAll("http://localhost:3000", server.dev.checkoutUrl)
    .replaceAll("localhost:4000", `localhost:${receiverPort}`)
    .replaceAll("listen(4000", `listen(${receiverPort}`);

/** A reader's terminal: one shell that keeps what was exported. */
class Terminal {
  readonly #shell: ChildProcess;
  #output = "";

  constructor() {
    terminals.push(this);
    this.#shell = spawn("bash", ["--noprofile", "--norc"], {
      cwd: directory.path,
      detached: true,
      env: {
        PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ""}`,
        HOME: directory.path,
        NODE_OPTIONS: "--conditions=qbitflow-source",
      },
    });
    this.#shell.stdout?.on("data", (chunk: Buffer) => {
      this.#output += chunk.toString();
    });
    this.#shell.stdin?.write('npm() { shift 2; "$@"; }\n');
    this.#shell.stdin?.write(`qbitflow() { shift; node ${join(root, "packages/cli/src/main.ts")} "$@"; }\n`);
  }

  /** Runs a block to its end; answers what it printed. */
  async run(code: string): Promise<string> {
    const from = this.#output.length;
    this.#shell.stdin?.write(`${here(code)}\nprintf '\\n<%s>\\n' "$?"\n`);
    const [text, status] = await until(`the end of: ${code}`, () => {
      const ended = /^(.*)\n<(\d+)>\n$/s.exec(this.#output.slice(from));
      return ended === null ? undefined : [ended[1] ?? "", ended[2]];
    });
    expect(status, code).toBe("0");
    return text ?? "";
  }

  /** Runs a block that stays; answers how to read what it printed so far. */
  begin(code: string, log: string): () => string {
    writeFileSync(inside(log), "");
    this.#shell.stdin?.write(`{ ${here(code).trim()}; } > ${log} 2>&1 &\n`);
    return () => readFileSync(inside(log), "utf8");
  }

  close(): void {
    if (this.#shell.pid !== undefined) process.kill(-this.#shell.pid, "SIGKILL");
  }
}

beforeAll(async () => {
  mkdirSync(inside("node_modules/@qbitflow"), { recursive: true });
  symlinkSync(join(root, "packages/sdk"), inside("node_modules/@qbitflow/sdk"));
  symlinkSync(join(root, "node_modules/@types"), inside("node_modules/@types"));
  writeFileSync(inside("package.json"), '{ "type": "module" }');
  [server, receiverPort] = await Promise.all([startAsItIs({ dataDir: inside(".data") }), freePort()]);
});

afterAll(async () => {
  // Here and not in the tests: one that runs out of time never gets to its end.
  for (const terminal of terminals) terminal.close();
  await server?.stop();
  directory.remove();
});

async function pay(uuid: string): Promise<void> {
  const customer = customerOf(server.dev);
  await customer.identify(uuid, ada);
  await customer.pay(uuid, "tUSDC");
}

test("README.md: a session by curl and by the SDK", async () => {
  const blocks = blocksOf("README.md");
  const [start, curl = "", ...others] = codeOf(blocks, "sh");
  const [snippet = "", ...more] = codeOf(blocks, "ts");
  expect(start).toBe("npm ci && npm start\n");
  expect(others.join("")).toMatch(/^npm ci && npm test /);
  expect(more).toEqual([]);
  const terminal = new Terminal();
  const created = JSON.parse(await terminal.run(curl)) as { uuid: string; link: string };
  expect(await (await fetch(created.link)).text()).toContain("T-shirt");

  writeFileSync(inside("readme.ts"), here(snippet));
  const link = (await terminal.run("node readme.ts")).trim();
  expect(await (await fetch(link)).text()).toContain("Blue mug");
});

describe("docs/quick-start.md", () => {
  const blocks = blocksOf("docs/quick-start.md");
  const [start, exports = "", listen = "", curl = "", create = "", look = "", ...others] = codeOf(blocks, "sh");
  const [receiver = "", creator = "", ...more] = codeOf(blocks, "ts");
  const printed = (codeOf(blocks, "")[0] ?? "").trim().split("\n");

  test("has the blocks this test plays", () => {
    expect([start, listen, create]).toEqual([
      "npm ci && npm start\n",
      "npm exec -- node receiver.ts\n",
      "npm exec -- node create.ts\n",
    ]);
    expect([others, more]).toEqual([[], []]);
    expect(printed.at(-1)).toContain("completed");
  });

  test("leads to a verified webhook, by curl and by the SDK", async () => {
    writeFileSync(inside("receiver.ts"), here(receiver));
    writeFileSync(inside("create.ts"), here(creator));
    const [second, third] = [new Terminal(), new Terminal()];
    await second.run(exports);
    await third.run(exports);
    const received = second.begin(listen, "receiver.log");
    await until("the receiver listens", () => received().includes("listening"));

    const session = JSON.parse(await third.run(curl)) as { uuid: string; link: string; expiresAt: number };
    expect(session.link).toContain(session.uuid);
    expect(session.expiresAt).toBeGreaterThan(Date.now() / 1000);
    await pay(session.uuid);
    await until("the webhook says completed", () => received().includes(printed.at(-1) ?? ""));
    const told = received().trim().split("\n").slice(1);
    expect([printed, printed.slice(1)]).toContainEqual(told);

    const going = third.begin(create, "create.log");
    const uuid = await until("create.ts prints the link", () => /\/pay\/(\S+)\n/.exec(going())?.[1]);
    await pay(uuid);
    await until("create.ts ends", () => going().endsWith("\ncompleted\n"));

    const page = JSON.parse(await third.run(look)) as { items: { uuid: string; amount: number }[] };
    expect(page.items).toMatchObject([{ uuid, amount: 24.9 }]);
  }, 90_000);
});

/** The terminals of a reader who did what the quick start says, and ended its receiver. */
async function terminalsOfReader(): Promise<[Terminal, Terminal]> {
  receiverPort = await freePort();
  const [, exports = ""] = codeOf(blocksOf("docs/quick-start.md"), "sh");
  const both: [Terminal, Terminal] = [new Terminal(), new Terminal()];
  for (const terminal of both) await terminal.run(exports);
  return both;
}

/** Runs a script that prints a session's link and waits; a customer subscribes. Answers the uuid once it has ended. */
async function subscribeTo(terminal: Terminal, run: string, choice: { maxSpendingPerPeriod?: number } = {}) {
  const wallet = await subscriberOf(server.dev);
  const printed = terminal.begin(run, "subscribing.log");
  const uuid = await until("the link is printed", () => /\/pay\/(\S+)\n/.exec(printed())?.[1]);
  await wallet.subscribe(uuid, choice);
  const [, last = ""] = await until("the script ends", () => {
    const lines = printed().trim().split("\n");
    return lines.length > 1 && lines;
  });
  await terminal.run(`export UUID=${uuid}`);
  return { uuid, last };
}

const json = (text: string, pattern: RegExp) => JSON.parse(pattern.exec(text)?.[0] ?? text) as unknown;

describe("docs/subscriptions.md", () => {
  const blocks = blocksOf("docs/subscriptions.md");
  const [listen = "", curl = "", plan = "", advance = "", end = "", ...others] = codeOf(blocks, "sh");
  const [listener = "", planner = "", ...more] = codeOf(blocks, "ts");
  const printed = (codeOf(blocks, "")[0] ?? "").trim().split("\n");

  test("leads to two paid months and an end, by curl and by the SDK", async () => {
    expect([others, more]).toEqual([[], []]);
    const [second, third] = await terminalsOfReader();
    writeFileSync(inside("listen.ts"), here(listener));
    writeFileSync(inside("plan.ts"), here(planner));
    const told = second.begin(listen, "listen.log");
    await until("it listens", () => told().includes("listening"));
    const session = JSON.parse(await third.run(curl)) as { uuid: string; link: string };
    expect(await (await fetch(session.link)).text()).toContain("Pro plan");

    const { uuid, last } = await subscribeTo(third, plan);
    expect(last).toMatch(new RegExp(`^${uuid} is in its trial until 20`));
    const after = await third.run(advance);
    expect(json(after, /\{"uuid".*?\}(?=\[)/s)).toMatchObject({ uuid, status: "active" });
    expect(json(after, /\[\{.*\]/s)).toMatchObject([{ amount: 20 }, { amount: 20, subscriptionUUID: uuid }]);
    const lines = () => told().trim().split("\n").slice(1).sort();
    await until("all was told", () => lines().length >= printed.length - 1 && lines().includes("bill: completed"));
    expect([[...printed].sort(), printed.slice(1).sort()]).toContainEqual(lines());

    expect(JSON.parse(await third.run(end))).toEqual({ message: "The subscription is cancelled." });
    await until("the end was told", () => told().includes("subscription: active to cancelled"));
  }, 90_000);
});

describe("docs/usage.md", () => {
  const blocks = blocksOf("docs/usage.md");
  const [curl = "", metered = "", usage = "", events = "", increase = "", advance = "", ...others] = codeOf(
    blocks,
    "sh",
  );
  const [creator = "", reporter = "", ...more] = codeOf(blocks, "ts");
  const [printed = ""] = codeOf(blocks, "");

  test("leads to a bill of what was used, less the credits; then nothing is due", async () => {
    expect([others, more]).toEqual([[], []]);
    const [terminal] = await terminalsOfReader();
    writeFileSync(inside("metered.ts"), here(creator));
    writeFileSync(inside("usage.ts"), here(reporter));
    const session = JSON.parse(await terminal.run(curl)) as { link: string };
    expect(await (await fetch(session.link)).text()).toContain("API calls");
    const { uuid, last } = await subscribeTo(terminal, metered, { maxSpendingPerPeriod: 10 });
    expect(last).toBe(`${uuid} has begun`);
    expect(await terminal.run(usage)).toBe(printed);
    expect(JSON.parse(await terminal.run(events))).toMatchObject({ recorded: 1, repeated: 0 });
    expect(JSON.parse(await terminal.run(increase))).toMatchObject({ currentUnits: 4000, capReached: false });
    expect(JSON.parse(await terminal.run(increase))).toMatchObject({ currentUnits: 4000 });
    expect(json(await terminal.run(advance), /\[\{.*\]/s)).toMatchObject([{ amount: 7, subscriptionUUID: uuid }]);

    const [, , execute = ""] = codeOf(blocksOf("docs/test-clock.md"), "sh");
    expect(JSON.parse(await terminal.run(execute))).toMatchObject({ status: 409, code: "payment_not_due" });
  }, 90_000);
});

test("docs/test-clock.md: the clock moves by command, by curl and by the SDK", async () => {
  const blocks = blocksOf("docs/test-clock.md");
  const [command = "", curl = "", ...others] = codeOf(blocks, "sh");
  const [snippet = "", ...more] = codeOf(blocks, "ts");
  expect([others.length, more]).toEqual([1, []]);
  const [terminal] = await terminalsOfReader();
  const clock = async () => {
    const { apiUrl, testApiKey } = server.dev;
    const answer = await fetch(`${apiUrl}/clock`, { headers: { "x-api-key": testApiKey } });
    return (await answer.json()) as { now: string; moving: boolean };
  };
  const before = Date.parse((await clock()).now);
  expect(await terminal.run(command)).toContain(new Date(before + 35 * 86_400_000).toISOString().slice(0, 10));
  expect(await terminal.run(curl)).toContain('"moving":');
  await until("it is there", async () => !(await clock()).moving);
  writeFileSync(inside("clock.ts"), here(snippet));
  expect(await terminal.run("node clock.ts")).toMatch(/^20\d\d-\d\d-\d\d became 20\d\d-\d\d-\d\d\n$/);
  expect(Date.parse((await clock()).now) - before).toBeGreaterThan((35 + 28) * 86_400_000 + 2 * 3_600_000 - 1_000);
}, 60_000);

test("the TypeScript of README.md and docs compiles with all checks on", () => {
  mkdirSync(inside("types"));
  const guides = ["subscriptions", "usage", "test-clock"].map((name) => `docs/${name}.md`);
  const pages = ["README.md", "docs/quick-start.md", "docs/webhooks.md", ...guides];
  const around = "declare const raw: string;\ndeclare const headers: Headers;\n";
  for (const [index, code] of pages.flatMap((page) => codeOf(blocksOf(page), "ts")).entries()) {
    writeFileSync(inside(`types/snippet-${index}.ts`), `${around}${code}\nexport {};\n`);
  }
  const compilerOptions = {
    target: "es2023",
    module: "nodenext",
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    customConditions: ["qbitflow-source"],
    lib: ["es2023", "dom"],
    types: ["node"],
    skipLibCheck: true,
  };
  writeFileSync(inside("types/tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  try {
    execFileSync(process.execPath, [compiler, "-p", inside("types")], { encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    throw new Error((error as { stdout: string }).stdout);
  }
});
