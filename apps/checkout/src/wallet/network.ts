import type { CheckoutNetwork } from "@qbitflow/api";
import { ProblemError } from "../problem.ts";
import { walletErrorCode, walletProblem } from "./errors.ts";
import { chainIdNumber, type Eip1193Provider, toHex } from "./provider.ts";

/** Brings the wallet to the payment's network, adding the network where the wallet does not know it. Throws ProblemError. */
export async function ensureNetwork(provider: Eip1193Provider, network: CheckoutNetwork): Promise<void> {
  if (await isOn(provider, network)) return;
  const facts = { network: network.name, chainId: String(network.chainId) };
  try {
    await provider.request({ method: "wallet_switchEthereumChain", params: [{ chainId: toHex(network.chainId) }] });
  } catch (error) {
    if (!isUnknownChain(error)) throw asNetworkProblem(error, facts);
    await addNetwork(provider, network, facts);
  }
  // Some wallets answer before they have switched, some add without switching.
  if (!(await isOn(provider, network))) throw new ProblemError({ code: "wrongNetwork", facts });
}

async function isOn(provider: Eip1193Provider, network: CheckoutNetwork): Promise<boolean> {
  return chainIdNumber(await provider.request({ method: "eth_chainId" })) === network.chainId;
}

async function addNetwork(
  provider: Eip1193Provider,
  network: CheckoutNetwork,
  facts: Record<string, string>,
): Promise<void> {
  if (!network.rpcUrl) throw new ProblemError({ code: "networkUnknown", facts });
  const parameters = {
    chainId: toHex(network.chainId),
    chainName: network.name,
    nativeCurrency: { name: network.nativeSymbol, symbol: network.nativeSymbol, decimals: 18 },
    rpcUrls: [network.rpcUrl],
    ...(network.explorerUrl ? { blockExplorerUrls: [network.explorerUrl] } : {}),
  };
  try {
    await provider.request({ method: "wallet_addEthereumChain", params: [parameters] });
    if (await isOn(provider, network)) return;
    await provider.request({ method: "wallet_switchEthereumChain", params: [{ chainId: parameters.chainId }] });
  } catch (error) {
    throw asNetworkProblem(error, facts);
  }
}

function isUnknownChain(error: unknown): boolean {
  return walletErrorCode(error) === 4902 || walletProblem(error).code === "networkUnknown";
}

function asNetworkProblem(error: unknown, facts: Record<string, string>): ProblemError {
  const problem = walletProblem(error);
  if (problem.code === "walletUnsupported" || problem.code === "walletFailed") {
    return new ProblemError({ code: "wrongNetwork", facts }, { cause: error });
  }
  return new ProblemError(problem.code === "networkUnknown" ? { code: "networkUnknown", facts } : problem, {
    cause: error,
  });
}
