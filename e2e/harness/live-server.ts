// docs/going-live.md, followed by an operator from an empty database to a live key, in the page's order and word for word but
// for the table that is filled in here. Anvil answers as Base and as Base Sepolia: for the server, any node of that chain id
// is that network.
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { openDb } from "@qbitflow/db";
import { startPostgres, type TestPostgres } from "@qbitflow/testkit";
import { type Hex, parseEther, toHex } from "viem";
import { generatePrivateKey, privateKeyToAddress } from "viem/accounts";
import { expect } from "vitest";
import { startAnvil } from "../../packages/chains/src/evm/anvil.testing.ts";
import { feeOracleAddress, feeOracleCode } from "../../packages/chains/src/evm/fee-oracle.testing.ts";
import { startRpcProxy } from "../../packages/chains/src/evm/rpc-proxy.testing.ts";
import { type Certificate, makeCertificate } from "./certificate.ts";
import { exchangeHosts, startExchanges } from "./exchanges.ts";
import { createNode, type Node } from "./node.ts";
import { type Environment, type ServerProcess, startProcess } from "./operator.ts";
import { blocksOf, codeOf, Terminal } from "./reader.ts";
import { hasNginx, startBareTls, startNginx } from "./reverse-proxy.ts";
import { freePort, temporaryDataDir } from "./server.ts";

const root = join(import.meta.dirname, "../..");
const blocks = blocksOf("docs/going-live.md");
const [environmentFile = "", serverBlock = ""] = codeOf(blocks, "");
const [loading = "", deploying = "", making = "", inShop = "", asking = "", looking = "", ...others] = codeOf(
  blocks,
  "sh",
);

const deployerKey = generatePrivateKey();
const relayKey = generatePrivateKey();
/** A fresh one, so that what it holds is what was paid. */
const merchant = privateKeyToAddress(generatePrivateKey());

export interface Chain {
  readonly url: string;
  readonly node: Node;
}

export interface LiveServer {
  readonly server: ServerProcess;
  readonly publicUrl: string;
  readonly certificate: Certificate;
  readonly base: Chain;
  readonly keys: { readonly live: string; readonly test: string };
  /** The wallet that is paid. */
  readonly merchant: Hex;
  /** Types what comes before the first customer on the machine of the server; answers what that prints. */
  look(): Promise<string>;
  /** A terminal on the machine of the shop. */
  shop(): Promise<Terminal>;
  /** The first request by curl. */
  readonly asking: string;
  /** Saves a script where terminals begin. */
  save(name: string, code: string): void;
  stop(): Promise<void>;
}

/** Gives an account a coin for gas. */
export const give = (node: Node, key: Hex): Promise<unknown> =>
  node.call("anvil_setBalance", [privateKeyToAddress(key), toHex(parseEther("1"))]);

export async function startLiveServer(): Promise<LiveServer> {
  const machine = new Machine();
  try {
    return await machine.goLive();
  } catch (error) {
    await machine.stop();
    throw error;
  }
}

class Machine {
  readonly #open: (() => unknown)[] = [];
  readonly #directory = temporaryDataDir();
  /** What the page says and what it is here: what its reader fills in, then what is elsewhere on this machine. */
  readonly #table: [said: string, here: string][] = [
    ["SECRET_KEY=…", `SECRET_KEY=${randomBytes(32).toString("hex")}`],
    ["RELAY_KEY=0x…", `RELAY_KEY=${relayKey}`],
    ["DEPLOYER_PRIVATE_KEY=0x…", `DEPLOYER_PRIVATE_KEY=${deployerKey}`],
    ["--address 0x…", `--address ${merchant}`],
    ["…/fullchain.pem", this.#inside("fullchain.pem")],
    ["…/privkey.pem", this.#inside("privkey.pem")],
    ["server_name pay.example.com", "server_name localhost"],
  ];
  /** What a process needs to reach the exchanges, and to trust the test's certificate. */
  #surroundings: Environment = {};

  #inside(name: string): string {
    return join(this.#directory.path, name);
  }

  #fill(code: string): string {
    const filled = this.#table.reduce((text, [said, here]) => text.replaceAll(said, here), code);
    expect(filled).not.toContain("…");
    return filled;
  }

  async stop(): Promise<void> {
    for (const close of this.#open.toReversed()) await close();
    this.#directory.remove();
  }

  #terminal(): Terminal {
    const here = { directory: this.#directory.path, serverUrl: "", port: 0 };
    const terminal = new Terminal(here, { ...this.#surroundings, PYTHONPATH: join(root, "sdks/python/src") });
    this.#open.push(() => terminal.close());
    return terminal;
  }

  /** Types a block, line by line: each has to end well. Answers what they print. */
  async #type(terminal: Terminal, code: string): Promise<string> {
    const printed: string[] = [];
    for (const line of this.#fill(code).trim().split("\n")) printed.push(await terminal.run(line));
    return printed.join("");
  }

  async #startChain(chainId: number): Promise<Chain> {
    const anvil = await startAnvil(["--hardfork", "cancun", "--chain-id", String(chainId)]);
    this.#open.push(() => anvil.stop());
    const node = createNode(anvil.url);
    await node.call("anvil_setCode", [feeOracleAddress, feeOracleCode]);
    await give(node, deployerKey);
    return { url: anvil.url, node };
  }

  /** "1. PostgreSQL": an empty database and a role that owns it. */
  async #makeDatabase(): Promise<void> {
    const postgres: TestPostgres = await startPostgres();
    this.#open.push(() => postgres.stop());
    const password = randomBytes(12).toString("hex");
    const db = await openDb({ url: postgres.url, maxConnections: 1 });
    await db.query(`create role qbitflow login password '${password}'`);
    await db.query("create database qbitflow owner qbitflow");
    await db.close();
    const host = /@([^/]*)\//.exec(postgres.url)?.[1];
    this.#table.push(["qbitflow:…@db.internal", `qbitflow:${password}@${host}`]);
  }

  /** What is there before the operator comes: the networks, the exchanges, a certificate. */
  async #surround(publicUrl: string): Promise<{ chains: readonly [Chain, Chain]; certificate: Certificate }> {
    const chains = await Promise.all([this.#startChain(8_453), this.#startChain(84_532)]);
    const [base, baseSepolia] = chains;
    const second = await startRpcProxy(base.url);
    this.#open.push(() => second.close());
    const certificate = makeCertificate(this.#directory.path, ["localhost", ...exchangeHosts]);
    const exchanges = await startExchanges(certificate);
    this.#open.push(() => exchanges.close());
    this.#surroundings = { ...exchanges.environment, ...certificate.environment };
    this.#table.push(
      ["RPC_URL_BASE=https://…,https://…", `RPC_URL_BASE=${base.url},${second.url}`],
      ["RPC_URL_BASE_SEPOLIA=https://…", `RPC_URL_BASE_SEPOLIA=${baseSepolia.url}`],
      ["https://pay.example.com", publicUrl],
      ["listen 443 ", `listen 127.0.0.1:${new URL(publicUrl).port} `],
    );
    mkdirSync(this.#inside("node_modules/@qbitflow"), { recursive: true });
    symlinkSync(join(root, "packages/sdk"), this.#inside("node_modules/@qbitflow/sdk"));
    writeFileSync(this.#inside("package.json"), '{ "type": "module" }');
    return { chains, certificate };
  }

  /** "2. Environment" and "3. Contracts". */
  async #configure(terminal: Terminal, chains: readonly Chain[]): Promise<void> {
    writeFileSync(this.#inside("qbitflow.env"), this.#fill(environmentFile), { mode: 0o600 });
    await this.#type(terminal, loading);
    const deployed = await this.#type(terminal, deploying);
    for (const name of ["Base", "Base Sepolia"])
      expect(deployed).toContain(`# ${name}. ${privateKeyToAddress(relayKey)} may send charges`);
    for (const { node } of chains) {
      await give(node, relayKey);
      // Until here a block came with each transaction, so that nothing had to be waited for.
      await node.call("evm_setIntervalMining", [1]);
    }
  }

  /** "4. Start it" and "5. Reverse proxy". */
  async #start(certificate: Certificate, publicUrl: string): Promise<ServerProcess> {
    const environment = parseEnv(readFileSync(this.#inside("qbitflow.env"), "utf8")) as Environment;
    const server = await startProcess({
      ...environment,
      ...this.#surroundings,
      QBITFLOW_DATA_DIR: this.#inside(".data"),
    });
    this.#open.push(() => server.stop());
    this.#table.push(["http://127.0.0.1:3000", server.url]);
    const port = Number(new URL(publicUrl).port);
    const proxy = hasNginx()
      ? await startNginx({ directory: this.#inside("nginx"), block: this.#fill(serverBlock), port })
      : await startBareTls({ certificate, port, to: Number(new URL(server.url).port) });
    this.#open.push(() => proxy.stop());
    return server;
  }

  /** "6. Organization, wallets, keys". */
  async #makeKeys(terminal: Terminal): Promise<LiveServer["keys"]> {
    const made = await this.#type(terminal, making);
    const [test = "", live = ""] = made.match(/sk_\S+/g) ?? [];
    expect(test).toContain("_test_");
    expect(live).toContain("_live_");
    expect(made).toContain("whsec_");
    this.#table.push(["QBITFLOW_API_KEY=…", `QBITFLOW_API_KEY=${live}`]);
    return { live, test };
  }

  async goLive(): Promise<LiveServer> {
    expect(others).toEqual([]);
    const publicUrl = `https://localhost:${await freePort()}`;
    await this.#makeDatabase();
    const { chains, certificate } = await this.#surround(publicUrl);
    const terminal = this.#terminal();
    await this.#configure(terminal, chains);
    const server = await this.#start(certificate, publicUrl);
    const keys = await this.#makeKeys(terminal);
    return {
      ...{ server, publicUrl, certificate, keys, merchant, asking },
      base: chains[0],
      look: () => this.#type(terminal, looking),
      shop: async () => {
        const opened = this.#terminal();
        await this.#type(opened, inShop);
        return opened;
      },
      save: (name, code) => writeFileSync(this.#inside(name), code),
      stop: () => this.stop(),
    };
  }
}
