// The code blocks of README.md and the guides, word for word, against the running server, in each of their languages at once.
// What differs from a reader's machine stands in harness/reader.ts.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { QBitFlow } from "@qbitflow/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ada, customerOf } from "./harness/customer.ts";
import { hasPython } from "./harness/python.ts";
import { blocksOf, codeOf, commandOf, here, Terminal } from "./harness/reader.ts";
import { type Receiver, startReceiver } from "./harness/receiver.ts";
import { freePort, type RunningServer, startAsItIs, temporaryDataDir, until } from "./harness/server.ts";
import { subscriberOf } from "./harness/subscriber.ts";

const root = join(import.meta.dirname, "..");
const directory = temporaryDataDir();
const inside = (name: string): string => join(directory.path, name);
/** The SDKs' languages, as their files end. */
const languages = hasPython() ? ["ts", "py"] : ["ts"];
const [, exports = ""] = codeOf(blocksOf("docs/quick-start.md"), "sh");
const terminals: Terminal[] = [];
/** What they come to: each costs two starts of Node, so they are typed once. */
let exported: Promise<Record<string, string>> | undefined;
let server: RunningServer;
/** Where the webhooks go of those who follow a page by curl, or run no receiver on it. */
let receiver: Receiver;

beforeAll(async () => {
  for (const folder of ["node_modules/@qbitflow", "sdks"]) mkdirSync(inside(folder), { recursive: true });
  symlinkSync(join(root, "packages/sdk"), inside("node_modules/@qbitflow/sdk"));
  symlinkSync(join(root, "node_modules/@types"), inside("node_modules/@types"));
  symlinkSync(join(root, "sdks/python"), inside("sdks/python"));
  writeFileSync(inside("package.json"), '{ "type": "module" }');
  [server, receiver] = await Promise.all([startAsItIs({ dataDir: inside(".data") }), startReceiver()]);
});

afterAll(async () => {
  // Here and not in the tests: one that runs out of time never gets to its end.
  for (const terminal of terminals) terminal.close();
  await server?.stop();
  await receiver?.close();
  directory.remove();
});

const portOf = ({ url }: Receiver): number => Number(new URL(url).port);

/** A terminal in which the quick start's `export` lines were typed. */
async function terminal(port = portOf(receiver)): Promise<Terminal> {
  exported ??= openTerminal(port, {}).exportedBy(exports);
  return openTerminal(port, await exported);
}

function openTerminal(port: number, env: Readonly<Record<string, string>>): Terminal {
  const opened = new Terminal({ directory: directory.path, serverUrl: server.dev.checkoutUrl, port }, env);
  terminals.push(opened);
  return opened;
}

/** Saves the scripts of a page in one language. */
function save(page: string, language: string, port = portOf(receiver)): void {
  for (const { name, code } of blocksOf(page)) {
    if (name?.endsWith(`.${language}`) !== true) continue;
    writeFileSync(inside(name), here(code, { directory: directory.path, serverUrl: server.dev.checkoutUrl, port }));
  }
}

type Reader = Awaited<ReturnType<typeof listening>>;

/** Saves a page's scripts, starts its receiver, and opens another terminal. */
async function listening(page: string, script: string) {
  const [, language = ""] = script.split(".");
  const port = await freePort();
  save(page, language, port);
  const told = (await terminal(port)).begin(script);
  await until(`${script} listens`, () => told().includes("listening"));
  const lines = () => told().trim().split("\n").slice(1);
  return { lines, other: await terminal(port), language };
}

/** Waits for a script that prints a session's link, has the customer do what is to do there, and waits for the last line. */
async function withCustomer(
  terminal: Terminal,
  script: string,
  does: (uuid: string) => Promise<unknown>,
): Promise<{ uuid: string; last: string }> {
  const printed = terminal.begin(script);
  const uuid = await until("the link is printed", () => /\/pay\/(\S+)\n/.exec(printed())?.[1]);
  await does(uuid);
  const last = await until("the script ends", () => printed().trim().split("\n")[1]);
  await terminal.run(`export UUID=${uuid}`);
  return { uuid, last };
}

/** The same where curl made the session. */
async function withCustomerOfCurl(terminal: Terminal, curl: string, does: (uuid: string) => Promise<unknown>) {
  const { uuid } = (await terminal.json(curl)) as { uuid: string };
  await does(uuid);
  await terminal.run(`export UUID=${uuid}`);
  return uuid;
}

async function pay(uuid: string, wallet: number): Promise<void> {
  const customer = customerOf(server.dev, wallet);
  await customer.identify(uuid, ada);
  await customer.pay(uuid, "tUSDC");
}

async function subscribe(uuid: string, choice: { maxSpendingPerPeriod?: number } = {}): Promise<void> {
  await (await subscriberOf(server.dev)).subscribe(uuid, choice);
}

/** The page is played in each SDK and by curl, at once. */
const inEach = (sdk: (language: string, index: number) => Promise<void>, curl: () => Promise<void>) =>
  Promise.all([...languages.map(sdk), curl()]);

describe.concurrent("word for word", () => {
  test("docs/quick-start.md leads to a verified webhook", async () => {
    const page = "docs/quick-start.md";
    const blocks = blocksOf(page);
    const [start, , curl = "", look = "", ...others] = codeOf(blocks, "sh");
    const printed = (codeOf(blocks, "")[0] ?? "").trim().split("\n");
    expect([start, others]).toEqual(["npm ci && npm start\n", []]);
    const inSdk = async (language: string, wallet: number) => {
      const { lines, other } = await listening(page, `receiver.${language}`);
      const { last } = await withCustomer(other, `create.${language}`, (uuid) => pay(uuid, wallet));
      expect(last).toMatch(/^completed: \$24\.9 from 0x\w{40}$/);
      await until("the webhook says completed", () => lines().includes(printed.at(-1) ?? ""));
      expect([printed, printed.slice(1)]).toContainEqual(lines());
    };
    await inEach(inSdk, async () => {
      const opened = await terminal();
      const uuid = await withCustomerOfCurl(opened, curl, (session) => pay(session, 2));
      await until("the webhook says completed", () => receiver.of(uuid).at(-1)?.body.status.status === "completed");
      expect(await opened.run(look)).toMatch(/"status":"completed".*\{"uuid":.*"amount":24\.9/s);
    });
  }, 120_000);

  test("docs/webhooks.md tells genuine ones from others, and sends one again", async () => {
    const page = "docs/webhooks.md";
    const [verify = "", listen = "", deliveries = "", ...others] = codeOf(blocksOf(page), "sh");
    expect(others).toEqual([]);
    const client = new QBitFlow({ apiKey: server.dev.testApiKey, baseUrl: server.dev.apiUrl });
    const session = { productId: 1, reference: "order-7", webhookUrl: receiver.url };
    const { uuid } = await client.oneTimePayments.createSession(session);
    await client.oneTimePayments.expireSession(uuid);
    const { raw, headers } = await until("the webhook came", () => receiver.of(uuid)[0]);
    writeFileSync(inside("body.json"), raw);
    writeFileSync(inside("headers.json"), JSON.stringify(headers));
    const drivers: Record<string, string> = { ts: driverInTypeScript, py: driverInPython };

    for (const [index, language] of languages.entries()) {
      save(page, language);
      writeFileSync(inside(`verify.${language}`), drivers[language] ?? "");
      const opened = await terminal();
      await opened.run(`export UUID=${uuid}`);
      const byHand = language === "py" ? "True False\n" : "";
      expect(await opened.play(`verify.${language}`)).toBe(
        `order-7 is expired\nrefused: signature_mismatch\n204 400\n${byHand}`,
      );
      expect(await opened.play(`deliveries.${language}`)).toBe(
        `1 is delivered after ${index + 1}, answered 200\nThe webhook is sent again.\n`,
      );
      await until("it came again", () => receiver.of(uuid).length === index + 2);
      await until("that is known", async () => (await client.webhooks.deliveries(uuid))[0]?.state === "delivered");
    }

    const opened = await terminal();
    const signed = {
      SIGNATURE: headers["x-webhook-signature-256"],
      TIMESTAMP: headers["x-webhook-timestamp"],
      UUID: uuid,
    };
    for (const [name, value] of Object.entries(signed)) await opened.run(`export ${name}=${value}`);
    expect(await opened.json(verify)).toEqual({ message: "Webhook signature verified." });
    writeFileSync(inside("body.json"), raw.replace("order-7", "order-8"));
    expect(await opened.json(verify)).toMatchObject({ code: "webhook_signature_invalid" });
    expect(await opened.json(deliveries)).toMatchObject({ items: [{ uuid, state: "delivered" }] });

    await brings(listen, client);
  }, 120_000);

  // All else of the page: going-live.test.ts.
  test("docs/going-live.md: a live key says why it is not let in yet", async () => {
    const page = "docs/going-live.md";
    const [ask = ""] = codeOf(blocksOf(page), "sh").filter((code) => code.startsWith("curl -s $QBITFLOW_BASE_URL"));
    const opened = await terminal();
    const create = codeOf(blocksOf(page), "sh")
      .join("")
      .split("\n")
      .find((line) => line.includes("keys create --live"));
    const key = /sk_\S+_live_\S+/.exec(await opened.run(create ?? ""))?.[0];
    await opened.run(`export QBITFLOW_API_KEY=${key}`);
    for (const language of languages) {
      save(page, language);
      expect(await opened.play(`ready.${language}`)).toMatch(/^live_not_ready: .*NETWORKS.*SECRET_KEY/);
    }
    expect(await opened.json(ask)).toMatchObject({ status: 403, code: "live_not_ready" });
    expect(server.output()).toContain("Live keys are refused");
  }, 120_000);

  test("docs/subscriptions.md leads to two paid months and an end, docs/usage.md to a bill of what was used", async () => {
    // Both begin at once, and then move the clock one after the other.
    const [goOnWithPlans, goOnWithUsage] = await Promise.all([beginPlans(), beginUsage()]);
    await goOnWithPlans();
    await goOnWithUsage();
  }, 120_000);
});

async function beginPlans(): Promise<() => Promise<void>> {
  const page = "docs/subscriptions.md";
  const blocks = blocksOf(page);
  const [curl = "", advance = "", history = "", end = "", ...others] = codeOf(blocks, "sh");
  const printed = (codeOf(blocks, "")[0] ?? "").trim().split("\n");
  expect(others).toEqual([]);
  const curls = await terminal();
  const [readers] = await Promise.all([
    Promise.all(
      languages.map(async (language) => {
        const reader = await listening(page, `listen.${language}`);
        const { uuid, last } = await withCustomer(reader.other, `plan.${language}`, subscribe);
        expect(last).toMatch(new RegExp(`^${uuid} is in its trial until 20`));
        return reader;
      }),
    ),
    withCustomerOfCurl(curls, curl, subscribe),
  ]);

  async function inSdk({ language, lines, other }: Reader): Promise<void> {
    expect(await other.play(`bills.${language}`)).toMatch(/^active\n(20\d\d-\d\d-\d\d: \$20\n){2}$/);
    await until("all was told", () => lines().length >= printed.length - 1 && lines().includes("bill: completed"));
    expect([[...printed].sort(), printed.slice(1).sort()]).toContainEqual(lines().sort());
    expect(await other.play(`end.${language}`)).toBe("The subscription is cancelled.\n");
    await until("the end was told", () => lines().includes("subscription: active to cancelled"));
  }
  async function byCurl(): Promise<void> {
    expect(await curls.run(history)).toMatch(/"status":"active".*\[\{.*"amount":20.*\{.*"amount":20/s);
    expect(await curls.json(end)).toEqual({ message: "The subscription is cancelled." });
  }
  return async () => {
    await curls.run(advance);
    await Promise.all([...readers.map(inSdk), byCurl()]);
  };
}

async function beginUsage(): Promise<() => Promise<void>> {
  const page = "docs/usage.md";
  const blocks = blocksOf(page);
  const [curl = "", events = "", increase = "", advance = "", history = "", ...others] = codeOf(blocks, "sh");
  const [printed = ""] = codeOf(blocks, "");
  expect(others).toEqual([]);
  const most = (uuid: string) => subscribe(uuid, { maxSpendingPerPeriod: 10 });
  const curls = await terminal();

  async function inSdk(language: string) {
    save(page, language);
    const opened = await terminal();
    const { uuid, last } = await withCustomer(opened, `metered.${language}`, most);
    expect(last).toBe(`${uuid} has begun`);
    expect(await opened.play(`usage.${language}`)).toBe(printed);
    return async () => expect(await opened.play(`bill.${language}`)).toBe("$7 for API calls\n");
  }
  async function byCurl() {
    await withCustomerOfCurl(curls, curl, most);
    expect(await curls.json(events)).toMatchObject({ recorded: 2, repeated: 0 });
    expect(await curls.json(increase)).toMatchObject({ currentUnits: 4000, capReached: false });
    expect(await curls.json(increase)).toMatchObject({ currentUnits: 4000 });
    return async () => expect(await curls.json(history)).toMatchObject([{ amount: 7 }]);
  }
  const bills = await Promise.all([...languages.map(inSdk), byCurl()]);
  return async () => {
    await curls.run(advance);
    await Promise.all(bills.map((bill) => bill()));
    const [, , execute = ""] = codeOf(blocksOf("docs/test-clock.md"), "sh");
    expect(await curls.json(execute)).toMatchObject({ status: 409, code: "payment_not_due" });
  };
}

test("docs/test-clock.md: the clock moves by command, by curl and by the SDKs", async () => {
  const page = "docs/test-clock.md";
  const [command = "", curl = "", ...others] = codeOf(blocksOf(page), "sh");
  expect(others.length).toBe(1);
  const opened = await terminal();
  const client = new QBitFlow({ apiKey: server.dev.testApiKey, baseUrl: server.dev.apiUrl });
  const now = async () => Date.parse((await client.clock.get()).now);
  const before = await now();
  expect(await opened.run(command)).toContain(new Date(before + 35 * 86_400_000).toISOString().slice(0, 10));
  expect(await opened.run(curl)).toContain('"moving":');
  await until("it is there", async () => !(await client.clock.get()).moving);
  for (const language of languages) {
    save(page, language);
    expect(await opened.play(`clock.${language}`)).toMatch(/^20\d\d-\d\d-\d\d became 20\d\d-\d\d-\d\d\n$/);
  }
  const hours = (35 + 28 * languages.length) * 24 + 1 + languages.length;
  expect((await now()) - before).toBeGreaterThan(hours * 3_600_000 - 1_000);
}, 120_000);

// After the clock was moved: its sessions are never paid, and would be told to an address that is not there.
test("README.md: a session by curl and by the SDK", async () => {
  const blocks = blocksOf("README.md");
  const [start, curl = "", ...others] = codeOf(blocks, "sh");
  const [snippet = "", ...more] = codeOf(blocks, "ts");
  expect(start).toBe("npm ci && npm start\n");
  expect(others.join("")).toMatch(/^npm ci && npm test /);
  expect(more).toEqual([]);
  const opened = await terminal();
  const created = (await opened.json(curl)) as { uuid: string; link: string };
  expect(await (await fetch(created.link)).text()).toContain("T-shirt");

  writeFileSync(inside("readme.ts"), snippet);
  const link = (await opened.run("node readme.ts")).trim();
  expect(await (await fetch(link)).text()).toContain("Blue mug");
});

/** The webhook of a session without a URL comes to where the block says. */
async function brings(listen: string, client: QBitFlow): Promise<void> {
  const mine = await startReceiver();
  const listening = await terminal(portOf(mine));
  const said = listening.begin("listen", listen);
  await until("it listens", () => said().includes("istening"));
  const { uuid } = await client.oneTimePayments.createSession({ productId: 1 });
  await client.oneTimePayments.expireSession(uuid);
  const { raw, headers } = await until("it was brought", () => mine.of(uuid)[0]);
  await client.webhooks.verify(raw, headers, server.dev.webhookSecret);
  listening.close();
  await mine.close();
}

/** What a server does around the page's `receive`: a delivery as it came, then with another body. */
const driverInTypeScript = `
import { readFileSync } from "node:fs";
import { receive } from "./receive.ts";

const body = readFileSync("body.json");
const headers = JSON.parse(readFileSync("headers.json", "utf8"));
const other = Buffer.from(body.toString().replace("order-7", "order-8"));
console.log(await receive(body, headers), await receive(other, headers));
`;
const driverInPython = `
import json
import os

from by_hand import is_genuine
from receive import receive

body = open("body.json", "rb").read()
headers = json.load(open("headers.json"))
other = body.replace(b"order-7", b"order-8")
print(receive(body, headers), receive(other, headers))
secret = os.environ["QBITFLOW_WEBHOOK_SECRET"]
print(is_genuine(body, headers, secret), is_genuine(other, headers, secret))
`;

test("the guides say of each script how to run it where it first matters", () => {
  for (const name of ["receiver", "create", "plan", "listen", "metered"]) {
    const pages = ["quick-start", "subscriptions", "usage"].map((page) =>
      readFileSync(join(root, `docs/${page}.md`), "utf8"),
    );
    for (const language of ["ts", "py"])
      expect(pages.join("")).toContain(`run it with \`${commandOf(`${name}.${language}`)}\``);
  }
});

test("the TypeScript of README.md and docs compiles with all checks on", () => {
  mkdirSync(inside("types"));
  const guides = ["quick-start", "subscriptions", "usage", "webhooks", "going-live", "test-clock"];
  const pages = ["README.md", ...guides.map((name) => `docs/${name}.md`)];
  for (const [index, code] of pages.flatMap((page) => codeOf(blocksOf(page), "ts")).entries()) {
    writeFileSync(inside(`types/snippet-${index}.ts`), `${code}\nexport {};\n`);
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
