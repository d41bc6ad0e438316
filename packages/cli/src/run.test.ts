import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkoutAddress, startLocalChain, subscriptionsAddress } from "@qbitflow/chains";
import { generatePrivateKey, privateKeyToAddress } from "viem/accounts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "./api-client.ts";
import { readArguments } from "./arguments.ts";
import { commands } from "./commands.ts";
import { failureOf, type Outcome } from "./outcome.ts";
import { run } from "./run.ts";

const merchant = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
let directory: string;
let env: Record<string, string>;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "qbitflow-cli-"));
  env = { QBITFLOW_DATA_DIR: directory, PORT: "0" };
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** As a shell takes it apart. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => double ?? single ?? bare ?? "");

const json = async (...words: string[]) => {
  const { exitCode, output, errorOutput } = await run([...words, "--json"], env);
  expect(errorOutput).toBe("");
  expect(exitCode).toBe(0);
  return JSON.parse(output);
};

describe("command lines", () => {
  test("help names every command, and every command its options and examples", async () => {
    const { output, exitCode } = await run(["--help"], env);
    expect(exitCode).toBe(0);
    for (const { name, options, examples } of commands) {
      expect(output).toContain(name);
      const help = await run([...name.split(" "), "--help"], env);
      for (const [option] of options) expect(help.output).toContain(`--${option.replace("?", "")}`);
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) expect(help.output).toContain(example);
    }
    expect((await run(["help", "keys"], env)).output).toMatch(/keys create.*keys list.*keys revoke/s);
    expect((await run(["keys", "-h"], env)).output).not.toContain("wallets");
    const { items } = JSON.parse((await run(["keys", "revoke", "--help", "--json"], env)).output);
    expect(items).toEqual([expect.objectContaining({ name: "keys revoke", bare: "id" })]);
  });

  test.each(commands.flatMap(({ name, examples }) => examples.map((example) => [example, name])))(
    "%s is understood",
    (example, name) => {
      const [program, ...words] = wordsOf(example ?? "");
      expect(program).toBe("qbitflow");
      expect(readArguments(words, commands)).toMatchObject({ wants: "run", command: { name } });
    },
  );

  test("the version is the package's", async () => {
    for (const words of [["--version"], ["-v"]]) expect((await run(words, env)).output).toMatch(/^\d+\.\d+\.\d+$/);
    expect(JSON.parse((await run(["--version", "--json"], env)).output)).toEqual({ version: expect.any(String) });
  });

  test.each([
    [["keys", "lsit"], 'did you mean "keys list"?'],
    [["walets", "list"], 'did you mean "wallets list"?'],
    [["reconsile"], 'did you mean "reconcile"?'],
    [["keys"], "Say what of keys: keys create, keys list, keys revoke."],
    [["reconcile", "--rebiuld"], "did you mean --rebuild?"],
    [["wallets", "set", "--chain", "bas", "--address", "0x12"], "must be one of"],
    [["keys", "revoke", "--id", "1", "--id", "2"], "given twice"],
  ])("%s: the sentence says what was probably meant", async (words, sentence) => {
    const { exitCode, errorOutput } = await run(words, env);
    expect(errorOutput).toContain(sentence);
    expect(exitCode).toBe(2);
    const asJson = await run([...words, "--json"], env);
    expect(JSON.parse(asJson.output)).toEqual({ error: errorOutput });
  });

  test.each([
    ["an unknown command", ["do", "it"]],
    ["an unknown option", ["org", "list", "--color", "red"]],
    ["a missing option", ["wallets", "set", "--chain", "local"]],
    ["an option without value", ["org", "create", "--name"]],
    ["a word too many", ["org", "list", "extra"]],
    ["a value for a flag", ["reconcile", "--rebuild=yes"]],
    ["a deployment without key", ["contracts", "deploy", "--network", "base-sepolia"]],
  ])("%s ends with 2 and a sentence", async (_what, words) => {
    const { exitCode, errorOutput } = await run(words, env);
    expect(exitCode).toBe(2);
    expect(errorOutput).not.toBe("");
  });

  test("a wrong configuration ends with 2, a database that does not answer with 3", async () => {
    expect((await run(["org", "list"], { ...env, PORT: "x" })).exitCode).toBe(2);
    const away = { ...env, DATABASE_URL: "postgres://localhost:1/x" };
    for (const command of [["org", "list"], ["start"]]) {
      expect(await run(command, away)).toMatchObject({
        exitCode: 3,
        errorOutput: expect.stringContaining("ECONNREFUSED"),
      });
    }
  });
});

test("what is interrupted while a database keeps silent ends with 130", async () => {
  const silent = createServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  const interruption = new AbortController();
  silent.once("connection", () => interruption.abort());
  const { port } = silent.address() as AddressInfo;
  const waiting = { ...env, DATABASE_URL: `postgres://127.0.0.1:${port}/x` };
  expect((await run(["org", "list"], waiting, { signal: interruption.signal })).exitCode).toBe(130);
  silent.close();
});

test("what a server says is shown by the terminal, not obeyed, and stays itself in JSON", async () => {
  const said = "\u001b[2J\u009b31mpaid\u202e\r\u0007";
  const rude = createServer((socket) => {
    const body = JSON.stringify({ error: said, code: "not_found", status: 404 });
    socket.once("data", () => {
      socket.end(
        `HTTP/1.1 404 Not Found\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
      );
    });
  }).listen(0, "127.0.0.1");
  await once(rude, "listening");
  const key = `sk_test_${"a".repeat(43)}`;
  const server = ["--base-url", `http://127.0.0.1:${(rude.address() as AddressInfo).port}`, "--api-key", key];
  const words = ["events", "list", ...server];
  const { errorOutput } = await run(words, env);
  expect(errorOutput).toBe("\\u001b[2J\\u009b31mpaid\\u202e\\u000d\\u0007");
  const { output } = await run([...words, "--json"], env);
  expect(output).toMatch(/^[\n\x20-\x7e]*$/);
  expect(JSON.parse(output)).toMatchObject({ error: said, status: 404 });
  rude.close();
});

test("without a server the commands work on the database itself", async () => {
  const organization = await json("org", "create", "--name", "Acme", "--owner-email", "boss@example.com");
  expect(organization).toMatchObject({ id: 1, name: "Acme" });
  const refused = await run(["wallets", "set", "--chain", "local", "--address", "0x12"], env);
  expect(refused.exitCode).toBe(1);
  expect(refused.errorOutput).toContain("address");
  expect((await run(["doctor"], env)).output).toMatch(/warning {2}server: none runs on this data directory/);
  // The local chain runs with its server.
  const reconciled = await run(["reconcile"], env);
  expect(reconciled.exitCode).toBe(3);
  expect(reconciled.errorOutput).toContain("start the server");
}, 60_000);

/** `qbitflow start`, and what its interruption comes to. */
async function started(): Promise<{ apiUrl: string; stop(): Promise<Outcome> }> {
  const interruption = new AbortController();
  const ready = Promise.withResolvers<string>();
  const ended = run(
    ["start", "--json"],
    { ...env, LOG_LEVEL: "silent" },
    {
      signal: interruption.signal,
      print: (line) => ready.resolve(JSON.parse(line).url),
    },
  );
  ended.then(({ errorOutput }) => ready.reject(new Error(errorOutput)));
  const url = await ready.promise;
  return {
    apiUrl: `${url}/v1`,
    stop: () => {
      interruption.abort();
      return ended;
    },
  };
}

test("beside a running server the commands go through it, and take effect at once", async () => {
  const { apiUrl, stop } = await started();
  try {
    expect(await run(["start"], env)).toMatchObject({ exitCode: 1, errorOutput: expect.stringContaining(directory) });
    const { key, id } = await json("keys", "create", "--test", "--name", "CI");
    const call = (path: string) => fetch(`${apiUrl}${path}`, { headers: { "x-api-key": key } });
    expect((await call("/product")).status).toBe(200);
    expect((await json("keys", "list")).items.map((item: { id: number }) => item.id)).toContain(id);
    expect(await json("keys", "revoke", String(id))).toEqual({ id, revoked: true });
    expect((await call("/product")).status).toBe(401);

    await keysFollowTheirUsers(json);
    const wallet = { chain: "local", address: merchant };
    expect(await json("wallets", "set", "--chain", "local", "--address", merchant)).toEqual(wallet);
    expect((await json("wallets", "list")).items).toContainEqual(wallet);

    expect(await json("currencies", "off", "3")).toEqual({ currency: 3, on: false });
    const { items } = await json("currencies", "list");
    expect(items.find((item: { id: number }) => item.id === 3)).toMatchObject({ symbol: "tUSDT", on: false });
    expect(await json("fees", "set", "--chain", "local", "--bps", "50", "--recipient", merchant)).toMatchObject({
      feeBps: 50,
    });
    expect(
      (await run(["fees", "set", "--chain", "local", "--bps", "1001", "--recipient", merchant], env)).exitCode,
    ).toBe(1);

    const { client, baseUrl } = await connect({}, { env });
    expect(baseUrl).toBe(apiUrl);
    const product = await client.products.get(1);
    expect((await connect({ apiKey: "sk_1_test_x", baseUrl }, { env: {} })).client.toString()).toContain(baseUrl);
    const unknown = await connect({ apiKey: key }, { env });
    const error = await unknown.client.products.get(product.id).catch((caught: unknown) => caught);
    expect(failureOf(error, true)).toMatchObject({ exitCode: 1, output: expect.stringContaining('"status": 401') });
    await expect(connect({ baseUrl }, { env })).rejects.toThrow("but no key");

    const { secret } = await json("webhooks", "secret", "--test");
    expect(secret).toMatch(/^whsec_/);
    expect((await json("webhooks", "secret", "--test", "--rotate")).secret).not.toBe(secret);
    expect((await run(["webhooks", "secret"], env)).errorOutput).toContain("--test or --live");

    const { problems, checks } = await json("doctor");
    expect(problems).toBe(0);
    expect(checks.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(["server", "database", "local contracts", "local executor", "webhook secrets", "clock"]),
    );

    expect(await json("contracts", "verify", "--network", "local")).toMatchObject({ equal: true });

    const compared = { payments: 0, bills: 0, mandates: 0 };
    expect(await json("reconcile")).toEqual({ equal: true, compared, differences: [] });
    expect(await json("reconcile", "--rebuild")).toMatchObject({ equal: true, restored: [] });
    const told: string[] = [];
    const { exitCode, output } = await run(["reconcile"], env, { tell: (line) => void told.push(line) });
    expect({ exitCode, output }).toEqual({
      exitCode: 0,
      output: "The books and the chain are equal: 0 payments, 0 bills and 0 mandates compared.",
    });
    expect(told.at(-1)).toContain("0 differences");
  } finally {
    expect(await stop()).toMatchObject({ exitCode: 0, errorOutput: "" });
  }
}, 60_000);

/** A key is its user's: role, mode and expiry are what was said, and a wrong one changes nothing. */
async function keysFollowTheirUsers(json: (...words: string[]) => Promise<Record<string, unknown>>): Promise<void> {
  const owner = await connect({}, { env });
  const cleo = { name: "Cleo", lastName: "Clerk", email: "cleo@example.com", password: "twelve letters" };
  const user = await owner.client.users.create({ ...cleo, role: "user" });
  const made = await json("keys", "create", "--test", "--user", String(user.id), "--expires-in-days", "2");
  expect(made).toMatchObject({ userId: user.id, role: "user", test: true });
  const inDays = (Date.parse(String(made.expiresAt)) - Date.now()) / 86_400_000;
  expect(inDays).toBeGreaterThan(1.9);
  expect(inDays).toBeLessThan(2.1);
  const { client } = await connect({ apiKey: String(made.key) }, { env });
  expect(await client.users.me()).toMatchObject({ id: user.id, role: "user" });
  expect((await client.users.getAll()).map(({ id }) => id)).toEqual([user.id]);
  await expect(client.users.create({ ...cleo, email: "d@example.com", role: "user" })).rejects.toMatchObject({
    status: 403,
  });
  const live = await json("keys", "create", "--live", "--user", String(user.id));
  expect(live).toMatchObject({ test: false, key: expect.stringMatching(/^sk_\d+_live_/) });
  const { items } = (await json("keys", "list")) as { items: Record<string, unknown>[] };
  const listed = items.filter(({ userId }) => userId === user.id);
  expect(listed.map(({ id, test }) => [id, test])).toEqual([
    [made.id, true],
    [live.id, false],
  ]);
  expect(JSON.stringify(items)).not.toContain(String(made.key).replace(/^sk_\d+_test_/, ""));
  const refused = [
    ["--test", "--user", "999999"],
    ["--test", "--expires-in-days", "0"],
    ["--test", "--expires-in-days", "999999999999"],
    ["--test", "--live"],
    [],
  ];
  for (const words of refused) {
    const { exitCode, errorOutput } = await run(["keys", "create", ...words], env);
    expect({ exitCode, errorOutput }).toEqual({ exitCode: 1, errorOutput: expect.stringMatching(/\w/) });
    expect(errorOutput).not.toContain("went wrong");
  }
  expect(((await json("keys", "list")) as { items: unknown[] }).items).toHaveLength(items.length);
  expect((await run(["keys", "revoke", "999999"], env)).exitCode).toBe(1);
}

test("contracts are deployed once, and the command says how to configure them", async () => {
  const chain = await startLocalChain({ directory: join(directory, "other-chain") });
  try {
    const deployer = {
      ...env,
      RPC_URL_LOCAL: chain.rpcUrl,
      DEPLOYER_PRIVATE_KEY: "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
    };
    const deploy = (env: Record<string, string>) => run(["contracts", "deploy", "--network", "local", "--json"], env);
    const verify = async (more: Record<string, string> = {}) => {
      const { exitCode, output } = await run(["contracts", "verify", "--network", "local", "--json"], {
        ...env,
        RPC_URL_LOCAL: chain.rpcUrl,
        ...more,
      });
      const { equal, contracts } = JSON.parse(output) as { equal: boolean; contracts: Record<string, string>[] };
      return { exitCode, equal, codes: Object.fromEntries(contracts.map(({ contract, code }) => [contract, code])) };
    };
    const none = { checkout: "none", subscriptions: "none", signatureVerifier: "none", executorRegistry: "none" };
    expect(await verify()).toEqual({ exitCode: 1, equal: false, codes: none });
    const first = JSON.parse((await deploy(deployer)).output);
    expect(first).toMatchObject({ network: "local", address: checkoutAddress, deployed: true });
    expect(first.next).toContain(`CHECKOUT_CONTRACT_LOCAL=${checkoutAddress}@${first.fromBlock}`);
    expect(first.next).toContain(`SUBSCRIPTION_CONTRACT_LOCAL=${subscriptionsAddress}@`);
    expect(first.next).toContain(`EXECUTOR_REGISTRY_LOCAL=${first.executorRegistry.address}`);
    expect(first.executorRegistry.executor).toBe(null);

    // Again, with the server's key, and with what the first time said: the block it began at stays.
    const relayKey = generatePrivateKey();
    const settings = [...String(first.next).matchAll(/(\w+)=(\S+)/g)].map(([, name = "", value = ""]) => [name, value]);
    const set = { ...deployer, ...Object.fromEntries(settings), RELAY_KEY: relayKey };
    const again = JSON.parse((await deploy(set)).output);
    expect(again).toMatchObject({ address: checkoutAddress, deployed: false });
    expect(again.next).toBe(first.next);
    expect(again.executorRegistry.executor).toBe(privateKeyToAddress(relayKey));
    const lines = (await run(["contracts", "deploy", "--network", "local"], set)).output.split("\n");
    expect(lines[0]).toContain(`${privateKeyToAddress(relayKey)} may send charges`);
    expect(`Set ${lines.slice(1).join(" ")} and start the server again.`).toBe(again.next);
    const mistyped = await deploy({ ...set, RELAY_KEY_LOCAL: `${relayKey}0` });
    expect(mistyped).toMatchObject({ exitCode: 2, errorOutput: expect.stringMatching(/^RELAY_KEY_LOCAL must be/) });
    expect(mistyped.errorOutput).not.toContain(relayKey);

    const equal = { checkout: "equal", subscriptions: "equal", signatureVerifier: "equal", executorRegistry: "equal" };
    const registry = { EXECUTOR_REGISTRY_LOCAL: first.executorRegistry.address };
    expect(await verify(registry)).toEqual({ exitCode: 0, equal: true, codes: equal });
    const swapped = { ...registry, CHECKOUT_CONTRACT_LOCAL: `${subscriptionsAddress}@1` };
    expect(await verify(swapped)).toMatchObject({ exitCode: 1, codes: { ...equal, checkout: "different" } });
    const wrong = await run(["contracts", "verify", "--network", "base"], { ...env, RPC_URL_BASE: chain.rpcUrl });
    expect(wrong).toMatchObject({
      exitCode: 1,
      errorOutput: expect.stringContaining("serves chain 31337 and not 8453"),
    });
    const gone = { ...env, RPC_URL_BASE: "http://127.0.0.1:1" };
    expect((await run(["contracts", "verify", "--network", "base"], gone)).exitCode).toBe(3);
    expect((await run(["contracts", "verify", "--network", "base"], env)).exitCode).toBe(2);

    const elsewhere = await deploy({ ...deployer, RPC_URL_LOCAL: "http://127.0.0.1:1" });
    expect(elsewhere.exitCode).toBe(3);
    expect(elsewhere.errorOutput).not.toContain(deployer.DEPLOYER_PRIVATE_KEY);
    const wrongChain = await run(["contracts", "deploy", "--network", "base"], {
      ...deployer,
      RPC_URL_BASE: chain.rpcUrl,
    });
    expect(wrongChain.exitCode).toBe(1);
    expect(wrongChain.errorOutput).toContain("31337");
  } finally {
    await chain.stop();
  }
});
