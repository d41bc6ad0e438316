import {
  type ChainAdapter,
  type ContractName,
  contractsOf,
  type EndpointState,
  examineContracts,
  examineEndpoint,
  isExecutor,
  type Network,
} from "@qbitflow/chains";
import { type Check, ok, problem, warning } from "./check.ts";

/** A network, and where it is read. */
export interface ReadNetwork {
  readonly network: Network;
  readonly rpcUrls: readonly string[];
  readonly adapter: ChainAdapter;
}

const TIMEOUT_MS = 5_000;
/** Behind the newest of the endpoints by so much is worth a word. */
const BEHIND_MS = 30_000;
/** A chain without a block for so long, and so many block times, stands still, or its endpoint does. */
const STALE_MS = 60_000;
const STALE_BLOCKS = 20;

const suffix = ({ slug }: Network): string => slug.toUpperCase().replaceAll("-", "_");

/** Every endpoint by itself and beside the others. `nowMs` is null where the chain's time is moved: no age is looked at. */
export async function checkEndpoints(
  { network, rpcUrls }: ReadNetwork,
  nowMs: number | null,
): Promise<{ readonly checks: readonly Check[]; readonly states: readonly EndpointState[] }> {
  const states = await Promise.all(
    rpcUrls.map((rpcUrl) => examineEndpoint({ network, rpcUrl, timeoutMs: TIMEOUT_MS })),
  );
  const newest = Math.max(...states.map(({ head }) => head?.number ?? 0));
  const isDown = states.every(({ failure }) => failure !== null);
  const checks = states.map((state, index) => {
    const name = `${network.slug} RPC ${rpcUrls.length > 1 ? `${index + 1}, ` : ""}${state.name}`;
    return endpointCheck(state, { name, network, newest, nowMs, isDown });
  });
  const alone: Check[] =
    rpcUrls.length > 1 || network.local
      ? []
      : [
          warning(
            `${network.slug} RPC`,
            "there is one endpoint, so payments wait while it fails",
            `Name a second one in RPC_URL_${suffix(network)}, of another provider.`,
          ),
        ];
  return { checks: [...checks, ...alone], states };
}

function endpointCheck(
  { failure, isOtherChain, head }: EndpointState,
  {
    name,
    network,
    newest,
    nowMs,
    isDown,
  }: { name: string; network: Network; newest: number; nowMs: number | null; isDown: boolean },
): Check {
  const variable = network.local ? "the local chain" : `RPC_URL_${suffix(network)}`;
  if (failure !== null || head === null) {
    const advice = isOtherChain ? `Take it out of ${variable}: it is of another network.` : `Check it, or ${variable}.`;
    return (isDown || isOtherChain ? problem : warning)(name, failure ?? "has no block", advice);
  }
  const behind = newest - head.number;
  const ageMs = nowMs === null ? null : nowMs - head.timestamp * 1000;
  const age = ageMs === null ? "" : `, ${Math.max(0, Math.round(ageMs / 1000))} s old`;
  const detail = `block ${head.number}${age}${behind > 0 ? `, ${behind} behind the newest` : ""}`;
  if (ageMs !== null && ageMs > Math.max(STALE_MS, STALE_BLOCKS * network.blockTimeMs))
    return warning(
      name,
      `${detail}: it stands still`,
      "Ask its provider, or use another; or this machine's clock is ahead.",
    );
  if (behind * network.blockTimeMs > BEHIND_MS)
    return warning(name, detail, "It lags; it is left out while it stands still. Ask its provider, or use another.");
  return ok(name, detail);
}

const SKEW_WARNING_MS = 5_000;
const SKEW_PROBLEM_MS = 30_000;

/** This machine's clock beside that of the RPC servers, and of the newest block where those say none. */
export function checkClock(states: readonly EndpointState[], nowMs: number | null): readonly Check[] {
  const said = states.flatMap(({ aheadMs }) => (aheadMs === null ? [] : [aheadMs])).sort((a, b) => a - b);
  // A block is never from the future: one that is tells of a clock that is behind.
  const fromBlocks = states.flatMap(({ head }) =>
    nowMs === null || head === null || head.timestamp * 1000 <= nowMs ? [] : [head.timestamp * 1000 - nowMs],
  );
  const aheadMs = said[said.length >> 1] ?? (fromBlocks.length > 0 ? Math.max(...fromBlocks) : undefined);
  if (aheadMs === undefined) return [];
  const seconds = Math.abs(Math.round(aheadMs / 1000));
  const detail = `this machine's clock is ${seconds} s ${aheadMs > 0 ? "behind" : "ahead of"} that of the RPC servers`;
  const advice = "Let the system keep its time (NTP): deadlines of quotes and webhook signatures go by it.";
  if (Math.abs(aheadMs) > SKEW_PROBLEM_MS) return [problem("clock", detail, advice)];
  if (Math.abs(aheadMs) > SKEW_WARNING_MS) return [warning("clock", detail, advice)];
  return [ok("clock", "this machine's clock agrees with that of the RPC servers")];
}

const contractWords: Readonly<Record<ContractName, string>> = {
  checkout: "checkout contract",
  subscriptions: "subscriptions contract",
  signatureVerifier: "signature verifier",
  executorRegistry: "executor registry",
};

/** Whether our contracts lie where the configuration says, and are what this version deploys. */
export async function checkContracts(read: ReadNetwork): Promise<readonly Check[]> {
  const { network } = read;
  const name = `${network.slug} contracts`;
  const deploy = `Run \`qbitflow contracts deploy --network ${network.slug}\`, and set what it prints.`;
  if (network.checkoutContracts.length === 0)
    return [problem(name, "no checkout contract is named, so nothing can be paid here", deploy)];
  const states = await fromAnyEndpoint(read, (rpcUrl) =>
    examineContracts({ network, rpcUrl, timeoutMs: TIMEOUT_MS }, contractsOf(network)),
  );
  const wrong = states.flatMap(({ contract, address, code }): Check[] => {
    const what = `${contractWords[contract]} at ${address}`;
    if (code === "none") return [problem(name, `there is no ${what}`, deploy)];
    if (code === "different")
      return [
        problem(name, `the code of the ${what} is not what this version deploys`, `${deploy} Or check the address.`),
      ];
    return [];
  });
  const missing: Check[] =
    network.subscriptionContracts.length === 0 || network.executorRegistry === undefined
      ? [
          warning(
            name,
            "no subscriptions contract or executor registry is named, so there are no subscriptions",
            deploy,
          ),
        ]
      : [];
  if (wrong.length + missing.length > 0) return [...wrong, ...missing];
  return [ok(name, `${states.map(({ contract }) => contractWords[contract]).join(", ")}: the code is this version's`)];
}

/** Coin for fewer charges is low, and for none is nothing. */
const LOW_CHARGES = 100n;
const CHARGE_GAS = 200_000n;

/** The key that sends charges and gasless payments: that there is one, that it has coin, and that the registry knows it. */
export async function checkRelay(read: ReadNetwork): Promise<readonly Check[]> {
  const { network, adapter } = read;
  const { sender, mandates } = adapter;
  const name = `${network.slug} relay`;
  if (sender === null)
    return [
      warning(
        name,
        "there is no key, so nothing is sent: no subscriptions, no gasless payments",
        "Set RELAY_KEY to the private key of an account that holds some coin for gas.",
      ),
    ];
  const [balanceBase, { nowBase }] = await Promise.all([sender.balanceBase(), sender.gasPrice()]);
  const costBase = nowBase * (mandates?.chargeGas ?? CHARGE_GAS);
  const charges = costBase > 0n ? balanceBase / costBase : LOW_CHARGES;
  const detail = `${sender.address} has coin for ${charges} charges`;
  const send = `Send it some ${network.nativeCurrency.symbol}.`;
  const coin =
    balanceBase === 0n || charges === 0n
      ? problem(name, detail, send)
      : charges < LOW_CHARGES
        ? warning(name, detail, send)
        : ok(name, detail);
  const { executorRegistry: registry } = network;
  if (registry === undefined) return [coin];
  const mayCharge = await fromAnyEndpoint(read, (rpcUrl) =>
    isExecutor({ network, rpcUrl, timeoutMs: TIMEOUT_MS }, { registry, executor: sender.address }),
  );
  const place = `${network.slug} executor`;
  if (mayCharge) return [coin, ok(place, "the registry lets the relay's key send charges")];
  const advice = `Let the registry's owner add it: \`qbitflow contracts deploy --network ${network.slug} --executor ${sender.address}\`.`;
  return [
    coin,
    problem(place, `the registry ${registry} does not know ${sender.address}: no charge goes through`, advice),
  ];
}

/** The first answer of an endpoint, in order. @throws the last one's error */
async function fromAnyEndpoint<T>({ rpcUrls }: ReadNetwork, ask: (rpcUrl: string) => Promise<T>): Promise<T> {
  let failure: unknown = new Error("No RPC URL is named.");
  for (const rpcUrl of rpcUrls) {
    try {
      return await ask(rpcUrl);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
