import { loadNetworks, type Network, parseAddress } from "@qbitflow/chains";
import type { Command, Environment, Input } from "../command.ts";
import { deployTo } from "../contracts/deploy.ts";
import { UsageError } from "../errors.ts";
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
      ["executor?", "Address of the key that will send charges. Left out: the registry's owner adds it later."],
    ],
    notes: ["Safe to repeat: what is there already is found and named."],
    examples: [
      "qbitflow contracts deploy --network base-sepolia --executor 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
    ],
    run: deploy,
  },
];

async function deploy(input: Input, { env, tell }: Parameters<Command["run"]>[1]): ReturnType<Command["run"]> {
  const { network, rpcUrl } = placeOf(String(input.network), env);
  const key = env.DEPLOYER_PRIVATE_KEY?.trim() ?? "";
  if (!/^0x[0-9a-fA-F]{64}$/.test(key)) {
    throw new UsageError(
      "DEPLOYER_PRIVATE_KEY must be in the environment: 0x and 64 hex digits of an account that pays the gas.",
    );
  }
  const executor = input.executor === undefined ? null : parseAddress(String(input.executor));
  if (input.executor !== undefined && executor === null) throw new UsageError("--executor must be an address.");
  tell(`Deploying to ${network.name}; each contract is waited for.`);
  const body = await deployTo({
    network,
    rpcUrl,
    privateKey: key as `0x${string}`,
    ...(executor !== null && { executor: executor as `0x${string}` }),
  });
  return { body };
}

/** A network and where it is read. @throws UsageError */
function placeOf(slug: string, env: Environment): { readonly network: Network; readonly rpcUrl: string } {
  const network = loadNetworks().find((candidate) => candidate.network.slug === slug)?.network;
  if (network === undefined) throw new UsageError(`There is no network "${slug}".`);
  const variable = `RPC_URL_${slug.toUpperCase().replaceAll("-", "_")}`;
  const rpcUrl = env[variable]?.split(",")[0]?.trim();
  if (rpcUrl === undefined || rpcUrl === "") throw new UsageError(`${variable} is missing in the environment.`);
  return { network, rpcUrl };
}
