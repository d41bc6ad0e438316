// The commands of a developer, as they are typed, against one running server and its local chain.
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isSessionEvent, isSubscriptionEvent, QBitFlow, type WebhookEvent } from "@qbitflow/sdk";
import { createLogger, type DevFile, type Running, readConfig, start } from "@qbitflow/server";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { copyFirstStart } from "../../../e2e/harness/first-start.ts";
import { run } from "./run.ts";

let env: Record<string, string>;
let running: Running;
let dev: DevFile;

const startWith = (env: Record<string, string>) => start({ config: readConfig(env), log: createLogger("silent") });
const startServer = async () => {
  running = await startWith(env);
  if (running.dev === undefined) throw new Error("This is no local default.");
  dev = running.dev;
};

beforeAll(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "qbitflow-cli-"));
  await copyFirstStart(dataDir, async (dataDir) => {
    const first = await startWith({ QBITFLOW_DATA_DIR: dataDir, PORT: "0" });
    await first.stop();
  });
  env = { QBITFLOW_DATA_DIR: dataDir, PORT: "0", LOCAL_BLOCK_MS: "200" };
  await startServer();
});
afterAll(async () => {
  await running.stop();
  await rm(env.QBITFLOW_DATA_DIR ?? "", { recursive: true, force: true });
});

const json = async (...words: string[]) => {
  const { exitCode, output, errorOutput } = await run([...words, "--json"], env);
  expect({ exitCode, errorOutput }, words.join(" ")).toEqual({ exitCode: 0, errorOutput: "" });
  return JSON.parse(output);
};
const eventsOf = async (uuid: string) =>
  (await json("events", "list", "--uuid", uuid)).items.map(({ type }: { type: string }) => type);

/** A merchant's server under development: verifies each webhook with the SDK, or answers as told. */
class Shop {
  readonly heard: { readonly event: WebhookEvent; readonly id: string; readonly sequence: string }[] = [];
  status = 200;
  #server: Server | undefined;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}/hook?from=qbitflow`;
  }

  async open(): Promise<this> {
    const client = new QBitFlow({ apiKey: dev.testApiKey, baseUrl: dev.apiUrl, webhookSecret: dev.webhookSecret });
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", async () => {
        const raw = Buffer.concat(chunks).toString();
        const event = await client.webhooks.verify(raw, request.headers).catch((error: Error) => error);
        if (event instanceof Error || request.url !== "/hook?from=qbitflow") return response.writeHead(400).end();
        const { "x-webhook-id": id, "x-webhook-sequence": sequence } = request.headers;
        this.heard.push({ event, id: String(id), sequence: String(sequence) });
        return response.writeHead(this.status).end("heard");
      });
    });
    this.#server.listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }
}

/** `listen` in a terminal. */
function terminal(...words: string[]) {
  const [told, printed]: [string[], string[]] = [[], []];
  const interruption = new AbortController();
  const ended = run(["listen", ...words], env, {
    tell: (line) => void told.push(line),
    print: (text) => void printed.push(text),
    signal: interruption.signal,
  });
  const until = (lines: string[], text: string) =>
    vi.waitFor(() => expect(lines.join("\n")).toContain(text), { timeout: 20_000, interval: 20 });
  return {
    printed,
    told,
    ready: () => until(told, "Listening"),
    hasTold: (text: string) => until(told, text),
    hasPrinted: (text: string) => until(printed, text),
    interrupt: () => {
      interruption.abort();
      return ended;
    },
  };
}

describe("listen", () => {
  const shops: Shop[] = [];
  const openShop = async () => {
    const shop = await new Shop().open();
    shops.push(shop);
    return shop;
  };
  afterEach(() => Promise.all(shops.splice(0).map((shop) => shop.close())));

  test("brings every webhook of a payment and a subscription, verified by the SDK, though nothing names a URL", async () => {
    const shop = await openShop();
    const typed = terminal("--forward-to", shop.url, "--json");
    await typed.ready();
    const paid = await json("trigger", "payment.completed");
    const subscribed = await json("trigger", "subscription.cancelled");
    await vi.waitFor(() => expect(shop.heard.at(-1)?.event).toMatchObject({ currentStatus: "cancelled" }), 20_000);

    const statuses = (uuid: string) =>
      shop.heard.flatMap(({ event, sequence }) =>
        isSessionEvent(event) && event.uuid === uuid ? [[event.status.type, event.status.status, sequence]] : [],
      );
    expect(statuses(paid.uuid).at(-1)).toEqual(["payment", "completed", String(statuses(paid.uuid).length)]);
    expect(await eventsOf(subscribed.uuid)).toEqual(expect.arrayContaining(["subscription.created", "bill.paid"]));
    expect(statuses(subscribed.uuid)).toContainEqual(["executeSubscription", "completed", "1"]);
    const cancelled = shop.heard.at(-1)?.event;
    expect(cancelled && isSubscriptionEvent(cancelled) && cancelled.subscriptionUUID).toBe(subscribed.uuid);

    const lines = typed.printed.map((line) => JSON.parse(line));
    expect(lines.map(({ id }) => id)).toEqual(shop.heard.map(({ id }) => id));
    expect(lines.every(({ status, ms }) => status === 200 && ms >= 0)).toBe(true);
    expect(lines.filter(({ uuid }) => uuid === paid.uuid).at(-1)).toMatchObject({ type: "checkout_session.completed" });
    expect(await typed.interrupt()).toEqual({ exitCode: 0, output: "", errorOutput: "" });
  });

  test("says what the local server answered and what to type to get it again; event number and webhook id do", async () => {
    const shop = await openShop();
    const typed = terminal(shop.url);
    await typed.ready();
    shop.status = 500;
    const { uuid } = await json("trigger", "checkout_session.expired");
    await typed.hasPrinted(`${uuid}  → 500`);
    const [, number = ""] = /again: qbitflow events resend (\d+)/.exec(typed.printed[0] ?? "") ?? [];
    shop.status = 200;
    expect(await json("events", "resend", number)).toEqual({ id: number, resent: true });
    await vi.waitFor(() => expect(shop.heard).toHaveLength(2), 20_000);
    await json("events", "resend", shop.heard[0]?.id ?? "");
    await vi.waitFor(() => expect(shop.heard).toHaveLength(3), 20_000);
    expect(new Set(shop.heard.map(({ id }) => id)).size).toBe(1);
    await typed.hasPrinted(`checkout_session.expired  ${uuid}  → 200`);

    await shop.close();
    await json("events", "resend", number);
    await typed.hasPrinted("nothing listens at 127.0.0.1");
    expect((await typed.interrupt()).exitCode).toBe(0);
    expect(typed.told.at(-1)).toBe("4 webhooks were forwarded.");
    // Nobody listens now, and it has no URL.
    const nowhere = await run(["events", "resend", number, "--json"], env);
    expect(nowhere.exitCode).toBe(1);
    expect(JSON.parse(nowhere.output)).toMatchObject({ code: "conflict", status: 409 });
  });

  test("goes on where it was after the server was started again, and misses nothing", async () => {
    const shop = await openShop();
    const typed = terminal("--forward-to", shop.url);
    await typed.ready();
    const before = await json("trigger", "checkout_session.expired");
    await typed.hasPrinted(before.uuid);
    await running.stop();
    await typed.hasTold("The server does not answer");
    await startServer();
    // It may be told of this one while it still waits for its next try.
    const after = await json("trigger", "checkout_session.cancelled");
    await typed.hasPrinted(`checkout_session.cancelled  ${after.uuid}  → 200`);
    await typed.hasTold("The server answers again.");
    expect(shop.heard).toHaveLength(2);
    expect((await typed.interrupt()).exitCode).toBe(0);
  });

  test("refuses what is no http address, a wrong key and a server that is not there", async () => {
    for (const address of ["localhost:4000/hook", "ftp://127.0.0.1/", "4000"]) {
      expect(await run(["listen", address], env)).toMatchObject({ exitCode: 2, output: "" });
    }
    const target = "http://127.0.0.1:9/";
    const wrongKey = await run(["listen", target, "--api-key", "sk_1_test_x", "--base-url", dev.apiUrl], env);
    expect(wrongKey).toMatchObject({ exitCode: 1 });
    const elsewhere = ["--api-key", "sk_1_test_x", "--base-url", "http://127.0.0.1:9"];
    expect(await run(["listen", target, ...elsewhere], env)).toMatchObject({ exitCode: 3 });
    expect(await run(["listen", target], { QBITFLOW_DATA_DIR: tmpdir() })).toMatchObject({ exitCode: 3 });
  });
});

describe("trigger", () => {
  test("pays for real and tells each step; the payment is listed with its exact amount, the event log has it", async () => {
    const told: string[] = [];
    const { exitCode, output } = await run(["trigger", "payment.completed", "--json"], env, {
      tell: (line) => void told.push(line),
    });
    expect(exitCode).toBe(0);
    const { uuid, transactionHash } = JSON.parse(output);
    expect(told[0]).toContain(`/pay/${uuid}`);
    expect(told[1]).toMatch(/^A test wallet paid [0-9.]+ ETH: 0x[0-9a-f]{64}$/);
    expect(told.at(-1)).toContain("It is completed");
    expect(await eventsOf(uuid)).toContain("checkout_session.completed");

    const [newest] = (await json("payments", "list", "--limit", "1")).items;
    expect(newest).toMatchObject({ uuid, transactionHash, amount: "25.00", source: "payment" });
    expect((await json("payments", "list", "--all")).items.length).toBeGreaterThan(1);
    expect((await run(["payments", "list", "--limit", "1"], env)).output).toMatch(
      / 25\.00 USD {2}\S+ +\S+ {2}Triggered/,
    );
  });

  test("refuses other servers in words, and what it cannot make happen", async () => {
    const elsewhere = ["--api-key", "sk_1_test_x", "--base-url", "https://pay.example.com"];
    const refused = await run(["trigger", "payment.completed", ...elsewhere], env);
    expect(refused).toMatchObject({ exitCode: 1, output: "" });
    expect(refused.errorOutput).toContain("no local chain");
    expect((await run(["trigger", "payment.exploded"], env)).errorOutput).toContain("must be one of payment.completed");
  });
});

describe("sessions and events", () => {
  test("a session of each kind is made, read and ended", async () => {
    const urls = ["--success-url", "https://shop.example/thanks", "--cancel-url", "https://shop.example/cart"];
    const kinds: [type: string, words: string[]][] = [
      ["payment", ["--product-id", "1", "--reference", "order-17", "--expires-in", "10", ...urls]],
      ["payment", ["--name", "Blue mug", "--price", "24.90"]],
      [
        "createSubscription",
        ["--name", "Pro", "--price", "20", "--frequency", "1mo", "--trial", "14d", "--min-periods", "3"],
      ],
      ["createPAYGSubscription", ["--product-id", "1", "--frequency", "1w", "--payg", "--free-credits", "5.5"]],
    ];
    const made = [];
    for (const [type, words] of kinds) {
      const { uuid, link } = await json("sessions", "create", ...words);
      expect(link).toContain(uuid);
      const session = await json("sessions", "get", uuid);
      expect(session).toMatchObject({ uuid, status: { type, status: "created" } });
      made.push(session);
    }
    expect(made[0]).toMatchObject({ productId: 1, reference: "order-17", successUrl: "https://shop.example/thanks" });
    expect(made[1]).toMatchObject({ productName: "Blue mug", description: "Blue mug", price: 24.9 });
    expect(made[2]?.options).toMatchObject({
      subscriptionType: "subscription",
      trialPeriod: 14 * 86_400,
      minPeriods: 3,
    });
    expect(made[3]?.options).toMatchObject({ subscriptionType: "payAsYouGo", freeCredits: 5.5, frequency: 7 * 86_400 });
    expect(await json("sessions", "expire", made[1]?.uuid)).toMatchObject({ expired: true });
    expect((await run(["sessions", "expire", made[1]?.uuid], env)).exitCode).toBe(1);
    expect((await json("events", "list", "--type", "checkout_session.expired", "--limit", "1")).items).toHaveLength(1);
    expect((await run(["events", "list", "--limit", "2"], env)).output.split("\n")).toHaveLength(2);
  });

  test.each([
    [["sessions", "create"], "--product-id, or --name and --price"],
    [["sessions", "create", "--product-id", "1", "--price", "3"], "--product-id, or --name and --price"],
    [["sessions", "create", "--product-id", "1.5"], "whole number"],
    [["sessions", "create", "--name", "x", "--price", "1e3"], "--price must be an amount"],
    [["sessions", "create", "--product-id", "1", "--frequency", "1month"], "--frequency must be a number and one of"],
    [["sessions", "create", "--product-id", "1", "--trial", "3d"], "needs --frequency"],
    [["sessions", "create", "--product-id", "1", "--frequency", "1mo", "--free-credits", "3"], "add --payg"],
    [["payments", "list", "--all", "--limit", "3"], "not both"],
    [["payments", "list", "--limit", "0"], "from 1 to"],
  ])("%s ends with 2 and says why", async (words, why) => {
    const { exitCode, errorOutput } = await run(words, env);
    expect(errorOutput).toContain(why);
    expect(exitCode).toBe(2);
  });

  test("what the API refuses ends with 1 and its words", async () => {
    const refused = await run(["sessions", "create", "--product-id", "999", "--json"], env);
    expect(refused.exitCode).toBe(1);
    expect(JSON.parse(refused.output)).toMatchObject({ status: 404 });
    expect((await run(["sessions", "get", "x"], env)).exitCode).toBe(1);
  });
});
