import { getAddress } from "viem/utils";
import type { Address, DeployedContract, Network, PermitKind, TokenSpec } from "./adapter.ts";
import { Checked } from "./check-data.ts";
import type { DomainHint } from "./evm/token-domain.ts";

const SYMBOL = /^[A-Za-z0-9]{1,12}$/;
const MAX_BLOCK = 2 ** 40;
/** Nothing happens in the genesis block, and its hash is another one each time a node is started from a saved state. */
const LOCAL_FROM_BLOCK = 1;

/** Addresses of the local chain's contracts: they follow from the compiled code, so its data file does not repeat them. */
export interface LocalAddresses {
  readonly checkout: { readonly version: string; readonly address: Address };
  readonly subscriptions: { readonly version: string; readonly address: Address };
  readonly executorRegistry: Address;
  readonly signatureVerifier: Address;
  readonly tokens: Readonly<Record<string, Address>>;
}

/** A checksummed address. */
export function readAddress(data: Checked, field: string): Address {
  const text = data.text(field, /^0x[0-9a-fA-F]{40}$/);
  if (getAddress(text) !== text) data.refuse(field, `must be written with its checksum: ${getAddress(text)}`);
  return text;
}

/** Both or neither: a token is asked for what is not certain. */
function readDomain(data: Checked): DomainHint {
  if (!data.has("name") && !data.has("version")) return {};
  return { name: data.text("name"), version: data.text("version") };
}

function readPermit(data: Checked): TokenSpec["permit"] {
  const kind = data.text("kind", /^(none|eip2612|dai)$/) as PermitKind;
  const permit = kind === "none" ? { kind } : { kind, ...readDomain(data) };
  data.done();
  return permit;
}

function readToken(data: Checked, local: LocalAddresses | null): TokenSpec {
  const symbol = data.text("symbol", SYMBOL);
  const address = local ? local.tokens[symbol] : readAddress(data, "address");
  if (address === undefined) return data.refuse("symbol", "has no deployed test token");
  const authorization = data.has("authorization") ? data.object("authorization") : null;
  const token: TokenSpec = {
    id: data.integer("id", 1, 1_000_000),
    symbol,
    name: data.text("name"),
    decimals: data.integer("decimals", 0, 30),
    address,
    permit: readPermit(data.object("permit")),
    ...(authorization ? { authorization: readDomain(authorization) } : {}),
    priceSymbol: data.text("priceSymbol", SYMBOL),
    stablecoin: data.flag("stablecoin"),
    ...(data.has("approvesFromZero") ? { approvesFromZero: data.flag("approvesFromZero") } : {}),
  };
  authorization?.done();
  data.done();
  return token;
}

/** A contract of ours as an operator records it after deploying. */
export function readDeployedContract(data: Checked): DeployedContract {
  const contract = {
    version: data.text("version"),
    address: readAddress(data, "address"),
    fromBlock: data.integer("fromBlock", 0, MAX_BLOCK),
  };
  data.done();
  return contract;
}

function readNative(data: Checked): Network["nativeCurrency"] {
  const native = {
    id: data.integer("id", 1, 1_000_000),
    symbol: data.text("symbol", SYMBOL),
    name: data.text("name"),
    decimals: data.integer("decimals", 0, 30),
    priceSymbol: data.text("priceSymbol", SYMBOL),
  };
  data.done();
  return native;
}

type Contracts = Pick<
  Network,
  "checkoutContracts" | "subscriptionContracts" | "executorRegistry" | "signatureVerifier"
>;

function localContracts({ checkout, subscriptions, executorRegistry, signatureVerifier }: LocalAddresses): Contracts {
  return {
    checkoutContracts: [{ ...checkout, fromBlock: LOCAL_FROM_BLOCK }],
    subscriptionContracts: [{ ...subscriptions, fromBlock: LOCAL_FROM_BLOCK }],
    executorRegistry,
    signatureVerifier,
  };
}

function readContracts(data: Checked): Contracts {
  return {
    checkoutContracts: data.list("checkoutContracts").map(readDeployedContract),
    subscriptionContracts: data.list("subscriptionContracts").map(readDeployedContract),
    ...(data.has("executorRegistry") ? { executorRegistry: readAddress(data, "executorRegistry") } : {}),
    ...(data.has("signatureVerifier") ? { signatureVerifier: readAddress(data, "signatureVerifier") } : {}),
  };
}

/** One data file → a network. Throws NetworkDataError that names the place. */
export function parseNetwork(value: unknown, place: string, localAddresses: LocalAddresses): Network {
  const data = new Checked(value, place);
  const local = data.flag("local");
  const contracts = local ? localContracts(localAddresses) : readContracts(data);
  const network: Network = {
    slug: data.text("slug", /^[a-z0-9]+(-[a-z0-9]+)*$/),
    name: data.text("name"),
    kind: data.text("kind", /^evm$/) as "evm",
    chainId: data.integer("chainId", 1, Number.MAX_SAFE_INTEGER),
    test: data.flag("test"),
    local,
    nativeCurrency: readNative(data.object("nativeCurrency")),
    confirmations: data.integer("confirmations", 1, 10_000),
    finalityDepth: data.integer("finalityDepth", 1, 10_000),
    blockTimeMs: data.integer("blockTimeMs", 50, 600_000),
    ...(data.has("explorerUrl") ? { explorerUrl: data.text("explorerUrl", /^https:\/\/[a-z0-9.-]+$/) } : {}),
    ...contracts,
    ...(data.has("l1DataFee") ? { l1DataFee: data.text("l1DataFee", /^op-stack$/) as "op-stack" } : {}),
    ...(data.has("permit2") ? { permit2: readAddress(data, "permit2") } : {}),
    tokens: data.list("tokens").map((token) => readToken(token, local ? localAddresses : null)),
  };
  if (network.local && !network.test) data.refuse("test", "must be true for a local network");
  if (network.finalityDepth < network.confirmations) data.refuse("finalityDepth", "must not be below confirmations");
  data.done();
  return network;
}
