import { loadNetworks, type Network, parseAddress } from "@qbitflow/chains";
import type { Address, Hex } from "viem";
import { privateKeyToAddress } from "viem/accounts";
import { readDevFile } from "../api-client.ts";
import type { Command, Environment, Input } from "../command.ts";
import { deployTo } from "../contracts/deploy.ts";
import { variableOf } from "../contracts/variables.ts";
import { verifyContracts } from "../contracts/verify.ts";
import { UsageError } from "../errors.ts";
import { exitCodes } from "../exit-codes.ts";
import { networks } from "../options.ts";

export const contracts: readonly Command[] = [
  {
    name: "contracts deploy",
    summary: "Put the contracts on a network",
    options: [
      [
        "network",
        "Such as base-sepolia. Needs RPC_URL_<NETWORK> and DEPLOYER_PRIVATE_KEY in the environment.",
        networks,
      ],
      ["executor?", "Address of the key that will send charges. Left out: that of RELAY_KEY, where it is set."],
    ],
    notes: [
      "Prints what to set as lines of an environment file. Safe to repeat: what is there already is found and named, and",
      "the block that is set stays.",
    ],
    examples: [
      "qbitflow contracts deploy --network base-sepolia",
      "qbitflow contracts deploy --network base-sepolia --executor 0x…",
    ],
    run: deploy,
  },
  {
    name: "contracts verify",
    summary: "Compare the code at a network's addresses with what this version deploys; ends with 1 where it differs",
    options: [
      ["network", "Such as base. Needs RPC_URL_<NETWORK> in the environment, or the running local default.", networks],
    ],
    notes: [
      "Looks where CHECKOUT_CONTRACT_<NETWORK>, SUBSCRIPTION_CONTRACT_<NETWORK> and EXECUTOR_REGISTRY_<NETWORK> say, else where",
      "this version's contracts are on every network. Compares the code on the chain, byte by byte; asks no explorer.",
    ],
    examples: ["qbitflow contracts verify --network base"],
    run: async (input, { env }) => {
      const slug = String(input.network);
      const isRunning = slug === "local" && (env[variableOf("RPC_URL", slug)] ?? "").trim() === "";
      const rpcUrl = isRunning ? (await readDevFile(env)).chain.rpcUrl : rpcUrlOf(slug, env);
      const contracts = await verifyContracts({ slug, rpcUrl, env });
      const isEqual = contracts.every(({ code }) => code === "equal");
      return {
        body: { network: slug, equal: isEqual, contracts },
        text: contracts
          .map(({ contract, address, code }) => `${contract} at ${address}: ${codeWords[code]}`)
          .join("\n"),
        exitCode: isEqual ? exitCodes.done : exitCodes.refused,
      };
    },
  },
];

const PRIVATE_KEY = /^0x[0-9a-fA-F]{64}$/;

const codeWords = {
  equal: "equal to what this version deploys",
  different: "different from what this version deploys",
  none: "there is no code",
};

async function deploy(input: Input, { env, tell }: Parameters<Command["run"]>[1]): ReturnType<Command["run"]> {
  const network = networkOf(String(input.network));
  const rpcUrl = rpcUrlOf(network.slug, env);
  const key = env.DEPLOYER_PRIVATE_KEY?.trim() ?? "";
  if (!PRIVATE_KEY.test(key)) {
    throw new UsageError(
      "DEPLOYER_PRIVATE_KEY must be in the environment: 0x and 64 hex digits of an account that pays the gas.",
    );
  }
  const executor = executorOf(input, { slug: network.slug, env });
  tell(`Deploying to ${network.name}; each contract is waited for.`);
  return deployTo({ network, rpcUrl, privateKey: key as Hex, executor, env });
}

/** Whose charges the registry lets through: the key's that the server sends with, unless it is said. @throws UsageError */
function executorOf(
  { executor }: Input,
  { slug, env }: { readonly slug: string; readonly env: Environment },
): Address | null {
  if (executor !== undefined) {
    const address = parseAddress(String(executor));
    if (address === null) throw new UsageError("--executor must be an address.");
    return address as Address;
  }
  const set = [variableOf("RELAY_KEY", slug), "RELAY_KEY"].map((name) => [name, env[name]?.trim() ?? ""] as const);
  const [name, key = ""] = set.find(([, value]) => value !== "") ?? [];
  if (key === "") return null;
  if (!PRIVATE_KEY.test(key)) throw new UsageError(`${name} must be a private key: 0x and 64 hexadecimal digits.`);
  return privateKeyToAddress(key as Hex);
}

/** @throws UsageError */
function networkOf(slug: string): Network {
  const network = loadNetworks().find((candidate) => candidate.network.slug === slug)?.network;
  if (network === undefined) throw new UsageError(`There is no network "${slug}".`);
  return network;
}

/** The first of the URLs. @throws UsageError */
function rpcUrlOf(slug: string, env: Environment): string {
  const variable = variableOf("RPC_URL", slug);
  const rpcUrl = env[variable]?.split(",")[0]?.trim();
  if (rpcUrl === undefined || rpcUrl === "") throw new UsageError(`${variable} is missing in the environment.`);
  return rpcUrl;
}
