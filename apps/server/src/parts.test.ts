import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { compose } from "./compose.ts";
import { ConfigError, readConfig } from "./config.ts";
import { createIds } from "./ids.ts";
import { createLogger, withoutUrlSecrets } from "./logger.ts";
import { createSecretBox } from "./secret-box.ts";
import { explainedStartFailure, serve } from "./serve.ts";

test("uuids are version 7, unique, and in the order they were made", () => {
  const ids = createIds();
  const made = Array.from({ length: 20_000 }, () => ids.uuid());
  expect(new Set(made).size).toBe(made.length);
  expect([...made].sort()).toEqual(made);
  for (const uuid of made.slice(0, 100))
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("a sealed secret opens with its key alone, and not when it was changed", () => {
  const box = createSecretBox(randomBytes(32));
  const sealed = box.seal("whsec_abc");
  expect(box.open(sealed)).toBe("whsec_abc");
  expect(Buffer.from(sealed).includes("whsec_abc")).toBe(false);
  expect(box.seal("whsec_abc")).not.toEqual(sealed);
  expect(() => createSecretBox(randomBytes(32)).open(sealed)).toThrow();
  const changed = Buffer.from(sealed);
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  expect(() => box.open(changed)).toThrow();
  expect(() => box.open(new Uint8Array(3))).toThrow();
});

test("the log keeps no password, no query and no key of what it is told", () => {
  const told = withoutUrlSecrets(
    "postgres://u:pw@db/x https://rpc.example/v2?key=abc https://eth.example/v2/k3yInThePath_0123456789 sk_1_test_secretsecret whsec_c2VjcmV0 https://shop.example/hook",
  );
  for (const secret of ["pw", "abc", "k3yInThePath", "secretsecret", "c2VjcmV0"]) expect(told).not.toContain(secret);
  expect(told).toContain("https://shop.example/hook");
});

test("a long text costs the log no time, and no half of a secret stays", () => {
  const startedAt = performance.now();
  for (const part of ["a", "http://", "sk_a_", "a:", "/a"]) withoutUrlSecrets(part.repeat(200_000));
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  expect(withoutUrlSecrets(`${"x".repeat(8_150)} postgres://user:password-that-is-long@db/x`)).not.toContain(
    "password",
  );
});

test("nor of what it is told in fields", async () => {
  const script = `
    import { createLogger } from ${JSON.stringify(new URL("./logger.ts", import.meta.url).href)};
    const log = createLogger("info");
    const secrets = { error: "Error: https://rpc.example/v2/abcdefghijklmnopqrst1234 said no", key: "sk_1_live_abcdefgh" };
    log.warn({ ...secrets, headers: { "x-api-key": "sk_1_live_abcdefgh", cookie: "qbf_x=abcdefgh" } }, "postgres://u:abcdefgh@db");
    log.error({ err: new Error("postgres://u:abcdefgh@db", { cause: new Error("https://rpc.example/?key=abcdefgh") }) }, "x");`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]);
  expect(stdout.trim().split("\n")).toHaveLength(2);
  expect(stdout).toContain("rpc.example");
  expect(stdout).not.toContain("abcdefgh");
});

test("who is asked to stop while it starts is gone in time, whatever the start waits for", async () => {
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const directory = await mkdtemp(join(tmpdir(), "qbitflow-parts-"));
  const config = readConfig({
    NETWORKS: "base",
    RPC_URL_BASE: "http://127.0.0.1:1",
    PUBLIC_URL: "http://127.0.0.1:1",
    QBITFLOW_DATA_DIR: directory,
    DATABASE_URL: `postgres://u:p@127.0.0.1:${(silent.address() as { port: number }).port}/x`,
    LOG_LEVEL: "silent",
  });
  const began = performance.now();
  const served = serve(config, { signal: AbortSignal.timeout(50), ready: () => {}, stopMs: 100 });
  await expect(served).rejects.toThrow("did not stop in time");
  expect(performance.now() - began).toBeLessThan(3_000);
  await rm(directory, { recursive: true });
  silent.close();
});

test("a data directory that cannot be written, a database that is away and an address that is not ours are told in a sentence", async () => {
  const directory = await mkdtemp(join(tmpdir(), "qbitflow-parts-"));
  const file = join(directory, "file");
  await writeFile(file, "");
  const failing = async (env: Record<string, string>) => {
    const networks = { NETWORKS: "base", RPC_URL_BASE: "http://127.0.0.1:1", PUBLIC_URL: "http://127.0.0.1:1" };
    const served = serve(readConfig({ PORT: "0", LOG_LEVEL: "silent", ...networks, ...env }), {
      signal: new AbortController().signal,
      ready: () => {},
    });
    return explainedStartFailure(await served.catch((error) => error));
  };
  expect(await failing({ QBITFLOW_DATA_DIR: join(file, "below") })).toContain("QBITFLOW_DATA_DIR");
  expect(await failing({ QBITFLOW_DATA_DIR: file })).toContain("QBITFLOW_DATA_DIR");
  const away = await failing({ QBITFLOW_DATA_DIR: directory, DATABASE_URL: "postgres://u:hunter2@localhost:1/x" });
  expect(away).toMatch(/does not answer: .*ECONNREFUSED.*DATABASE_URL/);
  expect(away).not.toContain("hunter2");
  const listening = Object.assign(new Error("listen EADDRNOTAVAIL"), { code: "EADDRNOTAVAIL", syscall: "listen" });
  expect(explainedStartFailure(listening)).toContain("HOST");
  expect(await failing({ QBITFLOW_DATA_DIR: directory, HOST: "nowhere.invalid" })).toContain("HOST");
  await rm(directory, { recursive: true });
});

test("a damaged key of the data directory stops the start, and is not written over", async () => {
  const directory = await mkdtemp(join(tmpdir(), "qbitflow-parts-"));
  const path = join(directory, "secret.key");
  await writeFile(path, "0123");
  const env = { NETWORKS: "base", RPC_URL_BASE: "http://127.0.0.1:1", PUBLIC_URL: "http://127.0.0.1:1" };
  const config = readConfig({ ...env, QBITFLOW_DATA_DIR: directory });
  await expect(compose({ config, log: createLogger("silent") })).rejects.toThrow(ConfigError);
  expect(await readFile(path, "utf8")).toBe("0123");
  await rm(directory, { recursive: true });
});
