// A live network as an operator sets it up, played by a node whose time is two hours ago, on PostgreSQL: everything by
// command, and subscriptions whose first bill has been due for an hour.
import { randomBytes } from "node:crypto";
import { startPostgres } from "@qbitflow/testkit";
import type { Hex } from "viem";
import { generatePrivateKey, privateKeyToAddress } from "viem/accounts";
import { startAnvil } from "../../packages/chains/src/evm/anvil.testing.ts";
import { feeOracleAddress, feeOracleCode } from "../../packages/chains/src/evm/fee-oracle.testing.ts";
import { type DueSubscription, seedDueSubscriptions } from "./due-subscriptions.ts";
import { createNode, type Node } from "./node.ts";
import { type Environment, qbitflow, type ServerProcess, startProcess } from "./operator.ts";
import { temporaryDataDir } from "./server.ts";

const HOUR_MS = 3_600_000;
/** Anvil's first account. */
const DEPLOYER = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
const CONFIRMATIONS = 2;
const BLOCK_SECONDS = 1;

export interface BillingNetwork {
  readonly rpcUrl: string;
  readonly databaseUrl: string;
  readonly node: Node;
  readonly environment: Environment;
  /** Who are paid: the merchant, the platform's fee, and whoever sends the charges. */
  readonly recipients: readonly [merchant: Hex, platform: Hex, executor: Hex];
  /** Runs a command as the operator. */
  command(...words: string[]): Promise<Record<string, unknown>>;
  seed(wanted: Wanted): Promise<DueSubscription[]>;
  /** From now on the chain's time is this machine's, with a block every second. */
  begin(): Promise<void>;
  start(role: string): Promise<ServerProcess>;
  stop(): Promise<void>;
}

export interface Wanted {
  readonly count: number;
  /** USD a month. */
  readonly price: number;
  /** The tokens that they pay in, in turn. */
  readonly symbols: readonly string[];
  /** Who else may take the tokens. */
  readonly spenders?: readonly Hex[];
  tell(line: string): void;
}

const freshAddress = () => privateKeyToAddress(generatePrivateKey());

/** The settings that `contracts deploy` says to set. */
const settingsOf = (next: unknown): Environment =>
  Object.fromEntries([...String(next).matchAll(/(\w+)=(\S+)/g)].map(([, name = "", value = ""]) => [name, value]));

function overrideOf(settings: Environment) {
  const contractsOf = (name: string) => {
    const [address = "", fromBlock] = (settings[name] ?? "").split("@");
    return [{ version: "1", address, fromBlock: Number(fromBlock) }];
  };
  return {
    confirmations: CONFIRMATIONS,
    checkoutContracts: contractsOf("CHECKOUT_CONTRACT_BASE"),
    subscriptionContracts: contractsOf("SUBSCRIPTION_CONTRACT_BASE"),
    executorRegistry: settings.EXECUTOR_REGISTRY_BASE ?? "",
  };
}

export async function startBillingNetwork(): Promise<BillingNetwork> {
  const directory = temporaryDataDir();
  const postgres = await startPostgres();
  const then = Math.floor((Date.now() - 2 * HOUR_MS) / 1_000);
  const anvil = await startAnvil([
    ...["--hardfork", "cancun", "--chain-id", "8453", "--gas-limit", "250000000", "--timestamp", String(then)],
  ]);
  const node = createNode(anvil.url);
  await node.call("anvil_setCode", [feeOracleAddress, feeOracleCode]);
  const relayKey = generatePrivateKey();
  const recipients = [freshAddress(), freshAddress(), privateKeyToAddress(relayKey)] as const;
  const [merchant, platform, executor] = recipients;
  const base: Environment = {
    DATABASE_URL: postgres.url,
    QBITFLOW_DATA_DIR: directory.path,
    NETWORKS: "base",
    RPC_URL_BASE: anvil.url,
    CONFIRMATIONS_BASE: String(CONFIRMATIONS),
    PUBLIC_URL: "https://pay.example",
    SECRET_KEY: randomBytes(32).toString("hex"),
    RATES: "fixed",
    LOG_LEVEL: "info",
  };
  const deploying = { ...base, DEPLOYER_PRIVATE_KEY: DEPLOYER };
  const deployed = await qbitflow(deploying, ...["contracts", "deploy", "--network", "base", "--executor", executor]);
  const settings = settingsOf(deployed.next);
  await node.call("anvil_setBalance", [executor, "0x56bc75e2d63100000"]);
  const environment: Environment = { ...base, ...settings, RELAY_KEY_BASE: relayKey };
  const command = (...words: string[]) => qbitflow(environment, ...words);
  await command("migrate");
  await command("org", "create", "--name", "Streams", "--owner-email", "owner@example.com");
  await command("wallets", "set", "--chain", "base", "--address", merchant);
  await command("fees", "set", "--chain", "base", "--bps", "150", "--recipient", platform);
  const { key } = await command("keys", "create", "--live", "--name", "seed");
  const processes: ServerProcess[] = [];

  return {
    rpcUrl: anvil.url,
    databaseUrl: postgres.url,
    node,
    environment,
    recipients,
    command,
    seed: (wanted) =>
      seedDueSubscriptions({
        ...wanted,
        network: { slug: "base", override: overrideOf(settings) },
        ...{ rpcUrl: anvil.url, databaseUrl: postgres.url, relayKey, apiKey: String(key) },
        now: new Date((then + 60) * 1_000),
      }),
    async begin() {
      await node.call("evm_setNextBlockTimestamp", [Math.floor(Date.now() / 1_000)]);
      await node.mine(1);
      await node.call("evm_setIntervalMining", [BLOCK_SECONDS]);
    },
    async start(ROLE) {
      const started = await startProcess({ ...environment, ROLE });
      processes.push(started);
      return started;
    },
    async stop() {
      await Promise.all(processes.map((process) => process.stop()));
      await anvil.stop();
      await postgres.stop();
      directory.remove();
    },
  };
}
